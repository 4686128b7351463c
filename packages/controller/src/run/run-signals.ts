import type { RunId } from "@longarm/shared";
import type { SeenRun } from "./view/run-view.ts";

/** What is worth waking somebody for: the run has ended, was asked to end, was approved or denied, or has gone on. */
export type RunSignal = "finished" | "cancelRequested" | "judged" | "progress";
type Listener = (signal: RunSignal, ended?: SeenRun) => void;

// As many as may end between somebody's look at a run and their wait for its end, many times over.
const mostRemembered = 4_096;

/** Tells those in this process who wait for a run what the log has just said about it. */
export class RunSignals {
  readonly #listeners = new Map<RunId, Set<Listener>>();

  readonly #finished = new Set<RunId>();
  readonly #carried = new Set<RunId>();

  /** Was that told of the run a short while ago? A false answer says nothing of the run. */
  hasFinished(run: RunId): boolean {
    return this.#finished.has(run);
  }

  /** Calls `listener` until the returned function is called. */
  listen(run: RunId, listener: Listener): () => void {
    const listeners = this.#listeners.get(run) ?? new Set();
    this.#listeners.set(run, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(run);
    };
  }

  /** From now on whoever carries the run here tells that it is finished, before or behind the log, and nobody else does. */
  carried(run: RunId): void {
    this.#carried.add(run);
  }

  /** By whoever knows it first: the run's carrier, who may have the whole run at hand, or somebody who asks for something. */
  tell(run: RunId, signal: RunSignal, ended?: SeenRun): void {
    if (signal === "finished") this.#remember(run);
    const listeners = this.#listeners.get(run);
    if (listeners) for (const listener of [...listeners]) listener(signal, ended);
  }

  /** What the log says of a run, whoever carries it. */
  tellOfLog(run: RunId, signal: RunSignal): void {
    if (signal !== "finished" || !this.#carried.has(run)) this.tell(run, signal);
  }

  #remember(run: RunId): void {
    this.#carried.delete(run);
    this.#finished.add(run);
    const [oldest] = this.#finished;
    if (oldest && this.#finished.size > mostRemembered) this.#finished.delete(oldest);
  }
}
