import type { RunId, Submission } from "@longarm/shared";
import type { ItemStore } from "../ports/item-store.ts";
import type { RunView } from "../ports/run-service.ts";
import { syncOf, type Syncs } from "../ports/sync-store.ts";

type Progress = NonNullable<RunView["progress"]>;

const none: Progress = { pages: 0, items: 0 };

/** How many pages and items a stream run has kept. */
export async function keptBy(run: RunId, items: ItemStore): Promise<Progress> {
  const last = (await items.last(run))?.page;
  return last ? { pages: last.ordinal + 1, items: last.itemsBefore + last.itemCount } : none;
}

/** How far a run has come, counted in pages and items; null for an action, which has none. */
export async function progressOf(
  kind: "action" | "stream" | "sync" | undefined,
  { runId, action }: Pick<Submission, "runId" | "action">,
  { items, syncs }: { readonly items: ItemStore; readonly syncs: Pick<Syncs, "marks"> },
): Promise<Progress | null> {
  if (kind === "stream") return keptBy(runId, items);
  if (kind !== "sync") return null;
  const mark = (await syncs.marks.get(syncOf(action) ?? ""))?.value;
  return mark?.runId === runId ? { pages: mark.pages, items: mark.items } : none;
}
