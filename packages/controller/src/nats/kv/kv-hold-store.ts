import { buckets, control, LongarmError, readId, subjectToken, type Clock } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { openRecord, sealRecord, type KeyRing } from "@longarm/shared/seal";
import { jetstream, jetstreamManager, type JetStreamClient } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import { headers, type NatsConnection } from "@nats-io/transport-node";
import type { Holder, HoldStore, Holds } from "../../ports/hold-store.ts";
import { BucketFollower, type BucketEntry } from "./bucket-follower.ts";
import { isRevisionConflict, kvFault } from "./kv-fault.ts";

export interface KvHoldStoreDeps {
  /** Account CONTROL; the bucket exists (`createStreams`). */
  readonly connection: NatsConnection;
  readonly ring: KeyRing;
  readonly clock: Clock;
  readonly logger: Logger;
}

const bucket = buckets.holds;
// A place that nobody holds is forgotten by the broker itself; until then it says so to those who were late to hear of it.
const emptyFor = "60s";

/** Who holds which place, sealed in a bucket, an entry for each, and followed into memory. */
export class KvHoldStore implements HoldStore {
  readonly #deps: KvHoldStoreDeps;
  readonly #js: JetStreamClient;
  readonly #follower: BucketFollower;
  readonly #known = new Map<string, Holds>();
  readonly #listeners = new Set<(key: string) => void>();

  private constructor(deps: KvHoldStoreDeps, js: JetStreamClient, follow: (onEntry: (entry: BucketEntry) => void) => BucketFollower) {
    this.#deps = deps;
    this.#js = js;
    this.#follower = follow((entry) => this.#take(entry));
  }

  /** Reads all that is held and follows it until `close`. */
  static async open(deps: KvHoldStoreDeps): Promise<KvHoldStore> {
    const { connection, clock, logger } = deps;
    const jsm = await jetstreamManager(connection, { checkAPI: false });
    const kv = await new Kvm(connection).open(bucket, { allow_direct: false });
    const store = new KvHoldStore(
      deps,
      jetstream(connection),
      (onEntry) => new BucketFollower({ jsm, kv, bucket, clock, logger, onEntry }),
    );
    await store.#follower.start();
    return store;
  }

  close(): void {
    this.#follower.close();
  }

  known(key: string): Holds {
    return this.#known.get(key) ?? { key: subjectToken(key), revision: 0, holders: [] };
  }

  held(): readonly Holds[] {
    return [...this.#known.values()].filter(({ holders }) => holders.length > 0);
  }

  refresh(): Promise<void> {
    return this.#follower.refresh();
  }

  async write({ key, revision, holders }: Holds): Promise<Holds | undefined> {
    const stored = sealRecord(this.#deps.ring, Buffer.from(JSON.stringify(holders)), ["KV", bucket, key]);
    const sequence = await this.#publish(key, { stored, revision, isEmpty: holders.length === 0 });
    if (sequence === undefined) return undefined;
    const written = { key, revision: sequence, holders };
    this.#keep(written);
    return written;
  }

  onChange(listener: (key: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #publish(key: string, entry: { stored: Uint8Array; revision: number; isEmpty: boolean }): Promise<number | undefined> {
    const options = { expect: { lastSubjectSequence: entry.revision }, retries: 0 };
    const marks = headers();
    if (entry.isEmpty) marks.set("Nats-TTL", emptyFor);
    try {
      return (await this.#js.publish(`${control.keyPrefix(bucket)}${key}`, entry.stored, { ...options, headers: marks })).seq;
    } catch (reason) {
      if (!isRevisionConflict(reason)) throw kvFault(reason, bucket);
      // What this controller knows is behind, or the broker has forgotten what nobody held.
      if (this.known(key).revision === entry.revision) this.#known.delete(key);
      await this.#reread(key);
      return undefined;
    }
  }

  /** What was forgotten is told by no watch: only a look at the key itself shows it. */
  async #reread(key: string): Promise<void> {
    await this.#follower.refresh();
    if (this.#known.has(key)) return;
    const entry = await this.#follower.look(key).catch((reason: unknown) => {
      throw kvFault(reason, bucket);
    });
    if (entry) this.#take(entry);
  }

  #take({ key, revision, stored }: BucketEntry): void {
    this.#keep({ key, revision, holders: stored ? this.#open(key, stored) : [] });
    for (const listener of this.#listeners) listener(key);
  }

  /** What does not open is held by nobody that we know: it must not keep runs from going on for ever. */
  #open(key: string, stored: Uint8Array): readonly Holder[] {
    try {
      const holders = JSON.parse(Buffer.from(openRecord(this.#deps.ring, stored, ["KV", bucket, key])).toString()) as Holder[];
      return holders.filter(({ run, owner }) => readId("run", run) !== undefined && readId("controller", owner) !== undefined);
    } catch (reason) {
      this.#deps.logger.error(
        { bucket, key, reason: LongarmError.from(reason).message },
        "A stored record was left out: it does not open.",
      );
      return [];
    }
  }

  #keep(holds: Holds): void {
    if (holds.revision < (this.#known.get(holds.key)?.revision ?? 0)) return;
    this.#known.set(holds.key, holds);
    // Kept for a moment, so that the next one need not ask for the revision.
    if (holds.holders.length === 0) this.#forgetLater(holds);
  }

  #forgetLater(holds: Holds): void {
    const forget = (): void => {
      if (this.#known.get(holds.key) === holds) this.#known.delete(holds.key);
    };
    void this.#deps.clock.sleep(30_000).then(forget);
  }
}
