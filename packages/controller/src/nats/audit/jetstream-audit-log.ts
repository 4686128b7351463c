import { control, LongarmError, streams, type Clock } from "@longarm/shared";
import type { AuditHead, AuditItem } from "@longarm/shared/audit";
import { hashRecord } from "@longarm/shared/seal";
import { DeliverPolicy, type JetStreamClient, type JetStreamManager, type StoredMsg } from "@nats-io/jetstream";
import type { AuditEntry, AuditLog, AuditQuery } from "../../ports/audit.ts";
import { askingBroker } from "../runs/outage.ts";
import { endedKind, kindOf } from "../runs/sealed-message.ts";
import { steadyPull } from "../runs/steady-pull.ts";
import type { SealedAudit } from "./sealed-audit.ts";

interface Deps {
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  readonly sealed: SealedAudit;
  readonly fingerprint: string;
  readonly clock: Clock;
}

// Most of what lies between acts are anchors, which the broker leaves out by their subject.
const window = { first: 1_000, most: 64_000 };
const batch = 256;

/** Reads the audit of all controllers from the stream AUDIT. */
export class JetStreamAuditLog implements AuditLog {
  readonly #deps: Deps;
  readonly #head: () => AuditHead | undefined;

  constructor(deps: Deps, head: () => AuditHead | undefined = () => undefined) {
    this.#deps = deps;
    this.#head = head;
  }

  /** The same, which also tells how far a chain has come by somebody who knows. */
  knowing(head: () => AuditHead | undefined): JetStreamAuditLog {
    return new JetStreamAuditLog(this.#deps, head);
  }

  list(query: AuditQuery): Promise<{ readonly entries: readonly AuditEntry[]; readonly next?: number }> {
    return askingBroker(async () => {
      const { state } = await this.#deps.jsm.streams.info(streams.audit);
      const entries: AuditEntry[] = [];
      let end = Math.min(query.before ?? Infinity, state.last_seq + 1);
      for (let size = window.first; end > state.first_seq; size = Math.min(size * 2, window.most)) {
        const from = Math.max(state.first_seq, end - size);
        for (const entry of (await this.#acts(from, end)).toReversed()) {
          if (!matches(entry, query)) continue;
          if (entries.length === query.limit) return { entries, next: (entries.at(-1) as AuditEntry).sequence };
          entries.push(entry);
        }
        end = from;
      }
      return { entries };
    });
  }

  async *export(signal: AbortSignal): AsyncGenerator<AuditItem> {
    const { jsm, fingerprint, clock } = this.#deps;
    const runsUpTo = (await askingBroker(() => jsm.streams.info(streams.runs))).state.last_seq;
    yield { type: "installation", fingerprint, runsUpTo, exportedAt: new Date(clock.nowMs()).toISOString() };
    for await (const message of this.#all(streams.runs, runsUpTo, signal)) {
      if (kindOf(message.header) === endedKind) continue;
      const hash = Buffer.from(hashRecord(message.data)).toString("base64url");
      yield { type: "message", sequence: message.seq, subject: message.subject, hash };
    }
    // Read behind the runs: whoever removed one since has written that down before.
    const head = this.#head();
    const upTo = (await askingBroker(() => jsm.streams.info(streams.audit))).state.last_seq;
    for await (const message of this.#all(streams.audit, upTo, signal)) yield this.#itemOf(message);
    if (head) yield { type: "head", ...head };
  }

  #itemOf({ seq, subject, data }: Pick<StoredMsg, "seq" | "subject" | "data">): AuditItem {
    const place = { sequence: seq, chain: subject.split(".")[1] ?? "" };
    try {
      return { type: "record", ...place, record: this.#deps.sealed.open(subject, data) };
    } catch (reason) {
      return { type: "unreadable", ...place, why: LongarmError.from(reason).message };
    }
  }

  async #acts(from: number, end: number): Promise<readonly AuditEntry[]> {
    const { jsm } = this.#deps;
    const found: AuditEntry[] = [];
    for (let next = from; next < end;) {
      const messages = await jsm.direct.getBatch(streams.audit, { seq: next, next_by_subj: control.allAuditOf("act"), batch });
      let count = 0;
      for await (const message of messages) {
        count += 1;
        next = message.seq + 1;
        const item = message.seq < end ? this.#itemOf(message) : undefined;
        if (item?.type === "record" && item.record.body.kind === "act") found.push(item as AuditEntry);
      }
      if (count < batch) break;
    }
    return found;
  }

  async *#all(stream: string, upTo: number, signal: AbortSignal): AsyncGenerator<Pick<StoredMsg, "seq" | "subject" | "data" | "header">> {
    const { js, jsm } = this.#deps;
    const { state } = await askingBroker(() => jsm.streams.info(stream));
    if (state.messages === 0 || state.first_seq > upTo) return;
    const consumer = await js.consumers.get(stream, { deliver_policy: DeliverPolicy.All });
    const messages = await consumer.consume({ max_messages: 500, ...steadyPull });
    const stop = (): void => void messages.close();
    signal.addEventListener("abort", stop, { once: true });
    try {
      for await (const message of messages) {
        if (message.seq <= upTo) yield { seq: message.seq, subject: message.subject, data: message.data, header: message.headers as never };
        if (message.seq >= upTo || message.info.pending === 0) return;
      }
    } finally {
      signal.removeEventListener("abort", stop);
      await messages.close();
    }
  }
}

function matches({ record }: AuditEntry, { sinceMs, untilMs, principal, what, on }: AuditQuery): boolean {
  const { timeMs, body } = record;
  if (timeMs < (sinceMs ?? -Infinity) || timeMs > (untilMs ?? Infinity)) return false;
  if (principal !== undefined && body.principal !== principal) return false;
  if (on !== undefined && !body.on.includes(on)) return false;
  if (what === undefined) return true;
  return what.endsWith("*") ? body.what.startsWith(what.slice(0, -1)) : body.what === what;
}
