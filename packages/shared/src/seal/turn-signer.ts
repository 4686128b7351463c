import { mostInBatch } from "./batch.ts";

interface Waiting {
  readonly message: Uint8Array;
  readonly done: (signature: Uint8Array) => void;
  readonly failed: (reason: unknown) => void;
}

/** Signs many messages: the signatures in their order. */
export type SignAll = (messages: readonly Uint8Array[]) => readonly Uint8Array[] | Promise<readonly Uint8Array[]>;

/** Signs all that comes within one turn of the event loop by one signature: it costs more than all the rest of a small call. */
export class TurnSigner {
  readonly #signAll: SignAll;
  #waiting: Waiting[] = [];

  constructor(signAll: SignAll) {
    this.#signAll = signAll;
  }

  /** The message's signature, at the end of this turn. Rejects with what the signing failed with. */
  sign(message: Uint8Array): Promise<Uint8Array> {
    return new Promise((done, failed) => {
      if (this.#waiting.push({ message, done, failed }) === 1) setImmediate(() => void this.#release());
    });
  }

  async #release(): Promise<void> {
    const all = this.#waiting.splice(0);
    for (let at = 0; at < all.length; at += mostInBatch) await this.#signSome(all.slice(at, at + mostInBatch));
  }

  async #signSome(some: readonly Waiting[]): Promise<void> {
    try {
      const signed = this.#signAll(some.map(({ message }) => message));
      const signatures = signed instanceof Promise ? await signed : signed;
      some.forEach(({ done }, at) => done(signatures[at] as Uint8Array));
    } catch (reason) {
      for (const { failed } of some) failed(reason);
    }
  }
}
