import type { RunId } from "@longarm/shared";

/** What is worth waking somebody for: the run has ended, was asked to end, or has gone on. */
export type RunSignal = "finished" | "cancelRequested" | "progress";
type Listener = (signal: RunSignal) => void;

/** Tells those in this process who wait for a run what the log has just said about it. */
export class RunSignals {
  readonly #listeners = new Map<RunId, Set<Listener>>();

  /** Calls `listener` until the returned function is called. */
  listen(run: RunId, listener: Listener): () => void {
    const listeners = this.#listeners.get(run) ?? new Set();
    this.#listeners.set(run, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(run);
    };
  }

  tell(run: RunId, signal: RunSignal): void {
    for (const listener of [...(this.#listeners.get(run) ?? [])]) listener(signal);
  }
}
