import { control } from "@longarm/shared";
import type { Clock } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { JetStreamManager, StoredMsg } from "@nats-io/jetstream";
import type { KV, KvWatchEntry } from "@nats-io/kv";
import type { QueuedIterator } from "@nats-io/transport-node";
import { kvFault } from "./kv-fault.ts";

/** What stands under a key, or that nothing does any more. */
export interface BucketEntry {
  readonly key: string;
  readonly revision: number;
  /** Null: removed. */
  readonly stored: Uint8Array | null;
}

export interface FollowerDeps {
  readonly jsm: JetStreamManager;
  readonly kv: KV;
  /** The bucket's name. */
  readonly bucket: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called with each entry, in the order of their revisions; an entry may come twice. */
  readonly onEntry: (entry: BucketEntry) => void;
}

/** How long what is known counts as current without asking the broker. */
const freshForMs = 2_000;

/*
 * Two ways keep a follower current. A watch tells of each change within milliseconds, but could fall silent unnoticed: so
 * nobody relies on it alone. `refresh` asks the stream's leader for what comes after the last known revision (one short
 * round trip that usually answers "nothing"), and its answer counts for `freshForMs`.
 */
export class BucketFollower {
  readonly #deps: FollowerDeps;
  #watch: QueuedIterator<KvWatchEntry> | undefined;
  #seen = 0;
  #freshUntil = -Infinity;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #closed = false;

  constructor(deps: FollowerDeps) {
    this.#deps = deps;
  }

  /** Takes in all that is stored, and begins to watch. Throws `broker_unavailable`. */
  async start(): Promise<void> {
    await this.refresh();
    this.#watch = await this.#deps.kv.watch({ resumeFromRevision: this.#seen + 1 }).catch((reason: unknown) => {
      throw kvFault(reason, this.#deps.bucket);
    });
    void this.#follow(this.#watch);
  }

  /** Has the leader been asked so lately that nothing older than `freshForMs` can be missing? */
  isFresh(): boolean {
    return this.#deps.clock.monotonicMs() < this.#freshUntil;
  }

  /** Resolves when everything that was stored before the call has been handed on. Callers at the same time share one round trip. */
  refresh(): Promise<void> {
    if (!this.#running) return this.#begin();
    // The running one may have read too early for this caller.
    this.#next ??= this.#running.catch(() => undefined).then(() => this.#begin());
    return this.#next;
  }

  /** What stands under one key at this moment; undefined: nothing does, and nothing tells that something did. */
  async look(key: string): Promise<BucketEntry | undefined> {
    const { jsm, bucket } = this.#deps;
    const message = await jsm.streams.getMessage(`KV_${bucket}`, { last_by_subj: `${control.keyPrefix(bucket)}${key}` });
    return message ? this.#read(message) : undefined;
  }

  close(): void {
    this.#closed = true;
    this.#watch?.stop();
  }

  #begin(): Promise<void> {
    this.#next = undefined;
    this.#running = this.#catchUp().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #catchUp(): Promise<void> {
    const { jsm, bucket, clock } = this.#deps;
    const askedAt = clock.monotonicMs();
    try {
      for (;;) {
        const query = { seq: this.#seen + 1, next_by_subj: control.allKeys(bucket) };
        const message = await jsm.streams.getMessage(`KV_${bucket}`, query);
        if (!message) break;
        this.#take(this.#read(message));
      }
    } catch (reason) {
      throw kvFault(reason, bucket);
    }
    this.#freshUntil = askedAt + freshForMs;
  }

  #read(message: StoredMsg): BucketEntry {
    const isRemoved = message.header.get("KV-Operation") !== "";
    const key = message.subject.slice(control.keyPrefix(this.#deps.bucket).length);
    return { key, revision: message.seq, stored: isRemoved ? null : message.data };
  }

  #take(entry: BucketEntry): void {
    this.#seen = Math.max(this.#seen, entry.revision);
    this.#deps.onEntry(entry);
  }

  async #follow(watch: QueuedIterator<KvWatchEntry>): Promise<void> {
    try {
      for await (const { key, revision, operation, value } of watch) {
        // The watch can be behind a refresh, never ahead with a gap: revisions arrive in order.
        if (revision > this.#seen) this.#take({ key, revision, stored: operation === "PUT" ? value : null });
      }
    } catch (reason) {
      this.#deps.logger.debug({ bucket: this.#deps.bucket, reason: String(reason) }, "a watch ended with a fault");
    }
    if (!this.#closed)
      this.#deps.logger.warn(
        { bucket: this.#deps.bucket },
        "a bucket is no longer watched; changes made elsewhere are seen after two seconds",
      );
  }
}
