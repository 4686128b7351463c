import { LongarmError, type KeptPage } from "@longarm/shared";
import type { AnyStream } from "@longarm/spoke";
import type { ItemsEnd } from "../../ports/item-store.ts";
import { keepBytes, pageInlineBytes } from "../bytes.ts";
import type { Carriage } from "../carriage.ts";
import type { PageContent, PageKeeper } from "./follow-stream.ts";
import { lapsed, type SegmentEnd } from "./segment-end.ts";

const lines = new TextEncoder();

/**
 * Keeps a run's pages for its caller. A page and its cursor are one message, so that a resume misses no item and repeats none; what
 * stands on the page before is left out. Whose run it is shows at the lease before each page, and at the fence behind which a successor
 * begins.
 */
export class KeptPages implements PageKeeper {
  readonly #carriage: Carriage;
  readonly #stream: AnyStream;
  readonly #limit: number | undefined;
  #last: ItemsEnd | undefined;

  private constructor(carriage: Carriage, of: { readonly stream: AnyStream; readonly input: unknown }, last: ItemsEnd | undefined) {
    this.#carriage = carriage;
    this.#stream = of.stream;
    this.#limit = of.stream.limit(of.input);
    this.#last = last;
  }

  /** Begins behind what the run has kept already. */
  static async open(carriage: Carriage, of: { readonly stream: AnyStream; readonly input: unknown }): Promise<KeptPages> {
    return new KeptPages(carriage, of, await lastKept(carriage));
  }

  get resumeAt(): string | null {
    return this.#last?.page?.next ?? null;
  }

  get itemCount(): number {
    const { itemsBefore = 0, itemCount = 0 } = this.#last?.page ?? {};
    return itemsBefore + itemCount;
  }

  get pageCount(): number {
    return (this.#last?.page?.ordinal ?? -1) + 1;
  }

  /** How many items were left out, and whether the target gives no way to more. */
  get remarks(): { readonly dropped: number; readonly truncated: boolean } {
    const { droppedSoFar = 0, truncated = false } = this.#last?.page ?? {};
    return { dropped: droppedSoFar, truncated };
  }

  wantsMore(): boolean {
    if (this.#last?.page?.next === null) return false;
    return this.#limit === undefined || this.itemCount < this.#limit;
  }

  /** An empty page of a list that is followed for ever leads back to the cursor that is kept already. */
  isNews({ items, next, dropped }: PageContent): boolean {
    return items.length > 0 || dropped > 0 || next === null || next !== this.resumeAt;
  }

  async keep(content: PageContent, term: number): Promise<SegmentEnd | undefined> {
    const { deps, submission, epoch, signal } = this.#carriage;
    const before = new Set(this.#last?.page?.itemIds ?? []);
    const room = (this.#limit ?? Number.POSITIVE_INFINITY) - this.itemCount;
    const found = content.items.map((item) => ({ id: this.#stream.identify(item), item }));
    const items = found.filter(({ id }) => !before.has(id)).slice(0, room);
    const ordinal = this.pageCount;
    const bytes = lines.encode(items.map(({ item }) => `${JSON.stringify(item)}\n`).join(""));
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
      ...{ ordinal, next, itemCount: items.length, itemsBefore: this.itemCount, items: kept, itemIds: items.map(({ id }) => id) },
      ...{ droppedSoFar: this.remarks.dropped + content.dropped, truncated },
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
    this.#last = await lastKept(this.#carriage);
    const error = new LongarmError("conflict", "The page had been kept already.");
    return { end: { kind: "failure", delivery: "unknown", code: "conflict" }, error };
  }
}

function lastKept({ deps, submission, signal }: Carriage): Promise<ItemsEnd | undefined> {
  return deps.items.last(submission.runId, signal);
}
