import type { CallId } from "@longarm/shared";
import { chunkBytes, closesCall, type Credit, encodeFrame, type FramePart } from "@longarm/shared/wire";

/** Where the frames of one call go, and how much may be on the way. */
export interface FrameRoute {
  readonly channel: number;
  readonly callId: CallId;
  readonly credit: Credit;
  /** `isClosing`: no frame follows. */
  readonly publish: (frame: Uint8Array, isClosing: boolean) => void;
}

/** Numbers and sends the frames of one call, and holds bytes and pages back until there is credit for them. */
export class FrameSender {
  readonly #route: FrameRoute;
  #seq = 0;
  #bytes: number;
  #pages: number;
  readonly #waiting: (() => void)[] = [];
  #closed = false;

  constructor(route: FrameRoute) {
    this.#route = route;
    this.#bytes = route.credit.bytes;
    this.#pages = route.credit.pages;
  }

  /** Has any frame been sent? */
  get hasSpoken(): boolean {
    return this.#seq > 0;
  }

  /** Is a body or a page held back for want of credit? */
  get isHeldBack(): boolean {
    return this.#waiting.length > 0;
  }

  /** May a body of this length go in one frame at once? */
  hasCreditFor(length: number): boolean {
    return length <= chunkBytes && length <= this.#bytes;
  }

  send(part: FramePart): void {
    if (this.#closed) return;
    const { channel, callId, publish } = this.#route;
    if (part.kind === "whole") this.#bytes -= part.body.length;
    publish(encodeFrame({ channel, callId, seq: this.#seq++, part }), closesCall(part));
  }

  /** Sends the bytes as chunks, as credit allows. Stops in silence once closed. */
  async sendBytes(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length && !this.#closed;) {
      if (this.#bytes <= 0) await this.#credited();
      const end = Math.min(bytes.length, at + Math.min(chunkBytes, this.#bytes));
      if (end === at) continue;
      this.#bytes -= end - at;
      this.send({ kind: "chunk", bytes: bytes.subarray(at, end) });
      at = end;
    }
  }

  /** Resolves to true once `permits` pages in all have been permitted, to false when the call was closed first. */
  async permitted(permits: number): Promise<boolean> {
    while (this.#pages < permits && !this.#closed) await this.#credited();
    return !this.#closed;
  }

  addCredit({ bytes, pages }: Credit): void {
    this.#bytes += bytes;
    this.#pages += pages;
    this.#rouse();
  }

  /** Nothing is sent any more; what waits for credit goes on and finds that out. */
  close(): void {
    this.#closed = true;
    this.#rouse();
  }

  #rouse(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  #credited(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
