import { LongarmError } from "@longarm/shared";
import {
  groupsChanged,
  logPageRead,
  pageAgain,
  pageBegun,
  runOf,
  stepBegun,
  stepDone,
  stepRestarted,
  stepSkipped,
} from "../decide/checkpoint.ts";
import { dependents, signalsOf } from "../decide/log-signals.ts";
import { type Step, stepsOf, streamsOf } from "../decide/plan.ts";
import { sources } from "../decide/streams.ts";
import type { Page } from "../ports/pages.ts";
import type { Change } from "../ports/sink.ts";
import { fanOut } from "./fan-out.ts";
import { goneIn, isBlind, markOf, pageIn, progressOf, startOf, type SyncRunParts } from "./parts.ts";
import { requestOf } from "./requests.ts";

/**
 * Carries out the steps of the run that the checkpoint says is under way, from where it got. Throws what a page or a commit met; the checkpoint
 * then tells where to go on. A step that the credential may not read is left out.
 */
export async function carryOut(parts: SyncRunParts): Promise<void> {
  const { commits, plan } = parts;
  for (const step of stepsOf(plan, runOf(commits.checkpoint).mode, commits.checkpoint)) {
    if (runOf(commits.checkpoint).finished.includes(step.name)) continue;
    try {
      await carryStep(parts, step);
    } catch (reason) {
      const fault = LongarmError.from(reason);
      if (fault.code !== "permission_missing") throw reason;
      await commits.commit([], (at) => stepSkipped(at, { step: step.name, error: fault.toBody() }));
    }
  }
}

async function carryStep(parts: SyncRunParts, step: Step): Promise<void> {
  const { commits } = parts;
  if (runOf(commits.checkpoint).step?.name !== step.name) await commits.commit([], (at) => stepBegun(at, step.name));
  while ((await list(parts, step)) === "cursor_refused") await commits.commit([], stepRestarted);
  await commits.commit(sweepOf(parts, step), (at) => stepDone(at, streamsOf(step)));
}

async function list(parts: SyncRunParts, step: Step): Promise<"complete" | "cursor_refused"> {
  const { pages, plan, commits, signal } = parts;
  let { cursor } = progressOf(commits);
  for await (const outcome of pages.read(requestOf(step, plan, commits.checkpoint), { cursor, signal })) {
    if (outcome.kind === "cursor_refused" && cursor !== null) return outcome.kind;
    const page = pageIn(outcome, step.action);
    if (step.name === "logs") {
      if (await storeLogPage(parts, step, page)) break;
    } else {
      await storePage(parts, step, { page, cursor });
      await fanOut(parts, step, page);
    }
    ({ cursor } = page);
  }
  signal.throwIfAborted();
  return "complete";
}

/** Stores a page of the log and what it says of other tables, and tells whether the log is read up to where the step began. */
async function storeLogPage({ commits, nowMs, plan, rows }: SyncRunParts, step: Step, page: Page): Promise<boolean> {
  const { changes, note } = rows.make(step.stores ?? "logs", page.items, new Set());
  const { deletions, changedApps } = signalsOf(page.items);
  const filled = new Set(plan.streams.map((stream) => sources[stream].table));
  const marks = deletions.flatMap(({ table, id, at }) =>
    [{ table, column: "id" }, ...(dependents[table] ?? [])].map((one) =>
      markOf(one.table, { column: one.column, value: id, at, by: "log" }),
    ),
  );
  const read = { cursor: page.cursor, atMs: page.atMs ?? nowMs(), changedApps, gone: deletions.map(({ id }) => id) };
  await commits.commit([...changes, ...marks.filter(({ table }) => filled.has(table))], (at) => logPageRead(note(at), read));
  const last = Date.parse(String((page.items.at(-1) as { published?: unknown } | null | undefined)?.published));
  return page.items.length === 0 || last >= (progressOf(commits).watermarkMs ?? 0);
}

async function storePage(
  { commits, nowMs, rows }: SyncRunParts,
  step: Step,
  { page, cursor }: { readonly page: Page; readonly cursor: string | null },
): Promise<void> {
  const { changes, note } =
    step.stores === null ? { changes: [], note: <T>(at: T): T => at } : rows.make(step.stores, page.items, goneIn(commits));
  const progress = progressOf(commits);
  // A page that is read again after an interruption keeps what was complete of it.
  const isResumed = progress.watermarkMs !== null && progress.cursor === cursor;
  const rowCount = changes.reduce((sum, change) => sum + (change.kind === "upsert" ? change.rows.length : 0), 0);
  const begun = { cursor, atMs: page.atMs ?? nowMs(), rows: rowCount };
  const ids = page.items.map((item) => (item as { id?: unknown } | null)?.id).filter((id) => typeof id === "string");
  await commits.commit(changes, (at) => {
    const noted = step.name === "groups" ? groupsChanged(note(at), ids) : note(at);
    return isResumed ? pageAgain(noted, rowCount) : pageBegun(noted, begun);
  });
}

/** What marks the rows that a step which lists everything did not show. */
function sweepOf({ commits }: SyncRunParts, step: Step): readonly Change[] {
  if (!step.sweeps) return [];
  const children = step.sinceMs === null ? step.children.map(({ stream }) => stream) : [];
  const swept = [...(step.stores === null ? [] : [step.stores]), ...children].map((stream) => sources[stream].table);
  const at = startOf(commits);
  return swept.filter((table) => !isBlind(commits, table)).map((table) => ({ kind: "mark", table, scope: null, at, by: "sweep" }));
}
