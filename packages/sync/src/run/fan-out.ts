import { childDone, childPaged, runOf } from "../decide/checkpoint.ts";
import { filledOptions, needsListing, type Parent, type Step } from "../decide/plan.ts";
import { childKey, type ChildSource, sources } from "../decide/streams.ts";
import type { Page } from "../ports/pages.ts";
import type { Change } from "../ports/sink.ts";
import { inParallel } from "./in-parallel.ts";
import { goneIn, isBlind, markOf, pageIn, progressOf, startOf, type SyncRunParts } from "./parts.ts";
import { childRequestOf } from "./requests.ts";
import type { Made } from "./row-maker.ts";

/** Lists what stands under the items of a page: several objects at a time, one thing of an object after the other. */
export async function fanOut(parts: SyncRunParts, step: Step, page: Page): Promise<void> {
  if (step.children.length + step.around.length === 0) return;
  const { plan, signal } = parts;
  const { parallel: atOnce } = filledOptions(plan.options);
  await inParallel(parentsIn(page), { atOnce, signal }, (parent, own) => listUnder({ ...parts, signal: own }, step, parent));
}

function momentOf(value: unknown): number | null {
  const ms = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
}

function parentsIn({ items }: Page): readonly Parent[] {
  return items.flatMap((item) => {
    const { id, created, statusChanged, lastUpdated } = (item ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof id !== "string") return [];
    const [madeMs, movedMs] = [momentOf(created), momentOf(statusChanged)];
    return [{ id, changedMs: momentOf(lastUpdated), movedMs: madeMs === null ? null : Math.max(madeMs, movedMs ?? 0), groups: null }];
  });
}

async function listUnder(parts: SyncRunParts, step: Step, parent: Parent): Promise<void> {
  let { groups } = parent;
  for (const child of [...step.children, ...step.around]) {
    const { checkpoint } = parts.commits;
    if (progressOf(parts.commits).done.includes(childKey(child.stream, parent.id))) continue;
    if (!needsListing(step, child, { parent: { ...parent, groups }, run: runOf(checkpoint) })) continue;
    const ids = await listChild(parts, child, parent.id);
    if (child.stream === "appGroups") groups = ids;
  }
}

/** Copies one listing, and marks what stood there before. Tells the ids that it held; null when it was begun before this process. */
async function listChild(parts: SyncRunParts, child: ChildSource, object: string): Promise<ReadonlySet<string> | null> {
  const { commits, pages, rows, signal } = parts;
  const key = childKey(child.stream, object);
  let cursor = progressOf(commits).open[key] ?? null;
  let ids = cursor === null ? new Set<string>() : null;
  let last: Made | undefined;
  for (let isWanted = true; isWanted;) {
    isWanted = false;
    for await (const outcome of pages.read(childRequestOf(child, object), { cursor, signal })) {
      if (outcome.kind === "cursor_refused" && cursor !== null) {
        [cursor, ids, isWanted] = [null, new Set(), true];
        break;
      }
      // Gone since it was listed, and everything under it with it.
      if (outcome.kind === "absent") break;
      const page = pageIn(outcome, child.action);
      const made = rows.makeUnder(child, page.items, { object, gone: goneIn(commits) });
      for (const { id } of parentsIn(page)) ids?.add(id);
      const next = page.cursor;
      if (next === null) last = made;
      else await commits.commit(made.changes, (at) => childPaged(made.note(at), key, next));
      cursor = next;
    }
  }
  await finish(parts, child, { object, last });
  return ids;
}

async function finish(
  { commits }: SyncRunParts,
  child: ChildSource,
  { object, last }: { readonly object: string; readonly last: Made | undefined },
): Promise<void> {
  const { table } = sources[child.stream];
  const { changes, note }: Made = last ?? { changes: [], note: (at) => at };
  const isUnsure = isBlind(commits, table) || changes.some(({ kind }) => kind === "faults");
  const sweep: readonly Change[] = isUnsure
    ? []
    : [markOf(table, { column: child.column, value: object, at: startOf(commits), by: "sweep" })];
  await commits.commit([...changes, ...sweep], (at) => childDone(note(at), childKey(child.stream, object)));
}
