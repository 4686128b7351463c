import { mostBuffered, mostCaughtUp, type CatchUp, type RunId, type SchedulePolicy, type ScheduleState, type Start } from "@longarm/shared";
import type { Slot, Slots } from "./timing.ts";

/** A schedule as far as it decides of slots. */
export interface Plan {
  readonly slots: Slots;
  readonly policy: SchedulePolicy;
  /** Unix milliseconds of its last change of timing: earlier slots are none of its. */
  readonly sinceMs: number;
  /** Who answers for its runs. */
  readonly principal: string;
}

export interface Moment {
  readonly nowMs: number;
  /** Is there a place that could carry a run now? */
  readonly canRun: boolean;
}

export interface Due {
  /** The very state that was given where nothing changes. */
  readonly state: ScheduleState;
  /** Runs that a slot ends under `cancel-other`. */
  readonly cancel: readonly RunId[];
  /** When there is something to decide again by the wall clock; undefined: not by time alone. */
  readonly wakeMs: number | undefined;
}

// As many slots are looked at once; behind them the next look goes on.
const mostSlots = 2 * mostCaughtUp;

/**
 * What becomes of the slots that have come: which are started, wait, or are left out. A slot that was settled is never due again,
 * wherever the clock goes, and none is passed over without being counted.
 */
export function planDue(plan: Plan, state: ScheduleState, moment: Moment): Due {
  if (state.paused) return { state, cancel: [], wakeMs: undefined };
  const { due, next } = dueSlots(plan, state, moment.nowMs);
  const settled = moment.canRun ? startDue(plan, state, { due, nowMs: moment.nowMs }) : holdDue(plan, state, { due, nowMs: moment.nowMs });
  const started = moment.canRun ? startWaiting(plan, settled) : settled;
  return { ...cancelled(plan, started), wakeMs: next?.fireMs };
}

function dueSlots({ slots, sinceMs }: Plan, { settledMs }: ScheduleState, nowMs: number): { due: readonly Slot[]; next: Slot | undefined } {
  const due: Slot[] = [];
  let next = slots.after(Math.max(settledMs, sinceMs));
  while (next && next.fireMs <= nowMs && due.length < mostSlots) {
    due.push(next);
    next = slots.after(next.slotMs);
  }
  return { due, next };
}

interface Ripe {
  readonly due: readonly Slot[];
  readonly nowMs: number;
}

function startDue(plan: Plan, state: ScheduleState, { due, nowMs }: Ripe): ScheduleState {
  const last = due.at(-1);
  if (!last) return state;
  const { catchUp } = plan.policy;
  if (due.length >= mostSlots) return leaveOut(state, due.slice(0, -mostCaughtUp));
  const isLate = ({ fireMs }: Slot): boolean => nowMs - fireMs > catchUp.graceMs;
  const [late, inTime] = [due.filter(isLate), due.filter((slot) => !isLate(slot))];
  const madeGood = caughtUp(late, inTime, { catchUp, nowMs });
  const without = leaveOut(
    state,
    late.filter((slot) => !madeGood.includes(slot)),
  );
  return overlap(plan, { ...without, settledMs: last.slotMs }, [...madeGood, ...inTime]);
}

function caughtUp(
  late: readonly Slot[],
  inTime: readonly Slot[],
  { catchUp, nowMs }: { readonly catchUp: CatchUp; readonly nowMs: number },
): readonly Slot[] {
  const recent = late.filter(({ fireMs }) => nowMs - fireMs <= catchUp.ageMs);
  if (catchUp.policy === "all") return recent.slice(-catchUp.count);
  return catchUp.policy === "latest" && inTime.length === 0 ? recent.slice(-1) : [];
}

/** Without an agent slots stay due until they are too old, or are not made good at all. */
function holdDue(plan: Plan, state: ScheduleState, { due, nowMs }: Ripe): ScheduleState {
  const last = due.at(-1);
  if (!last) return state;
  const { policy, ageMs, graceMs } = plan.policy.catchUp;
  const patienceMs = policy === "skip" ? graceMs : Math.max(ageMs, graceMs);
  const isFull = due.length >= mostSlots;
  const gone = due.filter(({ fireMs }, at) => nowMs - fireMs > patienceMs || (isFull && at < mostCaughtUp));
  const held = last.slotMs > state.heldMs ? { ...state, heldMs: last.slotMs } : state;
  return gone.length > 0 ? leaveOut(held, gone) : held;
}

/** Settles slots that are not started, each counted. */
function leaveOut(state: ScheduleState, slots: readonly Slot[]): ScheduleState {
  const last = slots.at(-1);
  if (!last) return state;
  const withoutAgent = slots.filter(({ slotMs }) => slotMs <= state.heldMs).length;
  const { counts } = state;
  return {
    ...state,
    settledMs: Math.max(state.settledMs, last.slotMs),
    counts: { ...counts, missed: counts.missed + slots.length - withoutAgent, withoutAgent: counts.withoutAgent + withoutAgent },
  };
}

function overlap(plan: Plan, state: ScheduleState, wanted: readonly Slot[]): ScheduleState {
  const slots = wanted.map(({ slotMs }) => slotMs);
  const { overlap: policy } = plan.policy;
  if (policy === "allow-all") return start(plan, state, slots);
  const isFree = state.starts.length === 0 && state.waiting.length === 0;
  const [now, later] = isFree && policy !== "cancel-other" ? [slots.slice(0, 1), slots.slice(1)] : [[], slots];
  const started = start(plan, state, now);
  const waiting = policy === "cancel-other" ? later.slice(-1) : [...started.waiting, ...later].slice(0, roomOf(policy));
  // Whoever waited before gives way to a later slot only where that one ends what is under way.
  const kept = policy === "cancel-other" && waiting.length === 0 ? started.waiting : waiting;
  const left = started.waiting.length + later.length - kept.length;
  if (left === 0 && kept.length === started.waiting.length) return started;
  return { ...started, waiting: kept, counts: { ...started.counts, overlapped: started.counts.overlapped + left } };
}

function roomOf(policy: "skip" | "buffer-one" | "buffer-all"): number {
  return { skip: 0, "buffer-one": 1, "buffer-all": mostBuffered }[policy];
}

/** Slots that wait, and then those of a backfill, come one after another; all at once where runs may go side by side. */
function startWaiting(plan: Plan, state: ScheduleState): ScheduleState {
  const { waiting, backfill } = state;
  if (plan.policy.overlap === "allow-all" && backfill.length > 0) return start(plan, { ...state, backfill: [] }, backfill);
  if (state.starts.length > 0) return state;
  if (waiting.length > 0) return start(plan, { ...state, waiting: waiting.slice(1) }, waiting.slice(0, 1));
  return backfill.length > 0 ? start(plan, { ...state, backfill: backfill.slice(1) }, backfill.slice(0, 1)) : state;
}

function start({ principal }: Plan, state: ScheduleState, slots: readonly number[]): ScheduleState {
  if (slots.length === 0) return state;
  const known = new Set(state.starts.map(({ key }) => key));
  const starts = slots.map((slotMs): Start => ({ key: String(slotMs), slotMs, principal })).filter(({ key }) => !known.has(key));
  return { ...state, starts: [...state.starts, ...starts], counts: { ...state.counts, started: state.counts.started + starts.length } };
}

/** Under `cancel-other` whatever is under way is asked, once, to make room for the slot that waits. */
function cancelled({ policy }: Plan, state: ScheduleState): Pick<Due, "state" | "cancel"> {
  if (policy.overlap !== "cancel-other" || state.waiting.length === 0) return { state, cancel: [] };
  const cancel = state.starts.flatMap(({ runId, isCancelling }) => (runId && !isCancelling ? [runId] : []));
  if (cancel.length === 0) return { state, cancel };
  return { state: { ...state, starts: state.starts.map((one) => (one.runId ? { ...one, isCancelling: true } : one)) }, cancel };
}
