import type { LongarmError } from "../errors.ts";

// Enough for a page of 200 users to arrive without a pause; what is unread beyond it waits in the socket.
const highWaterBytes = 512 * 1024;

const ended: IteratorResult<Uint8Array> = { done: true, value: undefined };

interface Reader {
  resolve(result: IteratorResult<Uint8Array>): void;
  reject(error: LongarmError): void;
}

/** What the body asks of the exchange that fills it. */
export interface BodySource {
  /** There is room again. */
  resume(): void;
  /** Nobody will read on. */
  abandon(): void;
}

/** A body on its way: chunks go in as they arrive and come out in order, once. Unread bytes beyond a mark hold up the socket. */
export class ResponseBody implements AsyncIterableIterator<Uint8Array> {
  readonly #source: BodySource;
  readonly #chunks: Uint8Array[] = [];
  #unread = 0;
  #full = false;
  #ended = false;
  #error: LongarmError | undefined;
  #reader: Reader | undefined;

  constructor(source: BodySource) {
    this.#source = source;
  }

  /** Takes a chunk; false means that the source should pause until `resume`. */
  push(chunk: Uint8Array): boolean {
    const reader = this.#takeReader();
    if (reader) {
      reader.resolve({ done: false, value: chunk });
      return true;
    }
    this.#chunks.push(chunk);
    this.#unread += chunk.byteLength;
    this.#full = this.#unread > highWaterBytes;
    return !this.#full;
  }

  end(): void {
    this.#ended = true;
    this.#takeReader()?.resolve(ended);
  }

  /** The body does not arrive whole; the reader learns so at once. */
  fail(error: LongarmError): void {
    this.#ended = true;
    this.#error = error;
    this.#chunks.length = 0;
    this.#takeReader()?.reject(error);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Uint8Array>> {
    const chunk = this.#chunks.shift();
    if (chunk) return Promise.resolve(this.#given(chunk));
    if (this.#error) return Promise.reject(this.#error);
    if (this.#ended) return Promise.resolve(ended);
    return new Promise((resolve, reject) => {
      this.#reader = { resolve, reject };
    });
  }

  return(): Promise<IteratorResult<Uint8Array>> {
    if (!this.#ended) this.#source.abandon();
    return Promise.resolve(ended);
  }

  #given(chunk: Uint8Array): IteratorResult<Uint8Array> {
    this.#unread -= chunk.byteLength;
    if (this.#full && this.#unread <= highWaterBytes / 2) {
      this.#full = false;
      this.#source.resume();
    }
    return { done: false, value: chunk };
  }

  #takeReader(): Reader | undefined {
    const reader = this.#reader;
    this.#reader = undefined;
    return reader;
  }
}
