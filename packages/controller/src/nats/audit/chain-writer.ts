import { control, LongarmError, streams, type Clock, type ControllerId } from "@longarm/shared";
import { type AuditBody, type AuditHead, type AuditRecord, hashAuditRecord } from "@longarm/shared/audit";
import type { JetStreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { askingBroker } from "../runs/outage.ts";
import { publish } from "../runs/publish.ts";
import { lastOf } from "../runs/read-subject.ts";
import type { SealedAudit } from "./sealed-audit.ts";

/** What a chain is written with. */
export interface ChainDeps {
  readonly connection: NatsConnection;
  readonly jsm: JetStreamManager;
  readonly sealed: SealedAudit;
  readonly controllerId: ControllerId;
  readonly clock: Clock;
}

/** Makes what a record says, once its place is known. */
export type MakeBody = (place: Omit<AuditRecord, "body">) => AuditBody | Promise<AuditBody>;

interface End {
  readonly number: number;
  readonly hash: string;
  readonly sequence: number;
}

const mostTries = 3;

/**
 * Appends to one controller's chain, one record at a time, by compare and set. A record whose answer did not come is looked for; one
 * that comes late, after its writer was told that it failed, is taken into the chain by the next append.
 */
export class ChainWriter {
  readonly #deps: ChainDeps;
  readonly #subjects: string;
  readonly #doubtful = new Set<string>();
  #end: End = { number: 0, hash: "", sequence: 0 };
  #last: Promise<unknown> = Promise.resolve();

  constructor(deps: ChainDeps) {
    this.#deps = deps;
    this.#subjects = control.auditOf(deps.controllerId);
  }

  /** How far the chain has come; absent: nothing was written. */
  get head(): AuditHead | undefined {
    const { number, hash } = this.#end;
    return number === 0 ? undefined : { controller: this.#deps.controllerId, number, hash };
  }

  /** Resolves with the record once it is stored and fsynced. Throws `broker_unavailable`, `storage_full`. */
  append(make: MakeBody): Promise<AuditRecord> {
    const appended = this.#last.then(() => askingBroker(() => this.#append(make)));
    this.#last = appended.catch(() => undefined);
    return appended;
  }

  async #append(make: MakeBody): Promise<AuditRecord> {
    const { connection, clock, controllerId, sealed } = this.#deps;
    for (let tries = 1; tries <= mostTries; tries += 1) {
      const { number, hash: previous, sequence } = this.#end;
      const place = { controller: controllerId, number: number + 1, timeMs: clock.nowMs(), previous };
      const record = { ...place, body: await make(place) };
      const subject = control.audit(controllerId, record.body.kind);
      const hash = hashAuditRecord(record);
      const expect = { sequence, over: this.#subjects };
      const published = await publish(connection, { subject, payload: sealed.seal(subject, record), headers: {}, expect });
      if (published.kind === "stored") {
        this.#end = { number: number + 1, hash, sequence: published.sequence };
        return record;
      }
      this.#doubtful.add(hash);
      const found = await this.#lookBehind();
      if (found === hash) return record;
      // Nothing came, and it may come yet; another record came late: then this one is written anew behind it.
      if (found === undefined && published.kind === "uncertain") break;
    }
    throw new LongarmError("broker_unavailable", "The broker did not say whether it stored a record of the audit.", { retryable: true });
  }

  /** Takes in what stands behind the known end, if it is ours; gives its hash. */
  async #lookBehind(): Promise<string | undefined> {
    const { jsm, sealed, controllerId } = this.#deps;
    const message = await lastOf(jsm, streams.audit, this.#subjects);
    if (!message || message.seq === this.#end.sequence) return undefined;
    const record = sealed.open(message.subject, message.data);
    const hash = hashAuditRecord(record);
    if (record.previous !== this.#end.hash || !this.#doubtful.has(hash))
      throw new LongarmError("internal", `Something stands in the audit of ${controllerId} that this controller did not write.`);
    this.#end = { number: record.number, hash, sequence: message.seq };
    this.#doubtful.clear();
    return hash;
  }
}
