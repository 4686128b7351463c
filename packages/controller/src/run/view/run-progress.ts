import type { RunId, Submission } from "@longarm/shared";
import { paceOf } from "../../decide/progress.ts";
import type { ItemStore } from "../../ports/item-store.ts";
import type { RunProgress } from "../../ports/run-service.ts";
import { syncOf, type Syncs } from "../../ports/sync-store.ts";
import type { SyncOrder } from "../sync/carry-sync.ts";
import { stateOf, type SeenRun } from "./run-view.ts";

type Counted = Pick<RunProgress, "pages" | "items">;

const none: Counted = { pages: 0, items: 0 };

/** How many pages and items a stream run has kept. */
export async function keptBy(run: RunId, items: ItemStore): Promise<Counted> {
  const last = (await items.last(run))?.page;
  return last ? { pages: last.ordinal + 1, items: last.itemsBefore + last.itemCount } : none;
}

/** How far a run has come, counted in pages and items; null for an action, which has none. */
export async function progressOf(
  kind: "action" | "stream" | "sync" | "flow" | undefined,
  run: SeenRun,
  of: { readonly items: ItemStore; readonly syncs: Pick<Syncs, "marks">; readonly nowMs: number },
): Promise<RunProgress | null> {
  if (kind !== "stream" && kind !== "sync") return null;
  const { submission, records } = run;
  const { startedAtMs, endedAtMs } = stateOf(run);
  const count = kind === "stream" ? await ofStream(submission, of.items) : await ofSync(submission, of.syncs);
  // A later run of the sync has taken the place of what was known, so that nobody can say any more.
  if (count === null && endedAtMs !== null) return null;
  const { counted, expectedItems } = count ?? { counted: none, expectedItems: null };
  return paceOf(counted, { startedAtMs, endedAtMs, nowMs: of.nowMs, records, expectedItems });
}

interface Count {
  readonly counted: Counted;
  readonly expectedItems: number | null;
}

async function ofStream({ runId, input }: Submission, items: ItemStore): Promise<Count> {
  const { maxItems } = input as { readonly maxItems?: unknown };
  return { counted: await keptBy(runId, items), expectedItems: typeof maxItems === "number" ? maxItems : null };
}

async function ofSync({ runId, action, input }: Submission, { marks }: Pick<Syncs, "marks">): Promise<Count | null> {
  const mark = (await marks.get(syncOf(action) ?? ""))?.value;
  if (mark?.runId !== runId) return null;
  const { mode } = input as Partial<SyncOrder>;
  // How much has changed since the last run tells nobody.
  return { counted: { pages: mark.pages, items: mark.items }, expectedItems: mode === "full" ? (mark.sweptItems ?? null) : null };
}
