import { LongarmError, subjectToken, systemClock, type Clock } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { type KeyRing, ringKeyIdOf } from "@longarm/shared/seal";
import { jetstreamManager, type JetStreamManager } from "@nats-io/jetstream";
import { Kvm, type KV } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import type { Revised, VersionedStore } from "../../ports/connection-store.ts";
import { isDefinitionName, type DefinitionCodec } from "../../ports/definition-codec.ts";
import { BucketFollower, type BucketEntry } from "./bucket-follower.ts";
import { readVersions } from "./read-versions.ts";
import { isRevisionConflict, kvFault } from "./kv-fault.ts";
import { openDefinition, sealDefinition } from "./sealed-definition.ts";

export interface KvDefinitionStoreDeps<T> {
  /** Account CONTROL; the bucket exists (`createStreams`). */
  readonly connection: NatsConnection;
  readonly bucket: string;
  readonly codec: DefinitionCodec<T>;
  readonly ring: KeyRing;
  readonly logger: Logger;
  readonly clock?: Clock;
  /** How long it is kept that a definition was removed, such as `1h`; absent: for ever. The bucket must allow it. */
  readonly forgetRemovedAfter?: string;
  /** How long a read waits for the broker; default 5,000, which outlasts most elections of a leader. */
  readonly readTimeoutMs?: number;
}

type Known<T> = { readonly sequence: number } & (
  | { readonly kind: "value"; readonly revised: Revised<T> }
  | { readonly kind: "rejected"; readonly fault: LongarmError; readonly stored: Uint8Array; readonly missingKey: number | undefined }
  | { readonly kind: "removed" }
);

/**
 * Definitions in a JetStream bucket, sealed, and kept in memory too. A read costs a broker round trip only when the last one
 * is two seconds past, or when the name is not known yet; a change made by another controller is seen within milliseconds as a
 * rule, and after two seconds at the latest. Without the broker, reads fail with `broker_unavailable` rather than grow old.
 */
export class KvDefinitionStore<T> implements VersionedStore<T> {
  readonly #deps: KvDefinitionStoreDeps<T>;
  readonly #clock: Clock;
  readonly #kv: KV;
  readonly #jsm: JetStreamManager;
  readonly #known = new Map<string, Known<T>>();
  readonly #follower: BucketFollower;

  private constructor(deps: KvDefinitionStoreDeps<T>, kv: KV, jsm: JetStreamManager) {
    this.#deps = deps;
    this.#kv = kv;
    this.#jsm = jsm;
    this.#clock = deps.clock ?? systemClock;
    const { bucket, logger } = deps;
    this.#follower = new BucketFollower({ jsm, kv, bucket, logger, clock: this.#clock, onEntry: (entry) => this.#take(entry) });
  }

  /** Reads all that is stored and follows it until `close`. */
  static async open<T>(deps: KvDefinitionStoreDeps<T>): Promise<KvDefinitionStore<T>> {
    const jsm = await jetstreamManager(deps.connection, { checkAPI: false, timeout: deps.readTimeoutMs ?? 5_000 });
    const kv = await new Kvm(deps.connection).open(deps.bucket, { allow_direct: false });
    const store = new KvDefinitionStore(deps, kv, jsm);
    await store.#follower.start();
    return store;
  }

  close(): void {
    this.#follower.close();
  }

  async get(name: string): Promise<Revised<T> | undefined> {
    if (!isDefinitionName(name)) return undefined;
    if (!this.#follower.isFresh() || !this.#isPresent(name)) await this.#follower.refresh();
    const known = this.#triedAgain(name);
    if (known?.kind === "rejected") throw known.fault;
    return known?.kind === "value" ? known.revised : undefined;
  }

  /** As many as the bucket keeps: one, unless it is a bucket of definitions with versions. What does not open is left out, and logged. */
  async versions(name: string): Promise<readonly Revised<T>[]> {
    return isDefinitionName(name) ? readVersions({ ...this.#deps, jsm: this.#jsm }, name) : [];
  }

  /** By name. What does not open is left out, and was logged when it was found. */
  async list(): Promise<readonly Revised<T>[]> {
    if (!this.#follower.isFresh()) await this.#follower.refresh();
    for (const key of this.#known.keys()) this.#triedAgain(key);
    const present = [...this.#known].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return present.flatMap(([, known]) => (known.kind === "value" ? [known.revised] : []));
  }

  /** As `list`, with all that was stored anywhere before the call. */
  async listNow(): Promise<readonly Revised<T>[]> {
    await this.#follower.refresh();
    return this.list();
  }

  async put(name: string, value: T, expected?: number): Promise<Revised<T>> {
    const key = subjectToken(name);
    if (expected === undefined) await this.#follower.refresh();
    for (;;) {
      try {
        return await this.#putAfter(key, value, expected ?? this.#sequenceOf(key));
      } catch (reason) {
        if (expected !== undefined || LongarmError.from(reason).code !== "conflict") throw reason;
        // Somebody was quicker, and one of those who meet here always gets on.
        await this.#follower.refresh();
      }
    }
  }

  async #putAfter(key: string, value: T, expected: number): Promise<Revised<T>> {
    const { bucket, codec, ring } = this.#deps;
    if (expected !== this.#sequenceOf(key)) await this.#follower.refresh();
    const before = this.#known.get(key);
    const revision = expected === before?.sequence && before.kind === "value" ? before.revised.revision + 1 : 1;
    const stored = sealDefinition(ring, codec, { bucket, key, value, updatedAt: this.#clock.nowMs(), revision });
    const sequence = await this.#write(key, stored, expected);
    // What is handed back and kept is what was stored, not the caller's object, which may change later.
    const revised = { ...openDefinition(ring, codec, { bucket, key, stored }), sequence };
    this.#keep(key, { kind: "value", sequence, revised });
    return revised;
  }

  /** 0 where nothing stands. */
  #sequenceOf(key: string): number {
    const known = this.#known.get(key);
    return known === undefined || known.kind === "removed" ? 0 : known.sequence;
  }

  async remove(name: string, expected?: number): Promise<boolean> {
    if (!isDefinitionName(name)) return false;
    await this.#follower.refresh();
    if (!this.#isPresent(name)) return false;
    try {
      const { forgetRemovedAfter: ttl } = this.#deps;
      await this.#kv.purge(name, { ...(expected !== undefined && { previousSeq: expected }), ...(ttl !== undefined && { ttl }) });
    } catch (reason) {
      if (expected !== undefined && isRevisionConflict(reason)) throw this.#conflict(name, expected);
      throw kvFault(reason, this.#deps.bucket);
    }
    await this.#follower.refresh();
    return true;
  }

  #isPresent(name: string): boolean {
    const known = this.#known.get(name);
    return known !== undefined && known.kind !== "removed";
  }

  async #write(key: string, stored: Uint8Array, expected: number): Promise<number> {
    try {
      return expected === 0 ? await this.#kv.create(key, stored) : await this.#kv.update(key, stored, expected);
    } catch (reason) {
      // No answer, or a refusal after the client's own retry: whether ours is there can be seen.
      const found = await this.#kv.get(key).catch(() => null);
      if (found && found.operation === "PUT" && Buffer.compare(found.value, stored) === 0) return found.revision;
      if (!isRevisionConflict(reason)) throw kvFault(reason, this.#deps.bucket);
      // Whoever tries again at once is to meet what stands there, and not what stood there before.
      if (found) this.#take({ key, revision: found.revision, stored: found.operation === "PUT" ? found.value : null });
      throw this.#conflict(key, expected);
    }
  }

  #conflict(key: string, expected: number): LongarmError {
    const { kind } = this.#deps.codec;
    const message =
      expected === 0
        ? `There is a ${kind} "${key}" already.`
        : `The ${kind} "${key}" was changed or removed meanwhile; read it and try again.`;
    return new LongarmError("conflict", message, { details: { name: key, expected } });
  }

  #take({ key, revision: sequence, stored }: BucketEntry): void {
    if (!stored) return this.#keep(key, { kind: "removed", sequence });
    const { bucket, codec, ring } = this.#deps;
    // Our own put, seen again.
    if (this.#known.get(key)?.sequence === sequence) return;
    try {
      this.#keep(key, { kind: "value", sequence, revised: { ...openDefinition(ring, codec, { bucket, key, stored }), sequence } });
    } catch (reason) {
      const fault = LongarmError.from(reason);
      const keyId = ringKeyIdOf(stored);
      const missingKey = keyId !== undefined && !ring.ids.includes(keyId) ? keyId : undefined;
      this.#keep(key, { kind: "rejected", sequence, fault, stored, missingKey });
      this.#deps.logger.error({ code: fault.code, bucket, key, sequence }, "a stored definition was rejected and is left out");
    }
  }

  /** What was sealed under a key that nobody had may be under one that this controller can read by now. */
  #triedAgain(key: string): Known<T> | undefined {
    const known = this.#known.get(key);
    if (known?.kind !== "rejected" || known.missingKey === undefined || !this.#deps.ring.find(known.missingKey)) return known;
    this.#known.delete(key);
    this.#take({ key, revision: known.sequence, stored: known.stored });
    return this.#known.get(key);
  }

  #keep(key: string, known: Known<T>): void {
    if (known.sequence >= (this.#known.get(key)?.sequence ?? 0)) this.#known.set(key, known);
  }
}
