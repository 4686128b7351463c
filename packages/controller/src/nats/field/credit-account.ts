/** Counts what the consumer took and tells when it is worth returning it to the agent. */
export class CreditAccount {
  readonly windowBytes: number;
  #unreturned = 0;
  #outstanding = 0;

  constructor(windowBytes: number) {
    this.windowBytes = windowBytes;
  }

  /** Bytes that arrived and were not taken yet, or were taken and not returned yet; never above the window. */
  get outstandingBytes(): number {
    return this.#outstanding;
  }

  /** False: the agent sent more than it was allowed to. */
  arrived(bytes: number): boolean {
    this.#outstanding += bytes;
    return this.#outstanding <= this.windowBytes;
  }

  taken(bytes: number): void {
    this.#unreturned += bytes;
  }

  /** What to return now: nothing until a quarter of the window has come together, unless `atOnce`. */
  due(atOnce = false): number {
    if (!atOnce && this.#unreturned < this.windowBytes / 4) return 0;
    const due = this.#unreturned;
    this.#unreturned = 0;
    this.#outstanding -= due;
    return due;
  }
}
