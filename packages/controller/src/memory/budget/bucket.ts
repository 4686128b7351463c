import { type BudgetTerms, lanes, type Lane } from "@longarm/shared";
import type { MatchedBucket } from "../../decide/budget/match-bucket.ts";
import { reserveForMs, rightOf, shareOf, type BucketState, type Right } from "../../decide/budget/right.ts";
import { foldWindow, type LimitWindow } from "../../decide/budget/window.ts";
import type { BucketView } from "../../ports/budgets.ts";
import type { BucketWord } from "@longarm/shared/wire";
import { WaitingLine } from "./waiting-line.ts";

/** What the other controllers have under way, as far as they have told, and how many there are with this one. */
export interface Elsewhere {
  readonly pendingElsewhere: number;
  readonly controllers: number;
}

// By then each controller has heard of a request, and this one of what the others began beside it.
const untilHeardMs = 300;

/** One bucket of one target: what was said of it, what is under way, who waits. */
export class Bucket {
  readonly lines: Readonly<Record<Lane, WaitingLine>> = {
    interactive: new WaitingLine(),
    standard: new WaitingLine(),
    bulk: new WaitingLine(),
  };
  readonly #of: MatchedBucket;
  #window: LimitWindow | null = null;
  #pending = 0;
  readonly #settling: number[] = [];
  #unanswered = 0;
  #pausedUntilMs = -Infinity;
  #interactiveAtMs = -Infinity;

  constructor(of: MatchedBucket) {
    this.#of = of;
  }

  get name(): string {
    return this.#of.name;
  }

  right(lane: Lane, terms: BudgetTerms, at: Elsewhere & { readonly nowMs: number }): Right {
    return rightOf(lane, this.#state(at), {
      rule: { windowMs: this.#of.windowMs, assumedLimit: this.#of.limit(terms.plan), terms },
      nowMs: at.nowMs,
    });
  }

  /** An interactive run is about, whether it is granted at once or waits. */
  asked(lane: Lane, nowMs: number): void {
    if (lane === "interactive") this.#interactiveAtMs = nowMs;
  }

  /** When nothing is kept for interactive runs any more, should none ask again; Infinity: nothing is now. */
  reserveEndsMs(nowMs: number): number {
    const endsMs = this.#interactiveAtMs + reserveForMs;
    return endsMs > nowMs ? endsMs : Infinity;
  }

  begin(): void {
    this.#pending += 1;
  }

  /** A request of this controller is over that was granted at that time. */
  end(isUnanswered: boolean, { grantedMs, nowMs }: { readonly grantedMs: number; readonly nowMs: number }): void {
    this.#pending -= 1;
    while ((this.#settling[0] ?? Infinity) <= nowMs) this.#settling.shift();
    if (grantedMs + untilHeardMs > nowMs) this.#settling.push(grantedMs + untilHeardMs);
    if (isUnanswered) this.#unanswered += 1;
  }

  fold(said: LimitWindow, nowMs: number): void {
    this.#window = foldWindow(this.#window, said, nowMs);
    // What the target has counted by now includes them, if it ever saw them.
    this.#unanswered = 0;
  }

  pause(untilMs: number): void {
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, untilMs);
  }

  /** How many wait, over all lanes. */
  get waiting(): number {
    return lanes.reduce((sum, lane) => sum + this.lines[lane].length, 0);
  }

  /** Takes in what another controller knows. */
  told({ window, pausedForMs, interactiveAgoMs }: BucketWord, nowMs: number): void {
    if (window) this.fold({ limit: window.limit, used: window.used, reset: window.reset, endsMs: nowMs + window.leftMs }, nowMs);
    if (pausedForMs > 0) this.pause(nowMs + pausedForMs);
    if (interactiveAgoMs !== null) this.#interactiveAtMs = Math.max(this.#interactiveAtMs, nowMs - interactiveAgoMs);
  }

  /** What the other controllers are told; undefined: nothing that would matter to them. */
  word(nowMs: number): BucketWord | undefined {
    const window = this.#window && this.#window.endsMs > nowMs ? this.#window : null;
    const agoMs = nowMs - this.#interactiveAtMs;
    const interactiveAgoMs = agoMs < reserveForMs ? agoMs : null;
    const pausedForMs = Math.max(0, this.#pausedUntilMs - nowMs);
    if (!window && this.#pending === 0 && pausedForMs === 0 && interactiveAgoMs === null) return undefined;
    const told = window && { limit: window.limit, used: window.used, reset: window.reset, leftMs: window.endsMs - nowMs };
    return { name: this.name, pending: this.#pending, window: told, pausedForMs, interactiveAgoMs };
  }

  view(terms: BudgetTerms, { pendingElsewhere, nowMs }: Pick<Elsewhere, "pendingElsewhere"> & { readonly nowMs: number }): BucketView {
    const window = this.#window && this.#window.endsMs > nowMs ? this.#window : null;
    const limit = this.#window?.limit ?? this.#of.limit(terms.plan);
    const pending = this.#pending + pendingElsewhere;
    const { interactive, standard, bulk } = this.lines;
    return {
      bucket: this.name,
      limit,
      isKnown: this.#window !== null,
      remaining: window && Math.max(0, window.limit - window.used - this.#unanswered - pending),
      share: limit === null ? null : shareOf(limit, terms, false),
      pending,
      resetInMs: window && Math.round(window.endsMs - nowMs),
      pausedForMs: this.#pausedUntilMs > nowMs ? Math.round(this.#pausedUntilMs - nowMs) : null,
      waiting: { interactive: interactive.length, standard: standard.length, bulk: bulk.length },
    };
  }

  #state({ pendingElsewhere, controllers, nowMs }: Elsewhere & { readonly nowMs: number }): BucketState {
    return {
      window: this.#window,
      pending: this.#pending,
      // Who is alone need not be heard of.
      settling: controllers > 1 ? this.#countSettling(nowMs) : 0,
      ...{ pendingElsewhere, controllers },
      unanswered: this.#unanswered,
      pausedUntilMs: this.#pausedUntilMs,
      interactiveAtMs: this.#interactiveAtMs,
    };
  }

  #countSettling(nowMs: number): number {
    return this.#settling.filter((untilMs) => untilMs > nowMs).length;
  }
}
