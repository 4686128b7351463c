import { chunkBytes, inlineBodyBytes } from "@longarm/shared/wire";

/** How much of a request's body may be on the way beyond what stands in the call. */
const windowBytes = 16 * chunkBytes;

/** A request's body that is too long for one message: its beginning travels in the call, the rest in chunks as the agent takes them. */
export class Upload {
  readonly beginning: Uint8Array;
  readonly #body: Uint8Array;
  #at: number;
  #credit = windowBytes;

  constructor(body: Uint8Array) {
    this.#body = body;
    this.beginning = body.subarray(0, inlineBodyBytes);
    this.#at = this.beginning.length;
  }

  /** Adds to the credit and sends what it allows. */
  send(credit: number, sendChunk: (bytes: Uint8Array) => void): void {
    this.#credit += credit;
    while (this.#at < this.#body.length && this.#credit > 0) {
      const bytes = this.#body.subarray(this.#at, this.#at + Math.min(chunkBytes, this.#credit));
      this.#at += bytes.length;
      this.#credit -= bytes.length;
      sendChunk(bytes);
    }
  }
}
