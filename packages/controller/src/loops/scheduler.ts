import { isFinished, LongarmError, type Clock, type RunId, type ScheduleState, type Start } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { type Due, planDue } from "../decide/schedule/due.ts";
import { newState, noteEnd, noteRun, pause, type End } from "../decide/schedule/state.ts";
import { slotsOf, type Slots } from "../decide/schedule/timing.ts";
import type { AuditTrail } from "../ports/audit.ts";
import type { DefinitionStore, Revised } from "../ports/connection-store.ts";
import type { RunService } from "../ports/run-service.ts";
import type { HasLeft, Schedule, ScheduleStates, ScheduleTarget } from "../ports/schedule-store.ts";
import { isRefused, requestOf } from "../run/start/schedule-run.ts";

/** What the scheduler stands on. */
export interface SchedulerDeps {
  readonly schedules: { readonly definitions: DefinitionStore<Schedule>; readonly states: ScheduleStates };
  readonly runs: Pick<RunService, "submit" | "get" | "cancel">;
  /** Was it told a short while ago that the run has finished? Otherwise the run itself is looked at now and then. */
  readonly hasFinished: (run: RunId) => boolean;
  /** Is there a place that could carry the target's calls now? */
  readonly canRun: (target: ScheduleTarget) => Promise<boolean>;
  /** Was whoever answers for a run shut out meanwhile? */
  readonly hasLeft: HasLeft;
  /** What is done by itself, and is no run, is written down here. */
  readonly trail: Pick<AuditTrail, "record">;
  readonly clock: Clock;
  readonly logger: Logger;
}

// A clock that was set is noticed, and a schedule of another controller seen, within this time.
const lookMs = 1_000;
// Ends of runs are told in memory: looking for one costs nothing.
const watchMs = 200;
const lookAtRunMs = 10_000;

/** What is known of a schedule between two looks at it. */
interface Tended {
  readonly definition: number;
  readonly state: number;
  /** By the wall clock; before that there is nothing to decide by time alone. */
  readonly wakeMs: number;
  readonly slots: Slots;
  readonly watched: readonly RunId[];
  readonly isUnsettled: boolean;
}

/**
 * Starts what is due. Every controller does, none is special: what becomes of a slot is decided by whoever's write of the schedule's state is
 * the first to follow the one before, and a run's id follows from schedule and slot. Resolves when the signal is aborted and nothing is under
 * way any more.
 */
export async function runSchedules(deps: SchedulerDeps, signal: AbortSignal): Promise<void> {
  const { clock, logger } = deps;
  const scheduler = new Scheduler(deps);
  while (!signal.aborted) {
    let sleepMs = lookMs;
    try {
      sleepMs = await scheduler.look();
    } catch (reason) {
      logger.warn({ reason: LongarmError.from(reason).message }, "Schedules could not be read; trying again.");
    }
    await clock.sleep(sleepMs, signal).catch(() => undefined);
  }
  await scheduler.settled();
}

class Scheduler {
  readonly #deps: SchedulerDeps;
  readonly #tended = new Map<string, Tended>();
  readonly #busy = new Map<string, Promise<void>>();
  readonly #lookedAtMs = new Map<RunId, number>();

  constructor(deps: SchedulerDeps) {
    this.#deps = deps;
  }

  /** Begins what is to be done; how long until the next look. One schedule that takes its time holds no other up. */
  async look(): Promise<number> {
    const { schedules, clock } = this.#deps;
    const definitions = await schedules.definitions.list();
    const names = new Set(definitions.map(({ value }) => value.name));
    for (const name of this.#tended.keys()) if (!names.has(name)) this.#tended.delete(name);
    if (names.size === 0) return lookMs;
    const states = new Map((await schedules.states.list()).map((state) => [state.value.schedule, state]));
    const nowMs = clock.nowMs();
    for (const definition of definitions) this.#tendIfRipe(definition, states.get(definition.value.name), nowMs);
    const tended = [...this.#tended.values()];
    const watch = tended.some(({ watched, isUnsettled }) => watched.length > 0 || isUnsettled) || this.#busy.size > 0 ? watchMs : lookMs;
    const soonestMs = Math.min(...tended.map(({ wakeMs }) => wakeMs)) - clock.nowMs();
    return Math.max(1, Math.min(watch, soonestMs > 0 ? soonestMs : watch));
  }

  async settled(): Promise<void> {
    await Promise.all(this.#busy.values());
  }

  #tendIfRipe(definition: Revised<Schedule>, state: Revised<ScheduleState> | undefined, nowMs: number): void {
    const { name } = definition.value;
    if (this.#busy.has(name)) return;
    const known = this.#tended.get(name);
    const isKnown = known?.definition === definition.sequence && known.state === (state?.sequence ?? 0);
    if (isKnown && nowMs < known.wakeMs && !known.isUnsettled && !known.watched.some((run) => this.#isWorthALook(run))) return;
    const work = this.#tend(definition, state, known?.definition === definition.sequence ? known.slots : undefined)
      .catch((reason: unknown) => this.#putOff(name, reason))
      .finally(() => this.#busy.delete(name));
    this.#busy.set(name, work);
  }

  #putOff(name: string, reason: unknown): void {
    const error = LongarmError.from(reason);
    this.#tended.delete(name);
    // Another controller was quicker: what it wrote is looked at next.
    if (error.code === "conflict") return;
    this.#deps.logger.warn({ schedule: name, reason: error.message }, "A schedule could not be tended; trying again.");
  }

  #isWorthALook(run: RunId): boolean {
    const { hasFinished, clock } = this.#deps;
    return hasFinished(run) || clock.monotonicMs() - (this.#lookedAtMs.get(run) ?? Number.NEGATIVE_INFINITY) >= lookAtRunMs;
  }

  async #tend(definition: Revised<Schedule>, stored: Revised<ScheduleState> | undefined, known: Slots | undefined): Promise<void> {
    const schedule = definition.value;
    const { schedules, clock, runs } = this.#deps;
    const slots = known ?? slotsOf(schedule.name, schedule.timing);
    const before = stored?.value ?? newState(schedule.name, schedule.sinceMs);
    const canRun = await this.#deps.canRun(schedule.target);
    const seen = await this.#noteEnds(schedule, before);
    const { policy, sinceMs, principal } = schedule;
    const planned = planDue({ slots, policy, sinceMs, principal }, seen, { nowMs: clock.nowMs(), canRun });
    const due = await this.#unlessLeft(schedule, seen, planned);
    let [state, sequence] = [due.state, stored?.sequence ?? 0];
    if (state !== before) ({ sequence } = await schedules.states.put(schedule.name, state, sequence));
    await this.#tellPause(before, state);
    await Promise.all(due.cancel.map((run) => runs.cancel(run, principal).catch(() => undefined)));
    const open = state.starts.filter(({ runId }) => runId === undefined);
    if (open.length > 0) ({ value: state, sequence } = await this.#submitAll(schedule, { value: state, sequence }, open));
    this.#tended.set(schedule.name, {
      ...{ definition: definition.sequence, state: sequence, slots },
      wakeMs: due.wakeMs ?? Number.POSITIVE_INFINITY,
      watched: state.starts.flatMap(({ runId }) => runId ?? []),
      // A submission is still open, or the next look has more to decide: an end makes room, an agent may come.
      isUnsettled: state.starts.some(({ runId }) => runId === undefined) || mayStart(state) || (!canRun && state.heldMs > state.settledMs),
    });
  }

  /** The state without the runs that have ended. */
  async #noteEnds(schedule: Schedule, state: ScheduleState): Promise<ScheduleState> {
    const worth = state.starts.filter(({ runId }) => runId !== undefined && this.#isWorthALook(runId));
    const ends = await Promise.all(worth.map((start) => this.#endOf(start)));
    return ends.reduce<ScheduleState>((noted, end) => (end ? noteEnd(noted, schedule.policy, end) : noted), state);
  }

  async #endOf({ key, runId, isCancelling, principal }: Start): Promise<End | undefined> {
    const { runs, clock } = this.#deps;
    if (runId === undefined) return undefined;
    const run = await runs.get(runId).catch((reason: unknown) => {
      // It has ended, and was removed since.
      if (LongarmError.from(reason).code === "unknown_run") return { status: "cancelled", cancelRequestedAt: null } as const;
      throw reason;
    });
    this.#lookedAtMs.set(runId, clock.monotonicMs());
    if (isFinished(run.status)) {
      this.#lookedAtMs.delete(runId);
      return { key, status: run.status, nowMs: clock.nowMs() };
    }
    // Whoever was to cancel it may have died over that.
    if (isCancelling && run.cancelRequestedAt === null) await runs.cancel(runId, principal);
    return undefined;
  }

  async #submitAll(
    schedule: Schedule,
    at: { readonly value: ScheduleState; readonly sequence: number },
    open: readonly Start[],
  ): Promise<{ readonly value: ScheduleState; readonly sequence: number }> {
    const told = await Promise.all(open.map((start) => this.#submit(schedule, start)));
    const note = (state: ScheduleState): ScheduleState => told.reduce((noted, tell) => tell?.(noted) ?? noted, state);
    const noted = note(at.value);
    if (noted === at.value) return at;
    const stored = await this.#deps.schedules.states.put(schedule.name, noted, at.sequence);
    await this.#tellPause(at.value, noted);
    return stored;
  }

  /** Nothing is started in the name of somebody who was shut out: the schedule is paused instead. */
  async #unlessLeft({ name, principal }: Schedule, seen: ScheduleState, due: Due): Promise<Due> {
    const known = new Set(seen.starts.map(({ key }) => key));
    if (due.state.starts.every(({ key }) => known.has(key)) || !(await this.#deps.hasLeft(principal))) return due;
    const whose = `The API key of "${principal}", who defined the schedule and answers for its runs, was revoked`;
    const note = `${whose}; let somebody else define it (longarm schedules set ${name}), then resume it.`;
    const paused = { by: "longarm", note, atMs: this.#deps.clock.nowMs(), isAutomatic: true } as const;
    return { state: pause(seen, paused), cancel: [], wakeMs: undefined };
  }

  async #tellPause(before: ScheduleState, { schedule, paused }: ScheduleState): Promise<void> {
    if (before.paused !== null || paused === null) return;
    const { by: principal, note } = paused;
    this.#deps.logger.warn({ schedule, note }, "A schedule was paused by itself.");
    const act = { principal, what: "pauseSchedule", on: [schedule], details: { note } };
    await this.#deps.trail.record(act).catch((reason: unknown) => {
      // It is paused all the same, and says so itself.
      this.#deps.logger.warn(
        { schedule, reason: LongarmError.from(reason).message },
        "The audit does not hold that a schedule was paused.",
      );
    });
  }

  /** What is to be noted of a submission; undefined: it is to be tried again. */
  async #submit(schedule: Schedule, start: Start): Promise<((state: ScheduleState) => ScheduleState) | undefined> {
    const { runs, clock, logger } = this.#deps;
    const { key } = start;
    try {
      const { run } = await runs.submit(requestOf(schedule, start, clock.nowMs()));
      return (state) => noteRun(state, key, run.id);
    } catch (reason) {
      const error = LongarmError.from(reason);
      const { runId } = error.details as { runId?: RunId };
      // It was submitted before the schedule was changed.
      if (error.code === "idempotency_conflict" && runId) return (state) => noteRun(state, key, runId);
      const facts = { schedule: schedule.name, key, code: error.code, reason: error.message };
      logger.warn(facts, "A run of a schedule was not accepted.");
      if (!isRefused(error)) return undefined;
      const end = { key, status: "refused", problem: `${error.code}: ${error.message}`, nowMs: clock.nowMs() } as const;
      return (state) => noteEnd(state, schedule.policy, end);
    }
  }
}

function mayStart({ starts, waiting, backfill, paused }: ScheduleState): boolean {
  return paused === null && starts.length === 0 && (waiting.length > 0 || backfill.length > 0);
}
