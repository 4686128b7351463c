import type { Clock } from "@longarm/shared";
import { deadAfterMs } from "../decide/dead-owners.ts";

// Others wait for `deadAfterMs` of silence; clocks that run unevenly, and the way from the check to the wire, fit into the rest.
const leaseMs = deadAfterMs - 1_000;

/**
 * Tells whether this controller can still be the owner of its runs, by its own monotonic clock alone: nobody takes a run over while the
 * owner's sign of life is renewed in time. A term lasts for as long as the renewals follow each other without a gap; in another term
 * a run may have had another owner meanwhile, whatever its log said before.
 */
export class OwnerLease {
  readonly #clock: Pick<Clock, "monotonicMs">;
  #term = 0;
  #askedMs = Number.NEGATIVE_INFINITY;
  #waiting: (() => void)[] = [];

  constructor(deps: { readonly clock: Pick<Clock, "monotonicMs"> }) {
    this.#clock = deps.clock;
  }

  /** A renewal that was asked for at that time, monotonic, is stored. */
  renewed(askedMs: number): void {
    if (!this.#holds()) this.#term += 1;
    this.#askedMs = askedMs;
    if (this.#holds()) for (const wake of this.#waiting.splice(0)) wake();
  }

  /** The term that holds at this moment; undefined: none does. */
  term(): number | undefined {
    return this.#holds() ? this.#term : undefined;
  }

  /** Resolves with the term once one holds. Rejects with the signal's reason. */
  async held(signal: AbortSignal): Promise<number> {
    for (;;) {
      signal.throwIfAborted();
      const term = this.term();
      if (term !== undefined) return term;
      await this.#renewal(signal);
    }
  }

  #holds(): boolean {
    return this.#clock.monotonicMs() - this.#askedMs < leaseMs;
  }

  #renewal(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        signal.removeEventListener("abort", wake);
        resolve();
      };
      this.#waiting.push(wake);
      signal.addEventListener("abort", wake, { once: true });
    });
  }
}
