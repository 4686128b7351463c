import type { Clock, Submission } from "@longarm/shared";
import { limitError, nextLimit } from "../decide/run-terms.ts";

interface Deps {
  readonly clock: Clock;
  readonly submission: Submission;
  /** Aborted when a limit is reached, with the error that ends the run. */
  readonly ending: AbortController;
}

// Without a reason of one's own each abort makes an error with a stack trace.
const disarmed = new Error("The limit is not watched any more.");

/** Ends a run at the first of its limits: deadline, time to its start, time from its start. */
export class LimitWatch {
  readonly #deps: Deps;
  #armed: AbortController | undefined;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Watches from now on for what holds for a run that was started at that time, or was not yet. */
  arm(startedAtMs: number | null): void {
    const { clock, submission, ending } = this.#deps;
    this.stop();
    const limit = nextLimit(submission, startedAtMs);
    if (!limit) return;
    const expire = (): void => ending.abort(limitError(limit, submission));
    const leftMs = limit.atMs - clock.nowMs();
    if (leftMs <= 0) return expire();
    const armed = new AbortController();
    this.#armed = armed;
    clock.sleep(leftMs, armed.signal).then(expire, () => undefined);
  }

  stop(): void {
    this.#armed?.abort(disarmed);
    this.#armed = undefined;
  }
}
