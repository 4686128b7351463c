import type { Clock } from "./clock.ts";
import type { Logger } from "./logger.ts";

const tellEveryMs = 10_000;

/** Counts messages that were dropped because they do not verify, and says so in the log, in one line for many. */
export class Rejections {
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #counts = new Map<string, number>();
  #toldAtMs = -Infinity;
  #untold = 0;

  constructor(deps: { readonly clock: Clock; readonly logger: Logger }) {
    this.#clock = deps.clock;
    this.#logger = deps.logger;
  }

  /** How many there were, by reason, since the process began. */
  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }

  /** How many there were in all. */
  get total(): number {
    let total = 0;
    for (const count of this.#counts.values()) total += count;
    return total;
  }

  /** Counts one. `subject` is where it came from. */
  count(reason: string, subject: string): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
    this.#untold += 1;
    const nowMs = this.#clock.monotonicMs();
    if (nowMs - this.#toldAtMs < tellEveryMs) return;
    this.#toldAtMs = nowMs;
    const sentence = "messages were dropped that do not verify: somebody may be tampering with the broker";
    this.#logger.warn({ dropped: this.#untold, lastReason: reason, lastSubject: subject, sinceStart: this.counts }, sentence);
    this.#untold = 0;
  }
}
