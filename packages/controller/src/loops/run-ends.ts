import { LongarmError, type Clock, type LogEntry, type RunId, type RunStatus } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { Catalogue } from "@longarm/spoke";
import { isNamedBy } from "../decide/trigger/judge-event.ts";
import type { EventStore } from "../ports/event-store.ts";
import type { RunRows } from "../ports/live.ts";
import type { LogEvent, RunLog } from "../ports/run-log.ts";
import type { RunService } from "../ports/run-service.ts";
import type { Triggers } from "../ports/trigger-store.ts";
import { CompiledTriggers, type ReadyTrigger } from "../run/start/compiled-triggers.ts";
import { eventOfRun, typeOfEnd } from "../run/start/event-of-run.ts";

interface Deps {
  readonly log: Pick<RunLog, "follow" | "read">;
  /** What is projected of runs here; a run that is not there yet is looked for in its log. */
  readonly history: RunRows;
  readonly runs: Pick<RunService, "get">;
  readonly triggers: Triggers;
  readonly events: Pick<EventStore, "store">;
  readonly catalogue: Pick<Catalogue, "runnable">;
  readonly clock: Clock;
  readonly logger: Logger;
}

type Ended = { readonly runId: RunId; readonly status: RunStatus; readonly sequence: number; readonly timeMs: number };

const lookMs = 1_000;
const pauseAfterFaultMs = 500;
const markEveryMs = 5_000;
const markName = "run-log";

/**
 * Stores the end of each run that a trigger names as an event. Every controller follows the log and does so: the run's id makes it one event. How
 * far somebody has come is kept, so that nothing is left out when all have died. Resolves when the signal is aborted.
 */
export async function tellRunEnds(deps: Deps, signal: AbortSignal): Promise<void> {
  const { clock, logger } = deps;
  const ends = new RunEnds(deps);
  while (!signal.aborted) {
    let pauseMs = lookMs;
    try {
      await ends.follow(signal);
    } catch (reason) {
      pauseMs = pauseAfterFaultMs;
      logger.warn({ reason: LongarmError.from(reason).message }, "Ends of runs could not be told to triggers; trying again.");
    }
    await clock.sleep(pauseMs, signal).catch(() => undefined);
  }
}

class RunEnds {
  readonly #deps: Deps;
  readonly #compiled: CompiledTriggers;
  #markedAtMs = Number.NEGATIVE_INFINITY;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#compiled = new CompiledTriggers(deps.triggers.definitions, deps.logger);
  }

  /** Goes on where somebody has come to, for as long as there are triggers that name ends of runs. */
  async follow(signal: AbortSignal): Promise<void> {
    const waiting = (await this.#compiled.now()).filter(namesEnds);
    if (waiting.length === 0) return;
    const mark = await this.#deps.triggers.runEnds.get(markName);
    const since = Math.min(...waiting.map(({ defined }) => defined.sinceSequence));
    for await (const batch of this.#deps.log.follow(Math.max(since, mark?.value.sequence ?? 0), signal)) {
      const told = await this.#tellAll(batch.flatMap(endsOf));
      const last = batch.at(-1);
      if (last) await this.#mark(last.sequence, told > 0);
    }
  }

  async #tellAll(ends: readonly Ended[]): Promise<number> {
    if (ends.length === 0) return 0;
    const waiting = (await this.#compiled.now()).filter(namesEnds);
    if (waiting.length === 0) return 0;
    let told = 0;
    for (const end of ends) if (await this.#tell(end, waiting)) told += 1;
    return told;
  }

  async #tell(end: Ended, waiting: readonly ReadyTrigger[]): Promise<boolean> {
    const { log, history, runs, events, clock } = this.#deps;
    const { runId, sequence, timeMs } = end;
    const [row] = history.find([runId]);
    if (row && !this.#isAwaited({ ...end, action: row.action, connection: row.connection }, waiting)) return false;
    const submission = (await log.read(runId))?.submission;
    if (!submission || !this.#isAwaited({ ...end, ...submission }, waiting)) return false;
    const run = await runs.get(runId).catch((reason: unknown) => {
      // It was removed since.
      if (LongarmError.from(reason).code !== "unknown_run") throw reason;
    });
    if (!run) return false;
    const event = eventOfRun({ ...run, status: end.status }, submission, { endedAtMs: timeMs, nowMs: clock.nowMs() });
    const { isNew } = await events.store(event);
    if (isNew) this.#deps.logger.debug({ runId, sequence, type: event.type }, "The end of a run is an event.");
    return true;
  }

  /** A pattern means flows alone: what their steps come to is told by whoever names it. */
  #isAwaited(
    of: { readonly action: string; readonly connection: string | null; readonly status: RunStatus; readonly sequence: number },
    waiting: readonly ReadyTrigger[],
  ): boolean {
    const { action, status, sequence } = of;
    const connection = of.connection === null ? {} : { connection: of.connection };
    const event = { source: "flow", type: typeOfEnd(action, status), ...connection } as const;
    const isFlow = this.#deps.catalogue.runnable(action)?.kind === "flow";
    return waiting.some(
      ({ compiled, defined }) =>
        sequence > defined.sinceSequence && isNamedBy(compiled, event) && (isFlow || defined.on.type === event.type),
    );
  }

  /** What is told is marked at once: its event may be forgotten before its run is. */
  async #mark(sequence: number, isUrgent: boolean): Promise<void> {
    const { triggers, clock } = this.#deps;
    const nowMs = clock.monotonicMs();
    if (!isUrgent && nowMs - this.#markedAtMs < markEveryMs) return;
    this.#markedAtMs = nowMs;
    const before = await triggers.runEnds.get(markName);
    if (before && before.value.sequence >= sequence) return;
    await triggers.runEnds.put(markName, { sequence }, before?.sequence ?? 0).catch((reason: unknown) => {
      // Another controller has come about as far.
      if (LongarmError.from(reason).code !== "conflict") throw reason;
    });
  }
}

function namesEnds({ defined }: ReadyTrigger): boolean {
  return defined.on.source === "flow";
}

function endsOf(event: LogEvent): readonly Ended[] {
  if (event.kind !== "record") return [];
  const { runId, sequence, timeMs } = event;
  const completed = event.entries.find((entry): entry is Extract<LogEntry, { kind: "completed" }> => entry.kind === "completed");
  return completed ? [{ runId, sequence, timeMs, status: completed.status }] : [];
}
