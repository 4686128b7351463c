/** Lets readers wait for the next change of something that is kept in memory. */
export class Changes {
  readonly #waiting = new Set<() => void>();

  /** Something has changed: whoever waits looks again. */
  tell(): void {
    for (const wake of this.#waiting) wake();
  }

  /** Resolves at the next change, or when the signal is aborted. */
  next(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener("abort", wake, { once: true });
    });
  }
}
