import { chunkBytes } from "@longarm/shared/wire";
import type { FrameSender } from "./frame-sender.ts";

// How much of a body may be on the way here beyond what stood in the call; the controller starts with as much.
const renewalBytes = 4 * chunkBytes;

/** Puts a request's body together from its beginning and the chunks that follow it, and asks for more as it comes in. */
export class BodyGathering {
  readonly #whole: Buffer;
  readonly #sender: FrameSender;
  readonly #done = Promise.withResolvers<Uint8Array>();
  #at: number;
  #unreturned = 0;

  constructor(beginning: Uint8Array, totalBytes: number, sender: FrameSender) {
    this.#whole = Buffer.allocUnsafe(totalBytes);
    this.#whole.set(beginning);
    this.#at = beginning.length;
    this.#sender = sender;
  }

  /** Resolves with the whole body; rejects when the signal is aborted first. */
  async whole(signal: AbortSignal): Promise<Uint8Array> {
    const onAbort = (): void => this.#done.reject(signal.reason as Error);
    signal.addEventListener("abort", onAbort, { once: true });
    return this.#done.promise.finally(() => signal.removeEventListener("abort", onAbort));
  }

  add(chunk: Uint8Array): void {
    if (this.#at + chunk.length > this.#whole.length)
      return this.#done.reject(new RangeError("The request's body is longer than the call said."));
    this.#whole.set(chunk, this.#at);
    this.#at += chunk.length;
    this.#unreturned += chunk.length;
    if (this.#at === this.#whole.length) return this.#done.resolve(this.#whole);
    if (this.#unreturned < renewalBytes) return;
    this.#sender.send({ kind: "bodyCredit", bytes: this.#unreturned });
    this.#unreturned = 0;
  }
}
