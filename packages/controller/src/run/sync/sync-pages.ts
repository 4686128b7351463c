import { LongarmError } from "@longarm/shared";
import type { ActionResponse, StreamPage, SyncPage, SyncPageOutcome, SyncPageRequest, SyncPages } from "@longarm/spoke";
import type { Carriage } from "../carriage.ts";
import { type PageKeeper, StreamFollower } from "../stream/follow-stream.ts";
import { HandedPages } from "../stream/handed-pages.ts";
import { OnePage } from "../stream/one-page.ts";
import { noPage } from "../stream/segment-end.ts";
import { SharedSlot } from "../place/shared-slot.ts";

const toldEnough = new LongarmError("cancelled", "Nobody wants more of the list.");
const isGone: ReadonlySet<string> = new Set(["group_not_found", "app_not_found", "user_not_found"]);

/** Where to begin, and what ends the reading. */
interface From {
  readonly cursor: string | null;
  readonly signal: AbortSignal;
}

/**
 * The streams of a run's connection as a sync reads them, several at once: placed, tried again and waited for like any other. Nothing of
 * them is kept here, and of lists that are one of very many nothing stands in the run's log.
 */
export class CarriedPages implements SyncPages {
  readonly #carriage: Carriage;
  readonly #slots: SharedSlot;
  readonly #onPage: (items: number) => void;

  constructor(carriage: Carriage, onPage: (items: number) => void) {
    this.#slots = new SharedSlot(carriage.deps.slots, carriage.submission.lane);
    this.#carriage = { ...carriage, deps: { ...carriage.deps, slots: this.#slots } };
    this.#onPage = onPage;
  }

  read(request: SyncPageRequest, from: From): AsyncGenerator<SyncPageOutcome> {
    return request.isApart === true ? this.#readApart(request, from) : this.#readOn(request, from);
  }

  /** Page after page by one reading, which is a page ahead. */
  async *#readOn(request: SyncPageRequest, { cursor, signal }: From): AsyncGenerator<SyncPageOutcome> {
    const enough = new AbortController();
    const keeper = new HandedPages(cursor, () => this.#carriage.deps.lease.term());
    const following = this.#follow(request, keeper, AbortSignal.any([this.#carriage.signal, signal, enough.signal])).then(
      () => keeper.end(),
      (reason: unknown) => keeper.end(LongarmError.from(reason)),
    );
    try {
      for (let page = await keeper.next(); page; page = await keeper.next()) {
        this.#onPage(page.items.length);
        yield toPage(page);
        keeper.done();
      }
    } catch (reason) {
      const outcome = outcomeOf(LongarmError.from(reason), keeper.resumeAt);
      if (!outcome) throw reason;
      yield outcome;
    } finally {
      keeper.stop();
      enough.abort(toldEnough);
      await following;
    }
  }

  /** Each page by a reading of its own: a place that is held while others are waited for would be missed by those very others. */
  async *#readApart(request: SyncPageRequest, from: From): AsyncGenerator<SyncPageOutcome> {
    for (let { cursor } = from, isLast = false; !isLast;) {
      const outcome = await this.#readOne(request, { ...from, cursor });
      yield outcome;
      if (outcome.kind === "page") ({ cursor } = outcome);
      isLast = cursor === null || outcome.kind !== "page";
    }
  }

  async #readOne(request: SyncPageRequest, { cursor, signal }: From): Promise<SyncPageOutcome> {
    const enough = new AbortController();
    const term = (): number | undefined => this.#carriage.deps.lease.term();
    const keeper = new OnePage(cursor, { term, onKept: () => enough.abort(toldEnough) });
    try {
      await this.#follow(request, keeper, AbortSignal.any([this.#carriage.signal, signal, enough.signal]));
    } catch (reason) {
      const outcome = keeper.page ? undefined : outcomeOf(LongarmError.from(reason), cursor);
      if (outcome) return outcome;
      if (!keeper.page) throw reason;
    }
    if (!keeper.page) throw noPage();
    this.#onPage(keeper.itemCount);
    return toPage(keeper.page);
  }

  async #follow(request: SyncPageRequest, keeper: PageKeeper, signal: AbortSignal): Promise<void> {
    const { catalogue } = this.#carriage.deps;
    const stream = catalogue.get(request.action);
    if (stream?.kind !== "stream") throw new LongarmError("internal", `A sync asks for "${request.action}", which is no stream.`);
    const input = catalogue.checkInput(stream, request.input);
    const spoke = catalogue.spokeOf(stream.name);
    const carriage: Carriage = { ...this.#carriage, signal };
    const followed = { stream, spoke, input, ordinal: 0, attempt: 1, keeper, read: listOf, isRecorded: false };
    await this.#slots.sharedBy(() => new StreamFollower(carriage, followed).follow());
  }
}

/** The items as they came: what is stored of them is the sync's to decide. */
function listOf({ body }: ActionResponse): StreamPage<unknown> {
  if (Array.isArray(body)) return { items: body };
  throw new LongarmError("unexpected_response", "The answer to a listing is no list.");
}

function toPage({ items, next, atMs }: { items: readonly unknown[]; next: string | null; atMs: number | null }): SyncPage {
  return { kind: "page", items, cursor: next, ...(atMs !== null && { atMs }) };
}

function outcomeOf({ code, details }: LongarmError, cursor: string | null): SyncPageOutcome | undefined {
  if (isGone.has(code)) return { kind: "absent" };
  return cursor !== null && details?.["cause"] === "cursor_refused" ? { kind: "cursor_refused" } : undefined;
}
