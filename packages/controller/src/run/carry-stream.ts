import { LongarmError, type CallIdentity, type ExecutorChoice, type Intent, type KeptPage } from "@longarm/shared";
import type { Page, PageRequest, RestFailure } from "@longarm/shared/rest";
import { toActionResponse, toRequestForm, type AnyStream, type Spoke } from "@longarm/spoke";
import { pauseReason } from "../decide/pause-reason.ts";
import { decideAfterAttempt } from "../decide/retry.ts";
import { readRetryAfter } from "./retry-after.ts";
import type { ItemsEnd } from "../ports/item-store.ts";
import { keepBytes, pageInlineBytes } from "./bytes.ts";
import { endOfFailure } from "./call-attempt.ts";
import { identifyCall } from "./call-identity.ts";
import { abortReason, surroundings, type Carriage } from "./carriage.ts";
import { Denials } from "./denials.ts";
import { pause, sleepOn } from "./park.ts";
import { RunCalls } from "./run-calls.ts";
import { patiently } from "./patiently.ts";
import { placeCall, type PlacedCall } from "./place-call.ts";
import { authOf, targetOf } from "./request.ts";
import { lapsed, noPage, type SegmentEnd, segmentOutcome } from "./segment-end.ts";

/** What a finished stream run shows as its output. */
export interface StreamSummary {
  readonly items: number;
  readonly pages: number;
  /** Items left out at the caller's wish; absent: none. */
  readonly dropped?: number;
  /** Present when there is more that the target gives no way to. */
  readonly truncated?: true;
}

const pagesAhead = 3;
const windowBytes = 4 * 1024 * 1024;
const lines = new TextEncoder();

/**
 * Carries a stream: segment by segment, each on one executor, each beginning at the last kept cursor. A page and its cursor are
 * kept as one message, and no more than one page is read beyond the one being kept, so a lost executor or controller costs no page
 * and repeats none. Whose run it is shows at each segment's intent, at the lease before each page, and at the fence behind which a
 * successor begins.
 */
export class StreamCarrier {
  readonly #carriage: Carriage;
  readonly #stream: AnyStream;
  readonly #spoke: Spoke;
  #input: unknown;
  #last: ItemsEnd | undefined;
  readonly #denials = new Denials();

  constructor(carriage: Carriage, of: { readonly stream: AnyStream; readonly spoke: Spoke; readonly input: unknown }) {
    this.#carriage = carriage;
    this.#stream = of.stream;
    this.#spoke = of.spoke;
    this.#input = of.input;
  }

  /** Resolves when every wanted item is kept. Throws what ends the run. */
  async carry(): Promise<StreamSummary> {
    const { deps, submission, known } = this.#carriage;
    const ordinal = await this.#prepare();
    this.#last = await this.#lastKept();
    const start = this.#stream.start(this.#input);
    const { repeats, pollMs } = start;
    const every = { ...(repeats && { repeats }), ...(pollMs !== undefined && { pollMs }) };
    const base = { effect: "read", method: "GET", ...toRequestForm(start), ...every } as const;
    const identity = identifyCall(deps.ring, submission.runId, { ordinal, method: "GET", target: targetOf(base), body: undefined });
    const segment = { base, identity };
    await sleepOn(this.#carriage, ordinal);
    let fruitless = 0;
    let sinceMs = deps.clock.nowMs();
    for (let attempt = lastAttempt(known.intents, ordinal) + 1; this.#wantsMore(); attempt += 1) {
      const kept = this.#last?.page?.ordinal;
      const end = await this.#segment(segment, attempt);
      if (end === undefined || end.hasLapsed) continue;
      fruitless = this.#last?.page?.ordinal === kept ? fruitless + 1 : 0;
      if (fruitless <= 1) sinceMs = deps.clock.nowMs();
      await this.#afterSegment(end, { fruitless, elapsedMs: deps.clock.nowMs() - sinceMs, ordinal });
    }
    const { droppedSoFar = 0, truncated = false } = this.#last?.page ?? {};
    const remarks = { ...(droppedSoFar > 0 && { dropped: droppedSoFar }), ...(truncated && { truncated }) };
    return { items: this.#itemsKept(), pages: (this.#last?.page?.ordinal ?? -1) + 1, ...remarks };
  }

  /** Makes the stream's look-ups, or takes them from the log; resolves to the ordinal of the call that follows them. */
  async #prepare(): Promise<number> {
    const { deps, submission } = this.#carriage;
    if (!this.#stream.prepare) return 0;
    const rest = new RunCalls(this.#carriage, "read");
    const note = (): void => deps.signals.tell(submission.runId, "progress");
    this.#input = await this.#stream.prepare(
      { ...surroundings(this.#carriage), rest, submittedAt: submission.submittedAtMs, dryRun: false, note },
      this.#input,
    );
    return rest.count;
  }

  async #lastKept(): Promise<ItemsEnd | undefined> {
    const { deps, submission, signal } = this.#carriage;
    return deps.items.last(submission.runId, signal);
  }

  #itemsKept(): number {
    const { itemsBefore = 0, itemCount = 0 } = this.#last?.page ?? {};
    return itemsBefore + itemCount;
  }

  #wantsMore(): boolean {
    if (this.#last?.page?.next === null) return false;
    const limit = this.#stream.limit(this.#input);
    return limit === undefined || this.#itemsKept() < limit;
  }

  /** Follows the pages on one executor until they end or it fails; resolves to how it failed, or to undefined. */
  async #segment(of: Segment, attempt: number): Promise<SegmentEnd | undefined> {
    const { deps, submission, connection, writer, signal } = this.#carriage;
    const term = await deps.lease.held(signal);
    const askedMs = deps.clock.monotonicMs();
    const placed = await placeCall(this.#carriage, {
      ordinal: of.identity.ordinal,
      seed: `${of.identity.callId}/${attempt}`,
      isChanging: false,
      denials: this.#denials,
    });
    try {
      const resumeAt = this.#last?.page?.next ?? null;
      const executor = placed.choice;
      const intent: Intent = { kind: "intent", call: of.identity, attempt, effect: "read", executor, notAfterMs: 0, resumeAt };
      await writer.write([intent]);
      const { timeoutMs, maxResponseBytes, baseUrl } = connection;
      const ids = { runId: submission.runId, callId: of.identity.callId, attempt };
      const auth = await patiently({ clock: deps.clock, signal }, () => authOf(deps, connection, placed.choice));
      const flow = { pagesAhead, windowBytes, ...(resumeAt !== null && { resumeAt }) };
      const request: PageRequest = { ...of.base, ...ids, baseUrl, auth, timeoutMs, maxResponseBytes, ...flow };
      return await this.#follow(request, { intent, placed, queuedMs: deps.clock.monotonicMs() - askedMs, term, signal });
    } finally {
      placed.release();
    }
  }

  /** Reads each page while the one before it is being stored, so that the wait for the disk costs no time of its own. */
  async #follow(
    request: PageRequest,
    of: { intent: Intent; placed: PlacedCall; queuedMs: number; term: number; signal: AbortSignal },
  ): Promise<SegmentEnd | undefined> {
    let last: Page | RestFailure | undefined;
    let storing: Promise<SegmentEnd | undefined> = Promise.resolve(undefined);
    try {
      for await (const page of of.placed.executor.pages(request, of.signal)) {
        last = page;
        const read = this.#read(page, of.placed.choice);
        const end = await storing;
        if (end || !this.#wantsMore()) break;
        if ("items" in read && this.#isNothingNew(read)) continue;
        storing = "items" in read ? this.#keep(read, of.term) : Promise.resolve(read);
        // Awaited below; until then its failure is nobody's surprise.
        storing.catch(() => undefined);
        if (!("items" in read) || read.next === null) break;
      }
    } catch (reason) {
      await storing.catch(() => undefined);
      throw reason;
    }
    let end = await storing;
    if (of.signal.aborted) throw abortReason(of.signal);
    if (!last) end = { end: { kind: "failure", delivery: "unknown", code: "unexpected_response" }, error: noPage() };
    this.#carriage.writer.defer(segmentOutcome(of, last, end));
    return end;
  }

  /** Nothing to keep: an empty page of a list that is followed for ever leads back to the cursor that is kept already. */
  #isNothingNew({ items, next, dropped }: PageContent): boolean {
    return items.length === 0 && dropped === 0 && next !== null && next === this.#last?.page?.next;
  }

  #read(page: Page | RestFailure, executor: ExecutorChoice): PageContent | SegmentEnd {
    if (page.kind === "failure") {
      this.#denials.note(executor, page.error.toBody());
      return { end: endOfFailure(executor, page), error: page.error };
    }
    const response = toActionResponse(page.status, page.headers, page.body);
    if (page.status < 200 || page.status >= 300) {
      const error = this.#stream.refused?.(response, this.#input) ?? this.#spoke.explain(response);
      const { "retry-after": retryAfter, date } = page.headers;
      const retryAfterSeconds = readRetryAfter(retryAfter, { date, nowMs: this.#carriage.deps.clock.nowMs() });
      return { end: { kind: "response", status: page.status, rateLimit: page.record.rateLimit, retryAfterSeconds }, error };
    }
    const content = this.#stream.page(response, this.#input);
    const items = content.items.map((item) => ({ id: this.#stream.identify(item), line: `${JSON.stringify(item)}\n` }));
    const { dropped = 0, truncated = false } = content;
    return { items, dropped, truncated, next: content.last === true ? null : page.next };
  }

  async #keep(content: PageContent, term: number): Promise<SegmentEnd | undefined> {
    const { deps, submission, epoch, signal } = this.#carriage;
    const before = new Set(this.#last?.page?.itemIds ?? []);
    const room = (this.#stream.limit(this.#input) ?? Number.POSITIVE_INFINITY) - this.#itemsKept();
    const items = content.items.filter(({ id }) => !before.has(id)).slice(0, room);
    const ordinal = (this.#last?.page?.ordinal ?? -1) + 1;
    const bytes = lines.encode(items.map(({ line }) => line).join(""));
    const kept = await keepBytes(deps.blobs, submission.runId, {
      part: "page",
      epoch,
      attempt: ordinal,
      bytes,
      inlineBytes: pageInlineBytes,
      signal,
    });
    const next = items.length === room ? null : content.next;
    const { truncated } = content;
    const page: KeptPage = {
      ...{ ordinal, next, itemCount: items.length, itemsBefore: this.#itemsKept(), items: kept, itemIds: items.map(({ id }) => id) },
      ...{ droppedSoFar: (this.#last?.page?.droppedSoFar ?? 0) + content.dropped, truncated },
    };
    // As before a changing call: that the segment's intent was stored in that term says nothing about now.
    if (deps.lease.term() !== term) return lapsed();
    const stored = await deps.items.append(submission.runId, { page, after: this.#last?.sequence ?? 0, epoch }, signal);
    if (stored.kind === "conflict") return this.#yieldPage(stored.epoch);
    this.#last = { page, sequence: stored.sequence };
    deps.signals.tell(submission.runId, "progress");
    return undefined;
  }

  /** Something stands where this page was to go: another page of ours, or the mark of whoever carries the run now. */
  async #yieldPage(foundEpoch: number): Promise<SegmentEnd> {
    const { submission, epoch } = this.#carriage;
    if (foundEpoch > epoch)
      throw new LongarmError("overtaken", `Another controller carries ${submission.runId} now, under epoch ${foundEpoch}.`);
    this.#last = await this.#lastKept();
    const error = new LongarmError("conflict", "The page had been kept already.");
    return { end: { kind: "failure", delivery: "unknown", code: "conflict" }, error };
  }

  async #afterSegment(
    ended: SegmentEnd,
    { fruitless, elapsedMs, ordinal }: { fruitless: number; elapsedMs: number; ordinal: number },
  ): Promise<void> {
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
    const sentence = `The stream stopped after ${this.#itemsKept()} items and goes on from there. ${why.sentence}`;
    await pause(this.#carriage, { reason: why.reason, sentence, forMs: after.afterMs, ordinal });
  }
}

interface Segment {
  readonly base: Pick<PageRequest, "effect" | "method" | "path" | "query" | "headers" | "repeats" | "pollMs">;
  readonly identity: CallIdentity;
}

interface PageContent {
  /** Each as one line of JSON. */
  readonly items: readonly { readonly id: string; readonly line: string }[];
  readonly dropped: number;
  readonly truncated: boolean;
  readonly next: string | null;
}

function lastAttempt(intents: readonly Intent[], ordinal: number): number {
  return intents.filter(({ call }) => call.ordinal === ordinal).reduce((most, intent) => Math.max(most, intent.attempt), 0);
}
