import { LongarmError } from "@longarm/shared";
import type { ApiClient } from "./api/api-client.ts";

const newline = 0x0a;
const resumeAttempts = 5;

/** How items are followed. */
export interface StreamOptions {
  readonly signal: AbortSignal;
  /** Given whole lines; the next are read when it has resolved. */
  readonly write: (lines: Uint8Array) => Promise<void>;
  /** Told how many items were written so far. */
  readonly onCount: (items: number) => void;
  /** Waits before another try; default: a second. */
  readonly pause?: (attempt: number) => Promise<void>;
}

function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) count += 1;
  return count;
}

/** Where the line after the next `lines` ones begins; undefined when they are not all there. */
function afterLines(bytes: Uint8Array, lines: number): number | undefined {
  let at = 0;
  for (let n = 0; n < lines; n += 1) {
    const end = bytes.indexOf(newline, at);
    if (end === -1) return undefined;
    at = end + 1;
  }
  return at;
}

/** Passes whole lines on, but for those that stand already; what breaks off within a line is dropped. */
class LineForwarder {
  readonly #options: StreamOptions;
  #written = 0;
  #toSkip = 0;
  #tail: Uint8Array = new Uint8Array();

  constructor(options: StreamOptions) {
    this.#options = options;
  }

  get written(): number {
    return this.#written;
  }

  /** The source begins anew from its first line. */
  restart(): void {
    this.#toSkip = this.#written;
    this.#tail = new Uint8Array();
  }

  async take(chunk: Uint8Array): Promise<void> {
    const bytes = this.#tail.length === 0 ? chunk : Buffer.concat([this.#tail, chunk]);
    const end = bytes.lastIndexOf(newline) + 1;
    this.#tail = bytes.subarray(end);
    let whole = bytes.subarray(0, end);
    if (this.#toSkip > 0) {
      const count = countLines(whole);
      const from = afterLines(whole, Math.min(this.#toSkip, count)) ?? whole.length;
      this.#toSkip -= Math.min(this.#toSkip, count);
      whole = whole.subarray(from);
    }
    if (whole.length === 0) return;
    await this.#options.write(whole);
    this.#written += countLines(whole);
    this.#options.onCount(this.#written);
  }
}

/**
 * Follows the items of a run to their end. When the connection breaks, it is made again and goes on behind the last line that was
 * written: items come in the same order each time. Gives the number of items.
 */
export async function streamItems(api: ApiClient, runId: string, options: StreamOptions): Promise<number> {
  const { signal, pause = () => new Promise<void>((resolve) => setTimeout(resolve, 1_000)) } = options;
  const forwarder = new LineForwarder(options);
  for (let attempt = 1; ; attempt += 1) {
    const before = forwarder.written;
    try {
      for await (const chunk of api.stream(`/v1/runs/${runId}/items?follow=true`, { signal })) await forwarder.take(chunk);
      return forwarder.written;
    } catch (reason) {
      const isBroken = reason instanceof LongarmError && reason.code === "controller_unreachable";
      if (!isBroken || signal.aborted) throw reason;
      if (forwarder.written > before) attempt = 1;
      if (attempt >= resumeAttempts) throw reason;
      await pause(attempt);
      forwarder.restart();
    }
  }
}
