import type { NatsConnection } from "@nats-io/transport-node";
import { measuredLimits, nextCommit, type CommitLimits } from "./commit-rule.ts";
import { publishBatch } from "./publish-batch.ts";
import { defaultAckTimeoutMs, publish, type Message, type Published } from "./publish.ts";

interface Deps {
  readonly connection: NatsConnection;
  /** Default: as measured. */
  readonly limits?: CommitLimits;
  /** How long a message or batch may go without an answer; default 5,000. */
  readonly ackTimeoutMs?: number;
}

interface Waiting {
  readonly message: Message;
  readonly resolve: (published: Published) => void;
  readonly reject: (reason: unknown) => void;
}

// A batch is held in the broker's memory until it is whole.
const batchMostBytes = 8 * 1024 * 1024;

/**
 * Publishes the messages of many runs so that they share fsyncs under load (`nextCommit`); callers do not notice:
 *
 *   waiting ──▶ single ──────────────────────────▶ stored, conflict, uncertain
 *      │                                              ▲
 *      └──────▶ batch ──▶ stored or uncertain, each ──┤
 *                 └─ refused: its halves, at last singly
 *
 * Of two messages with one expectation the second waits until the first has ended.
 */
export class GroupCommit {
  readonly #connection: NatsConnection;
  readonly #limits: CommitLimits;
  readonly #ackTimeoutMs: number;
  #ready: Waiting[] = [];
  /** What waits behind another message of its subject, which is ready or on its way. */
  readonly #behind = new Map<string, Waiting[]>();
  #singles = 0;
  #batches = 0;
  #isPlanned = false;

  constructor({ connection, limits = measuredLimits, ackTimeoutMs = defaultAckTimeoutMs }: Deps) {
    this.#connection = connection;
    this.#limits = limits;
    this.#ackTimeoutMs = ackTimeoutMs;
  }

  /** Resolves once the message is stored and fsynced, or is not. Throws `storage_full`, and `internal` for what the broker refuses outright. */
  publish(message: Message): Promise<Published> {
    return new Promise((resolve, reject) => {
      const waiting = { message, resolve, reject };
      const behind = this.#behind.get(contested(message));
      if (behind) behind.push(waiting);
      else {
        this.#behind.set(contested(message), []);
        this.#ready.push(waiting);
        this.#plan();
      }
    });
  }

  /** At the end of this turn of the event loop, so that all that comes in it is seen at once. */
  #plan(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    setImmediate(() => {
      this.#isPlanned = false;
      this.#start();
    });
  }

  #start(): void {
    for (;;) {
      const next = nextCommit({ waiting: this.#ready.length, singles: this.#singles, batches: this.#batches }, this.#limits);
      if (next.kind === "wait") return;
      const taken = this.#take(next.kind === "single" ? 1 : next.count);
      if (next.kind === "single") {
        this.#singles += 1;
        void this.#singly(taken).then(() => this.#ended(taken, () => (this.#singles -= 1)));
      } else {
        this.#batches += 1;
        void this.#together(taken).then(() => this.#ended(taken, () => (this.#batches -= 1)));
      }
    }
  }

  #take(most: number): readonly Waiting[] {
    let bytes = 0;
    const tooMuch = this.#ready.slice(0, most).findIndex(({ message }) => (bytes += message.payload.length) > batchMostBytes);
    return this.#ready.splice(0, tooMuch === -1 ? most : Math.max(1, tooMuch));
  }

  #ended(taken: readonly Waiting[], uncount: () => void): void {
    uncount();
    for (const { message } of taken) {
      const next = this.#behind.get(contested(message))?.shift();
      if (next) this.#ready.push(next);
      else this.#behind.delete(contested(message));
    }
    this.#plan();
  }

  /** Never rejects: whoever waits is told. */
  async #together(taken: readonly Waiting[]): Promise<void> {
    const messages = taken.map(({ message }) => message);
    const published = await publishBatch(this.#connection, messages, this.#ackTimeoutMs);
    if (published.kind === "uncertain") return taken.forEach(({ resolve }) => resolve(published));
    if (published.kind === "stored") {
      return taken.forEach(({ resolve }, index) => resolve({ kind: "stored", sequence: published.sequences[index] ?? 0 }));
    }
    if (taken.length <= this.#limits.batchFrom) return this.#singly(taken);
    const middle = Math.ceil(taken.length / 2);
    await this.#together(taken.slice(0, middle));
    await this.#together(taken.slice(middle));
  }

  /** Never rejects: whoever waits is told. */
  async #singly(taken: readonly Waiting[]): Promise<void> {
    await Promise.all(
      taken.map(({ message, resolve, reject }) => publish(this.#connection, message, this.#ackTimeoutMs).then(resolve, reject)),
    );
  }
}

/** What two messages cannot both expect in one batch. */
function contested({ subject, expect }: Message): string {
  return expect?.over ?? subject;
}
