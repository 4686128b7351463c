/** The calls begun last, so that one delivered twice is begun once. Forgets the oldest beyond its size. */
export class RecentCalls {
  readonly #size: number;
  readonly #keys = new Set<string>();

  constructor(size = 16_384) {
    this.#size = size;
  }

  has(callId: string, attempt: number): boolean {
    return this.#keys.has(`${callId}/${attempt}`);
  }

  add(callId: string, attempt: number): void {
    this.#keys.add(`${callId}/${attempt}`);
    if (this.#keys.size <= this.#size) return;
    for (const oldest of this.#keys) return void this.#keys.delete(oldest);
  }
}
