import type { Clock } from "@longarm/shared";

interface Sleeper {
  readonly atMs: number;
  readonly wake: () => void;
}

/** A clock that stands still until it is moved on. */
export class ManualClock implements Clock {
  #ms: number;
  readonly #sleepers = new Set<Sleeper>();

  constructor(ms = 1_000_000) {
    this.#ms = ms;
  }

  nowMs(): number {
    return this.#ms;
  }

  monotonicMs(): number {
    return this.#ms;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const onAbort = (): void => {
        this.#sleepers.delete(sleeper);
        reject(signal?.reason as Error);
      };
      const wake = (): void => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      };
      const sleeper = { atMs: this.#ms + ms, wake };
      this.#sleepers.add(sleeper);
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  }

  /** Moves the time on in steps, so that whoever sleeps again and again wakes as often as it would. */
  async advance(ms: number, stepMs = 250): Promise<void> {
    for (const endMs = this.#ms + ms; this.#ms < endMs;) {
      this.#ms = Math.min(endMs, this.#ms + stepMs);
      for (const sleeper of this.#sleepers) {
        if (sleeper.atMs > this.#ms || !this.#sleepers.delete(sleeper)) continue;
        sleeper.wake();
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
