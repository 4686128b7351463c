import { LongarmError, type CallIdentity, type ExecutorChoice, type Intent } from "@longarm/shared";
import type { Page, PageRequest, RestFailure } from "@longarm/shared/rest";
import { toActionResponse, toRequestForm, type ActionResponse, type AnyStream, type Spoke, type StreamPage } from "@longarm/spoke";
import { pauseReason } from "../../decide/pause-reason.ts";
import { decideAfterAttempt } from "../../decide/retry.ts";
import { endOfFailure } from "../call/call-attempt.ts";
import { identifyCall } from "../call/call-identity.ts";
import { abortReason } from "../wait/abort-reason.ts";
import type { Carriage } from "../carriage.ts";
import { Denials } from "../call/denials.ts";
import { pause, sleepOn } from "../wait/park.ts";
import { patiently } from "../wait/patiently.ts";
import { PagePermits } from "./page-permits.ts";
import type { PlacedCall } from "../place/place-call.ts";
import { authOf, targetOf } from "../call/request.ts";
import { readRetryAfter } from "../call/retry-after.ts";
import { noPage, type SegmentEnd, segmentOutcome } from "./segment-end.ts";
import { budgetAsk, placeInBudget, takeBudget } from "../place/take-budget.ts";

/** What a stream reads of a page. */
export interface PageContent {
  readonly items: readonly unknown[];
  readonly dropped: number;
  readonly truncated: boolean;
  /** The cursor of the page behind it; null: it is the last one. */
  readonly next: string | null;
  /** When the target answered, by its own clock, in Unix milliseconds; null: it did not say. */
  readonly atMs: number | null;
}

/** Where a stream's pages go, one after the other, each with the cursor behind it. */
export interface PageKeeper {
  /** The cursor that the last kept page leads to; null: nothing is kept yet. */
  readonly resumeAt: string | null;
  /** How many items are kept. */
  readonly itemCount: number;
  /** How many pages are wanted at most, so that none is fetched beyond; absent: all that there are. */
  readonly mostPages?: number;
  /** Grows with each page that is kept. */
  readonly pageCount: number;
  /** Is there more to read, and is it wanted? */
  wantsMore(): boolean;
  /** Does the page tell anything that is to be kept? */
  isNews(content: PageContent): boolean;
  /**
   * Keeps a page for good. `term` is that of the lease under which it was read. Resolves to how the segment ends where the page could not
   * be kept here and reading goes on elsewhere; throws what ends the run.
   */
  keep(content: PageContent, term: number): Promise<SegmentEnd | undefined>;
}

/** What is to be followed, and where it goes. */
export interface Followed {
  readonly stream: AnyStream;
  readonly spoke: Spoke;
  /** As the stream's look-ups left it. */
  readonly input: unknown;
  /** The place of its call in the run. */
  readonly ordinal: number;
  /** The number of the first attempt. */
  readonly attempt: number;
  readonly keeper: PageKeeper;
  /** What is wanted of a page; absent: the items in the stream's output form. */
  readonly read?: (response: ActionResponse) => StreamPage<unknown>;
  /** Do its segments stand in the run's log? Of a list that is one of very many they do not. */
  readonly isRecorded: boolean;
}

const pagesAhead = 3;
const windowBytes = 4 * 1024 * 1024;
const noFurther = new LongarmError("cancelled", "No further page is read here.");

/**
 * Follows a stream to its end or to what its keeper wants: segment by segment, each on one executor, each beginning at the last kept
 * cursor. No more than one page is read beyond the one being kept, so a lost executor costs no page and repeats none. Throws what ends
 * the run.
 */
export class StreamFollower {
  readonly #carriage: Carriage;
  readonly #of: Followed;
  readonly #denials = new Denials();

  constructor(carriage: Carriage, of: Followed) {
    this.#carriage = carriage;
    this.#of = of;
  }

  async follow(): Promise<void> {
    const { deps, submission } = this.#carriage;
    const { stream, input, ordinal, keeper } = this.#of;
    const start = stream.start(input);
    const { repeats, pollMs } = start;
    const every = { ...(repeats && { repeats }), ...(pollMs !== undefined && { pollMs }) };
    const base = { effect: "read", method: "GET", ...toRequestForm(start), ...every } as const;
    const identity = identifyCall(deps.ring, submission.runId, { ordinal, method: "GET", target: targetOf(base), body: undefined });
    const segment = { base, identity };
    await sleepOn(this.#carriage, ordinal);
    let fruitless = 0;
    let sinceMs = deps.clock.nowMs();
    for (let { attempt } = this.#of; keeper.wantsMore(); attempt += 1) {
      const kept = keeper.pageCount;
      const end = await this.#segment(segment, attempt);
      if (end === undefined || end.hasLapsed) continue;
      fruitless = keeper.pageCount === kept ? fruitless + 1 : 0;
      if (fruitless <= 1) sinceMs = deps.clock.nowMs();
      await this.#afterSegment(end, { fruitless, elapsedMs: deps.clock.nowMs() - sinceMs });
    }
  }

  /** Follows the pages on one executor until they end or it fails; resolves to how it failed, or to undefined. */
  async #segment(of: Segment, attempt: number): Promise<SegmentEnd | undefined> {
    const { deps, submission, connection, writer, signal } = this.#carriage;
    const term = await deps.lease.held(signal);
    const askedMs = deps.clock.monotonicMs();
    const { ordinal, callId } = of.identity;
    const asked = { ordinal, seed: `${callId}/${attempt}`, isChanging: false, denials: this.#denials };
    const ask = budgetAsk(this.#carriage, of.base);
    const { placed, grant } = await placeInBudget(this.#carriage, asked, ask);
    const permits = new PagePermits(grant, this.#of.keeper.mostPages ?? Infinity, (asking) =>
      takeBudget({ ...this.#carriage, signal: asking }, { ...ask, isNextPage: true }, ordinal),
    );
    try {
      const { resumeAt } = this.#of.keeper;
      const executor = placed.choice;
      const intent: Intent = { kind: "intent", call: of.identity, attempt, effect: "read", executor, notAfterMs: 0, resumeAt };
      if (this.#of.isRecorded) await writer.write([intent]);
      const { timeoutMs, maxResponseBytes, baseUrl } = connection;
      const ids = { runId: submission.runId, callId: of.identity.callId, attempt };
      const auth = await patiently({ clock: deps.clock, signal }, () => authOf(deps, connection, placed.choice));
      const flow = {
        ...{ pagesAhead, windowBytes, ...(resumeAt !== null && { resumeAt }) },
        permit: (asking: AbortSignal) => permits.permit(asking),
        unused: (count: number) => permits.unused(count),
      };
      const request: PageRequest = { ...of.base, ...ids, baseUrl, auth, timeoutMs, maxResponseBytes, ...flow };
      return await this.#read(request, { intent, placed, permits, queuedMs: deps.clock.monotonicMs() - askedMs, term, signal });
    } finally {
      await permits.close();
      placed.release();
    }
  }

  /** Reads each page while the one before it is being kept, so that the wait for the disk costs no time of its own. */
  async #read(
    request: PageRequest,
    of: { intent: Intent; placed: PlacedCall; permits: PagePermits; queuedMs: number; term: number; signal: AbortSignal },
  ): Promise<SegmentEnd | undefined> {
    const { keeper } = this.#of;
    let last: Page | RestFailure | undefined;
    let keeping: Promise<SegmentEnd | undefined> = Promise.resolve(undefined);
    const broken = new AbortController();
    const breakOff = (): void => broken.abort(noFurther);
    try {
      for await (const page of of.placed.executor.pages(request, AbortSignal.any([of.signal, broken.signal]))) {
        of.permits.arrived(page, this.#retryAfterSeconds(page));
        if (broken.signal.aborted) break;
        last = page;
        const read = this.#contentOf(page, of.placed.choice);
        const end = await keeping;
        if (end || !keeper.wantsMore()) break;
        if ("items" in read && !keeper.isNews(read)) continue;
        keeping = "items" in read ? keeper.keep(read, of.term) : Promise.resolve(read);
        // Nobody is to learn by the next page that none is wanted: that one may be long in coming, and without a permit never comes.
        keeping.then((ended) => (ended || !keeper.wantsMore()) && breakOff(), breakOff);
        if (!("items" in read) || read.next === null) break;
      }
    } catch (reason) {
      await keeping.catch(() => undefined);
      if (!broken.signal.aborted) throw reason;
    }
    let end = await keeping;
    if (of.signal.aborted) throw abortReason(of.signal);
    if (!last) end = { end: { kind: "failure", delivery: "unknown", code: "unexpected_response" }, error: noPage() };
    if (this.#of.isRecorded) this.#carriage.writer.defer(segmentOutcome(of, last, end));
    return end;
  }

  #contentOf(page: Page | RestFailure, executor: ExecutorChoice): PageContent | SegmentEnd {
    const { stream, spoke, input } = this.#of;
    if (page.kind === "failure") {
      this.#denials.note(executor, page.error.toBody());
      return { end: endOfFailure(executor, page), error: page.error };
    }
    const response = toActionResponse(page.status, page.headers, page.body);
    if (page.status < 200 || page.status >= 300) {
      const error: LongarmError = stream.refused?.(response, input) ?? spoke.explain(response);
      const retryAfterSeconds = this.#retryAfterSeconds(page);
      return { end: { kind: "response", status: page.status, rateLimit: page.record.rateLimit, retryAfterSeconds }, error };
    }
    const content = this.#of.read?.(response) ?? stream.page(response, input);
    const { items, dropped = 0, truncated = false } = content;
    return { items, dropped, truncated, next: content.last === true ? null : page.next, atMs: toMs(page.headers["date"]) };
  }

  #retryAfterSeconds(page: Page | RestFailure): number | null {
    if (page.kind === "failure") return null;
    const { "retry-after": retryAfter, date } = page.headers;
    return readRetryAfter(retryAfter, { date, nowMs: this.#carriage.deps.clock.nowMs() });
  }

  async #afterSegment(ended: SegmentEnd, { fruitless, elapsedMs }: { fruitless: number; elapsedMs: number }): Promise<void> {
    const { ordinal, keeper } = this.#of;
    const after = decideAfterAttempt(ended.end, {
      effect: "read",
      isReadable: false,
      attempts: Math.max(1, fruitless),
      elapsedMs,
      policy: this.#carriage.retry,
      jitter: this.#carriage.deps.random(),
    });
    if (after.kind !== "again") throw ended.error;
    const why = pauseReason(after, { end: ended.end, counted: Math.max(1, fruitless), policy: this.#carriage.retry });
    const sentence = `The stream stopped after ${keeper.itemCount} items and goes on from there. ${why.sentence}`;
    await pause(this.#carriage, { reason: why.reason, sentence, forMs: after.afterMs, ordinal });
  }
}

interface Segment {
  readonly base: Pick<PageRequest, "effect" | "method" | "path" | "query" | "headers" | "repeats" | "pollMs">;
  readonly identity: CallIdentity;
}

function toMs(date: string | undefined): number | null {
  const ms = Date.parse(date ?? "");
  return Number.isNaN(ms) ? null : ms;
}
