import type { Clock } from "@longarm/shared";

const idBytes = 8;

/** Remembers for a while which envelopes came. What may begin is known to end within that while. */
export class SeenEnvelopes {
  readonly #clock: Clock;
  readonly #keepMs: number;
  #now = new Set<string>();
  #before = new Set<string>();
  #turnedAtMs: number;

  /** Each is remembered for `keepMs` at least, and at most twice as long. */
  constructor(clock: Clock, keepMs: number) {
    this.#clock = clock;
    this.#keepMs = keepMs;
    this.#turnedAtMs = clock.monotonicMs();
  }

  /** True: this one came before. It is told apart by the hash of what was signed. */
  isRepeated(hash: Uint8Array): boolean {
    const nowMs = this.#clock.monotonicMs();
    if (nowMs - this.#turnedAtMs >= this.#keepMs) {
      this.#before = nowMs - this.#turnedAtMs >= 2 * this.#keepMs ? new Set() : this.#now;
      this.#now = new Set();
      this.#turnedAtMs = nowMs;
    }
    const id = Buffer.from(hash.buffer, hash.byteOffset, idBytes).toString("latin1");
    if (this.#now.has(id) || this.#before.has(id)) return true;
    this.#now.add(id);
    return false;
  }
}
