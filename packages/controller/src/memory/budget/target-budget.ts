import { type BudgetTerms, lanes, LongarmError, type Clock, type ControllerId, type Lane } from "@longarm/shared";
import type { HttpMethod, RateLimit } from "@longarm/shared/rest";
import { explainWait, type BudgetWait } from "../../decide/budget/explain-wait.ts";
import type { MatchedBucket } from "../../decide/budget/match-bucket.ts";
import { foldSqueeze, nextPlaceMs, placesFor, placesNow, type Squeeze, squeezed } from "../../decide/budget/places.ts";
import { readWindow, refusalPauseMs } from "../../decide/budget/window.ts";
import type { BudgetAsk, BudgetGrant, BudgetView } from "../../ports/budgets.ts";
import type { TargetWord } from "@longarm/shared/wire";
import { Bucket } from "./bucket.ts";
import type { Waiter } from "./waiting-line.ts";

/** What the budget of one target rests on. */
export interface TargetBudgetDeps {
  readonly target: string;
  readonly bucketOf: (method: HttpMethod, path: string) => MatchedBucket;
  /** How many there are now, this one included. */
  readonly controllers: () => number;
  readonly clock: Clock;
}

/** A controller that has said nothing for so long makes no requests, or cannot be heard. */
export const silentMs = 3_000;
// No look is nearer than this, whatever a right says.
const leastLookMs = 5;

/** One target's limits: what each bucket allows, how many requests are open, who waits for which. */
export class TargetBudget {
  readonly #deps: TargetBudgetDeps;
  readonly #buckets = new Map<string, Bucket>();
  readonly #elsewhere = new Map<
    ControllerId,
    { readonly atMs: number; readonly open: number; readonly pending: ReadonlyMap<string, number> }
  >();
  #open = 0;
  #squeeze: Squeeze | null = null;
  #look: AbortController | undefined;

  constructor(deps: TargetBudgetDeps) {
    this.#deps = deps;
  }

  /** See the port. */
  tryTake(ask: BudgetAsk): BudgetGrant | undefined {
    const bucket = this.#bucketOf(ask);
    bucket.asked(ask.lane, this.#nowMs);
    if (this.#isOvertaking(ask, bucket) || this.#obstacle(ask, bucket)) return undefined;
    return this.#grant(ask, bucket);
  }

  /** See the port. */
  take(ask: BudgetAsk, signal: AbortSignal): Promise<BudgetGrant> {
    if (signal.aborted) return Promise.reject(LongarmError.from(signal.reason));
    const bucket = this.#bucketOf(ask);
    const line = bucket.lines[ask.lane];
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        line.leave(waiter);
        reject(LongarmError.from(signal.reason));
      };
      const waiter: Waiter = {
        ask,
        granted: (grant) => {
          signal.removeEventListener("abort", onAbort);
          resolve(grant);
        },
      };
      signal.addEventListener("abort", onAbort, { once: true });
      line.join(waiter);
      this.#serve();
    });
  }

  /** See the port. */
  explain(ask: BudgetAsk): string {
    const bucket = this.#bucketOf(ask);
    const wait = this.#obstacle(ask, bucket) ?? { kind: "turn" };
    const { lane } = ask;
    return explainWait(wait, { target: this.#deps.target, bucket: bucket.name, lane, waiting: bucket.waiting, nowMs: this.#nowMs });
  }

  /** See the port. */
  view(terms: BudgetTerms): BudgetView {
    const nowMs = this.#nowMs;
    const buckets = [...this.#buckets.values()].map((bucket) =>
      bucket.view(terms, { pendingElsewhere: this.#pendingElsewhere(bucket), nowMs }),
    );
    const places = { limit: placesNow(this.#squeeze, terms, nowMs), open: this.#open + this.#openElsewhere() };
    return { target: this.#deps.target, places, buckets: buckets.toSorted((a, b) => a.bucket.localeCompare(b.bucket)) };
  }

  /** Takes in what another controller knows; undefined: it has nothing under way here. */
  told(from: ControllerId, word: TargetWord | undefined): void {
    if (word) this.#heedWord(from, word);
    else if (!this.#elsewhere.delete(from)) return;
    this.#serve();
  }

  #heedWord(from: ControllerId, { open, squeeze, buckets }: TargetWord): void {
    const nowMs = this.#nowMs;
    this.#elsewhere.set(from, { atMs: nowMs, open, pending: new Map(buckets.map(({ name, pending }) => [name, pending])) });
    if (squeeze) this.#squeeze = foldSqueeze(this.#squeeze, { places: squeeze.places, atMs: nowMs - squeeze.agoMs });
    for (const word of buckets) this.#buckets.get(word.name)?.told(word, nowMs);
  }

  /** What the other controllers are told; undefined: nothing that would matter to them. */
  word(): TargetWord | undefined {
    const nowMs = this.#nowMs;
    const buckets = [...this.#buckets.values()].flatMap((bucket) => bucket.word(nowMs) ?? []);
    if (buckets.length === 0 && this.#open === 0) return undefined;
    const squeeze = this.#squeeze && { places: this.#squeeze.places, agoMs: nowMs - this.#squeeze.atMs };
    return { target: this.#deps.target, open: this.#open, squeeze, buckets };
  }

  get #nowMs(): number {
    return this.#deps.clock.monotonicMs();
  }

  #bucketOf({ method, path }: BudgetAsk): Bucket {
    const matched = this.#deps.bucketOf(method, path);
    const known = this.#buckets.get(matched.name) ?? new Bucket(matched);
    this.#buckets.set(matched.name, known);
    return known;
  }

  /** Does somebody wait already who is to go first? */
  #isOvertaking({ lane }: BudgetAsk, { lines }: Bucket): boolean {
    return lanes.slice(0, lanes.indexOf(lane) + 1).some((before) => lines[before].length > 0);
  }

  #obstacle({ lane, terms, isNextPage }: BudgetAsk, bucket: Bucket): BudgetWait | undefined {
    const nowMs = this.#nowMs;
    const right = bucket.right(lane, terms, {
      pendingElsewhere: this.#pendingElsewhere(bucket),
      controllers: this.#deps.controllers(),
      nowMs,
    });
    if (right.kind === "wait") return right;
    if (isNextPage) return undefined;
    const places = placesFor(lane, placesNow(this.#squeeze, terms, nowMs), terms);
    if (this.#open + this.#openElsewhere() < places) return undefined;
    return { kind: "full", places, untilMs: nextPlaceMs(this.#squeeze, terms, nowMs) };
  }

  #grant(ask: BudgetAsk, bucket: Bucket): BudgetGrant {
    const places = ask.isNextPage ? 0 : 1;
    const grantedMs = this.#nowMs;
    bucket.begin();
    this.#open += places;
    let isOver = false;
    const end = (isUnanswered: boolean, told?: () => void): void => {
      if (isOver) return;
      isOver = true;
      this.#open -= places;
      bucket.end(isUnanswered, { grantedMs, nowMs: this.#nowMs });
      told?.();
      this.#serve();
    };
    return {
      answered: (status, said, retryAfterSeconds) => end(false, () => this.#heed(ask, bucket, { status, said, retryAfterSeconds })),
      unanswered: () => end(true),
      unused: () => end(false),
    };
  }

  #heed(
    { terms }: BudgetAsk,
    bucket: Bucket,
    { status, said, retryAfterSeconds }: { status: number; said: RateLimit | null; retryAfterSeconds: number | null | undefined },
  ): void {
    const nowMs = this.#nowMs;
    const window = readWindow(said, { nowMs, unixMs: this.#deps.clock.nowMs() });
    if (window) bucket.fold(window, nowMs);
    if (status !== 429) return;
    if (said?.limit === 0 && said.remaining === 0) this.#squeeze = squeezed(this.#squeeze, terms, nowMs);
    else bucket.pause(nowMs + refusalPauseMs(window ? window.endsMs - nowMs : null, retryAfterSeconds));
  }

  /** Grants what can be granted: by lane, within it one of each bucket in turn, within that in order. */
  #serve(): void {
    this.#look?.abort();
    this.#look = undefined;
    let nextMs = Infinity;
    for (const lane of lanes) nextMs = Math.min(nextMs, this.#serveLane(lane));
    if (nextMs < Infinity) this.#lookAgain(nextMs);
  }

  /** Resolves to when to look again at the latest, if somebody is left. */
  #serveLane(lane: Lane): number {
    let nextMs = Infinity;
    let waiting = [...this.#buckets.values()].filter(({ lines }) => lines[lane].length > 0);
    while (waiting.length > 0) {
      waiting = waiting.filter((bucket) => {
        const obstacle = this.#serveFirst(lane, bucket);
        if (!obstacle) return bucket.lines[lane].length > 0;
        // What others have under way stands in the way until they say otherwise, and of a dead one nothing more is heard.
        nextMs = Math.min(nextMs, untilMs(obstacle), this.#nextSilenceMs(), bucket.reserveEndsMs(this.#nowMs));
        return false;
      });
    }
    return nextMs;
  }

  #serveFirst(lane: Lane, bucket: Bucket): BudgetWait | undefined {
    const line = bucket.lines[lane];
    const waiter = line.first();
    if (!waiter) return undefined;
    const obstacle = this.#obstacle(waiter.ask, bucket);
    if (obstacle) return obstacle;
    bucket.asked(lane, this.#nowMs);
    line.leave(waiter);
    waiter.granted(this.#grant(waiter.ask, bucket));
    return undefined;
  }

  #lookAgain(atMs: number): void {
    const look = new AbortController();
    this.#look = look;
    const forMs = Math.max(leastLookMs, atMs - this.#nowMs);
    void this.#deps.clock.sleep(forMs, look.signal).then(
      () => this.#serve(),
      () => undefined,
    );
  }

  #pendingElsewhere({ name }: Bucket): number {
    return this.#sumElsewhere(({ pending }) => pending.get(name) ?? 0);
  }

  #openElsewhere(): number {
    return this.#sumElsewhere(({ open }) => open);
  }

  #sumElsewhere(of: (word: { readonly open: number; readonly pending: ReadonlyMap<string, number> }) => number): number {
    let sum = 0;
    for (const [from, word] of this.#elsewhere) {
      if (this.#nowMs - word.atMs >= silentMs) this.#elsewhere.delete(from);
      else sum += of(word);
    }
    return sum;
  }

  /** When the oldest of the others' words counts no more, should nothing follow it. */
  #nextSilenceMs(): number {
    return [...this.#elsewhere.values()].reduce((nextMs, { atMs }) => Math.min(nextMs, atMs + silentMs), Infinity);
  }
}

function untilMs(wait: BudgetWait): number {
  return wait.kind === "turn" ? Infinity : (wait.untilMs ?? Infinity);
}
