import { statfs } from "node:fs/promises";
import { buckets, control, newId, type Clock } from "@longarm/shared";
import type { JetStreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import type { StorageGauge, StorageReading } from "../ports/storage-gauge.ts";
import { publish, type Message } from "./runs/publish.ts";
import { endedKind, type SealedMessages } from "./runs/sealed-message.ts";

/** The embedded broker's store, which alone lies on a disk of ours. */
export interface EmbeddedStore {
  readonly directory: string;
  quotaBytes(): number;
  restart(): Promise<void>;
}

interface Deps {
  readonly connection: NatsConnection;
  /** With a short patience: a broker that is away must not hide a full disk. */
  readonly jsm: JetStreamManager;
  readonly messages: SealedMessages;
  readonly clock: Clock;
  readonly embedded?: EmbeddedStore;
  /** Of a broker that is not ours, one per server. */
  readonly monitorUrls: readonly string[];
}

interface Usage {
  readonly usedBytes: number | null;
  readonly quotaBytes: number | null;
}

const unknownUsage: Usage = { usedBytes: null, quotaBytes: null };
const writeTimeoutMs = 2_000;
const monitorTimeoutMs = 1_000;

/** The store of a broker: its account's limits, an embedded one's quota and disk, or what the servers' monitors tell. */
export class JetStreamStorageGauge implements StorageGauge {
  readonly #deps: Deps;
  readonly restart: StorageGauge["restart"];

  constructor(deps: Deps) {
    this.#deps = deps;
    const { embedded } = deps;
    this.restart = embedded ? () => embedded.restart() : null;
  }

  async measure(): Promise<StorageReading> {
    const [account, freeDiskBytes] = await Promise.all([this.#account(), this.#freeDisk()]);
    if (account.quotaBytes !== null || this.#deps.embedded) return { ...account, freeDiskBytes };
    const servers = await Promise.all(this.#deps.monitorUrls.map(askMonitor));
    return { ...(fullest(servers) ?? account), freeDiskBytes };
  }

  async canWrite(): Promise<boolean> {
    const writes = this.#probes().map((probe) => publish(this.#deps.connection, probe, writeTimeoutMs));
    const results = await Promise.allSettled(writes);
    return results.every((result) => result.status === "fulfilled" && result.value.kind === "stored");
  }

  /** Messages that mean nothing to anybody and go by themselves. */
  #probes(): readonly Message[] {
    const run = newId("run");
    const envelope = { epoch: 0, appendId: "probe", kind: endedKind, timeMs: this.#deps.clock.nowMs(), previous: new Uint8Array() };
    const logged = this.#deps.messages.seal(control.log(run), { envelope, payload: new Uint8Array() });
    const payload = new Uint8Array();
    const passing = [
      { subject: control.log(run), ...logged },
      { subject: control.items(run), payload, headers: {} },
      { subject: control.blob(run, { part: "probe", epoch: 0, attempt: 0, n: 0 }), payload, headers: {} },
    ].map((message) => ({ ...message, headers: { ...message.headers, "Nats-TTL": "1s" } }));
    // A bucket keeps the last value of a key alone.
    return [...passing, { subject: `${control.keyPrefix(buckets.controllers)}probe`, payload, headers: {} }];
  }

  async #account(): Promise<Usage> {
    try {
      const { storage, limits } = await this.#deps.jsm.getAccountInfo();
      const ofAccount = limits.max_storage > 0 ? limits.max_storage : null;
      return { usedBytes: storage, quotaBytes: this.#deps.embedded?.quotaBytes() ?? ofAccount };
    } catch {
      return unknownUsage;
    }
  }

  async #freeDisk(): Promise<number | null> {
    const directory = this.#deps.embedded?.directory;
    if (directory === undefined) return null;
    const found = await statfs(directory).catch(() => undefined);
    return found ? found.bavail * found.bsize : null;
  }
}

async function askMonitor(url: string): Promise<Usage> {
  try {
    const response = await fetch(new URL("/jsz", url), { signal: AbortSignal.timeout(monitorTimeoutMs) });
    const { storage, config } = (await response.json()) as { storage?: number; config?: { max_storage?: number } };
    return { usedBytes: storage ?? null, quotaBytes: config?.max_storage ?? null };
  } catch {
    return unknownUsage;
  }
}

/** The server with the least room decides, since any may hold a stream. */
function fullest(servers: readonly Usage[]): Usage | undefined {
  const room = ({ usedBytes, quotaBytes }: Usage): number => (quotaBytes ?? Number.POSITIVE_INFINITY) - (usedBytes ?? 0);
  return servers.toSorted((a, b) => room(a) - room(b))[0];
}
