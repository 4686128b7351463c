import { setTimeout as pause } from "node:timers/promises";
import { DiscardPolicy, jetstream, jetstreamManager, StorageType } from "@nats-io/jetstream";
import { control, inbox } from "@longarm/shared";
import { connect, jwtAuthenticator, type NatsConnection } from "@nats-io/transport-node";
import { type BrokerKeys, mintForThisProcess } from "../../../packages/controller/src/nats/identities/index.ts";

/** Where the broker is and by whose right to reach it. */
export interface BrokerAccess {
  readonly urls: readonly string[];
  /** Copies of each stream. */
  readonly replicas: number;
  readonly keys: BrokerKeys;
}

const name = "CHAOS_FILL";
const who = "chaos";
const subject = "chaos.fill";
const pieceBytes = 900 * 1024;
const atOnce = 16;
const againAfterMs = 500;

/** Fills the broker's store to its quota with a stream of its own, and takes that away again. */
export class StoreFiller {
  readonly #access: BrokerAccess;

  constructor(access: BrokerAccess) {
    this.#access = access;
  }

  /** Resolves with how many bytes it took until the broker refused more; smaller and smaller pieces, until none fits. */
  async fill(): Promise<number> {
    return this.#connected(async (connection) => {
      const manager = await jetstreamManager(connection);
      await manager.streams.add({
        name,
        subjects: [subject],
        storage: StorageType.File,
        discard: DiscardPolicy.New,
        num_replicas: this.#access.replicas,
      });
      const js = jetstream(connection);
      let filled = 0;
      for (let bytes = pieceBytes; bytes >= 64; bytes = Math.floor(bytes / 8)) {
        const piece = new Uint8Array(bytes);
        const store = (): Promise<boolean> =>
          js.publish(subject, piece, { timeout: 10_000 }).then(
            () => true,
            () => false,
          );
        for (let stored = atOnce; stored === atOnce; filled += stored * bytes)
          stored = (await Promise.all(Array.from({ length: atOnce }, store))).filter(Boolean).length;
      }
      return filled;
    });
  }

  /** Resolves once its stream is gone; while the broker does not answer it asks again. */
  async empty(): Promise<void> {
    for (;;) {
      try {
        return await this.#connected(async (connection) => {
          const { streams } = await jetstreamManager(connection);
          for await (const found of streams.names()) if (found === name) await streams.delete(name);
        });
      } catch {
        await pause(againAfterMs);
      }
    }
  }

  async #connected<T>(work: (connection: NatsConnection) => Promise<T>): Promise<T> {
    const { urls, keys } = this.#access;
    const allow = { publish: [subject, control.streamApi()], subscribe: [inbox.all(who)] };
    const { jwt, seed } = await mintForThisProcess(keys.accounts.control, who, allow);
    const connection = await connect({
      servers: [...urls],
      authenticator: jwtAuthenticator(jwt, new TextEncoder().encode(seed.reveal())),
      inboxPrefix: inbox.prefix(who),
      name: who,
      maxReconnectAttempts: 20,
      reconnectTimeWait: 250,
    });
    try {
      return await work(connection);
    } finally {
      await connection.close();
    }
  }
}
