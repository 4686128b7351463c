import { type Clock, LongarmError } from "@longarm/shared";
import { type Checkpoint, type RunProgress, runBegun, runDone, runOf } from "../decide/checkpoint.ts";
import { filledOptions, modeOfRun, stepsOf, type SyncPlan } from "../decide/plan.ts";
import { sweepRefused } from "../decide/deletions.ts";
import { canGoOn, runAbandoned } from "../decide/resume.ts";
import { withSource } from "../decide/source.ts";
import { sources } from "../decide/streams.ts";
import type { TableName } from "../decide/table.ts";
import type { Pages } from "../ports/pages.ts";
import type { Sink, SinkWriter } from "../ports/sink.ts";
import { Commits } from "./commits.ts";
import { RowMaker } from "./row-maker.ts";
import { carryOut } from "./sync-run.ts";

/** What to run, under which name and epoch. */
export interface RunSyncOptions extends SyncPlan {
  /** The sync's name: the sink holds it. */
  readonly name: string;
  /** Raised with every owner of the sync; a lower one is shut out. */
  readonly epoch: number;
  /** Names this run among those of the sync. Carried out again when it is complete, it tells what it told; absent: it begins another one. */
  readonly runId?: string;
  /** The org's base URL: a sink that holds a copy of another one is refused. Absent: nobody looks. */
  readonly source?: string;
  /** It is the org that was copied so far, whatever its address was then. */
  readonly isSameOrg?: boolean;
  readonly signal: AbortSignal;
  /** Is told each checkpoint once it is stored: how the run goes. */
  readonly onCommit?: (checkpoint: Checkpoint) => void;
}

/** What a sync works with. */
export interface RunSyncDeps {
  readonly pages: Pages;
  readonly sink: Sink;
  readonly clock: Clock;
}

/** What a run did, over all its interruptions. A commit behind which a process was killed may be missing from the counts of marks. */
export interface SyncReport extends Pick<RunProgress, "mode" | "counts" | "skipped" | "newFields"> {
  /** `incomplete`: a step was left out, or deletions could not be told; `skipped` and `unswept` say which. */
  readonly outcome: "complete" | "incomplete";
  readonly generation: number;
  /** Tables of which no row was marked as deleted, since an item came without a key. */
  readonly unswept: RunProgress["blind"];
}

/**
 * Carries out one run of a sync, or what is left of the one that the sink's checkpoint says is under way, if that copies the same. Throws what
 * stopped it: nothing is lost then, and the next call goes on from the last commit.
 */
export async function runSync(options: RunSyncOptions, deps: RunSyncDeps): Promise<SyncReport> {
  const writer = await deps.sink.open({ sync: options.name, epoch: options.epoch });
  try {
    const report = await runWith(writer, options, deps);
    await writer.close();
    return report;
  } catch (reason) {
    // What a sink that has failed meets when it is closed says less than what it failed of.
    await writer.close().catch(() => undefined);
    throw reason;
  }
}

async function runWith(writer: SinkWriter, options: RunSyncOptions, { pages, clock }: RunSyncDeps): Promise<SyncReport> {
  const { name, runId, source, isSameOrg = false, signal, onCommit = () => undefined, streams, mode, options: how } = options;
  const plan: SyncPlan = { streams, mode, ...(how && { options: how }) };
  const commits = new Commits(writer, { onCommit, mostDeleted: filledOptions(how).maxDeleted });
  const { run, last } = commits.checkpoint;
  // It was complete when its process died, and only its end was not written down.
  if (run === null && last && last.id === runId) return last.report as SyncReport;
  if (source !== undefined) {
    const placed = withSource(commits.checkpoint, { source, isSameOrg }, name);
    if (placed.source !== commits.checkpoint.source) await commits.commit([], () => placed);
  }
  if (!run || !canGoOn(run, plan)) await begin(commits, { plan, nowMs: clock.nowMs() });
  await carryOut({ plan, pages, commits, rows: new RowMaker(), nowMs: () => clock.nowMs(), signal }).catch(async (reason: unknown) => {
    const { code, details } = LongarmError.from(reason);
    if (code === "too_many_deletions") await commits.recover((at) => sweepRefused(at, details["table"] as TableName));
    throw reason;
  });
  const report = reportOf(commits.checkpoint);
  const [first] = report.skipped;
  if (first && runOf(commits.checkpoint).finished.length === report.skipped.length) {
    await commits.commit([], (at) => runDone(at, null));
    // Nothing at all was copied: that is no success of whatever kind.
    throw LongarmError.fromBody(first.error);
  }
  await commits.commit([], (at) => runDone(at, runId === undefined ? null : { id: runId, report }));
  return report;
}

async function begin(commits: Commits, { plan, nowMs }: { readonly plan: SyncPlan; readonly nowMs: number }): Promise<void> {
  const { checkpoint } = commits;
  const before = checkpoint.run === null ? checkpoint : runAbandoned(checkpoint);
  const mode = modeOfRun(plan, before, nowMs);
  const readsLog = plan.streams.includes("logs");
  const narrowsGroups = stepsOf(plan, mode, before).some(({ name, isNarrowed }) => name === "groups" && isNarrowed);
  const { streams } = plan;
  const { overlapMs } = filledOptions(plan.options);
  const live = await commits.countLive(streams.map((stream) => sources[stream].table));
  await commits.commit([], () => runBegun(before, { mode, startedMs: nowMs, streams, overlapMs, live, readsLog, narrowsGroups }));
}

function reportOf(checkpoint: Checkpoint): SyncReport {
  const { mode, counts, skipped, newFields, blind } = runOf(checkpoint);
  const outcome = skipped.length > 0 || blind.length > 0 ? "incomplete" : "complete";
  return { outcome, mode, generation: checkpoint.generation, counts, skipped, newFields, unswept: blind };
}
