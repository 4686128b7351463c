import { formatDuration, noCounts, type ScheduleState, type Timing } from "@longarm/shared";
import { canonicalJson } from "@longarm/shared/seal";
import { Type } from "typebox";
import { slotsOf, type Slot, type Slots } from "../../decide/schedule/timing.ts";
import type { Revised } from "../../ports/connection-store.ts";
import type { Schedule } from "../../ports/schedule-store.ts";
import { toRfc3339 } from "../moments.ts";
import { definitionName, revisionMembers } from "../schemas.ts";
import { timingMembers } from "./schedule-form.ts";
import { termsMembers, viewTerms } from "./terms-form.ts";

const time = Type.String({ format: "date-time" });
const nullable = <T extends Parameters<typeof Type.Array>[0]>(schema: T) => Type.Union([schema, Type.Null()]);

const stateSchema = Type.Object({
  paused: nullable(Type.Object({ by: Type.String(), note: Type.String(), at: time, automatic: Type.Boolean() })),
  next: nullable({ ...time, description: "When the next run starts by itself; null: there is none, or it is paused." }),
  running: Type.Array(Type.Object({ slot: time, runId: nullable(Type.String({ description: "Null: it is about to be submitted." })) })),
  waiting: Type.Integer({ description: "Slots that wait for a run's end." }),
  backfill: Type.Integer({ description: "Slots of the past that are still to be run." }),
  failuresInRow: Type.Integer(),
  counts: Type.Object(
    {
      started: Type.Integer(),
      overlapped: Type.Integer({ description: "Left out because a run was under way." }),
      missed: Type.Integer({ description: "Left out because no controller was there in time." }),
      withoutAgent: Type.Integer({ description: "Left out because no agent was online in time." }),
      refused: Type.Integer({ description: "Submissions that were refused." }),
    },
    { description: "What became of slots since the schedule was made." },
  ),
  lastEnd: nullable(Type.Object({ slot: time, status: Type.String(), runId: nullable(Type.String()), problem: nullable(Type.String()) })),
});

const formMembers = {
  name: definitionName,
  description: Type.Optional(Type.String()),
  target: Type.Object({
    action: Type.String(),
    connection: Type.Optional(Type.String()),
    input: Type.Unknown(),
    lane: Type.String(),
    deadline: Type.Optional(Type.String()),
    on: Type.Optional(Type.String()),
    ...termsMembers,
  }),
  ...timingMembers,
  overlap: Type.String(),
  catchUp: Type.Object({ policy: Type.String(), count: Type.Integer(), age: Type.String(), grace: Type.String() }),
  pauseAfterFailures: Type.Optional(Type.Integer()),
  definedBy: Type.String({ description: "Who defined it last; they answer for its runs." }),
};

/** A schedule as it is shown, with where it stands. */
export const ScheduleSchema = Type.Object({ ...formMembers, state: stateSchema, ...revisionMembers }, { $id: "Schedule" });

/** A version of a schedule as it was defined: by whom, when, and what that changed. */
export const ScheduleVersionSchema = Type.Object(
  {
    ...formMembers,
    definedBy: Type.String({ description: "Who defined this version." }),
    changed: nullable(
      Type.Array(Type.String(), {
        description: "Members that differ from the version before; null: that one is not kept, or there was none.",
      }),
    ),
    ...revisionMembers,
  },
  { $id: "ScheduleVersion" },
);

/** A slot as it is told beforehand. */
export const SlotSchema = Type.Object({
  slot: time,
  local: Type.String({ description: "By the schedule's own wall clock, with its offset." }),
  starts: { ...time, description: "With its jitter." },
  note: Type.Optional(Type.String({ description: "What a change of the clock does to it." })),
});

/** A schedule in the form in which it is written, with where it stands. */
export function viewSchedule(revised: Revised<Schedule>, state: ScheduleState | undefined, nowMs: number): Record<string, unknown> {
  const { name, timing, sinceMs } = revised.value;
  const next = state?.paused ? undefined : slotsOf(name, timing).after(Math.max(nowMs, sinceMs, state?.settledMs ?? 0));
  return { ...viewForm(revised), state: viewState(state, next) };
}

/** A version of a schedule with what it changed of the one before. */
export function viewVersion(revised: Revised<Schedule>, before: Revised<Schedule> | undefined): Record<string, unknown> {
  const view = viewForm(revised);
  return { ...view, changed: before ? changedMembers(viewForm(before), view) : null };
}

const unlisted: ReadonlySet<string> = new Set(["definedBy", "revision", "updatedAt"]);

function changedMembers(before: Record<string, unknown>, now: Record<string, unknown>): readonly string[] {
  const members = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter((member) => !unlisted.has(member));
  return members.filter((member) => canonicalJson(before[member] ?? null) !== canonicalJson(now[member] ?? null)).toSorted();
}

function viewForm({ value, revision, updatedAt }: Revised<Schedule>): Record<string, unknown> {
  const { name, description, target, timing, policy, principal } = value;
  const { overlap, catchUp, pauseAfterFailures } = policy;
  const { ageMs, graceMs, ...rest } = catchUp;
  const { terms, ...to } = target;
  return {
    ...{ name, target: { ...to, ...(terms && viewTerms(terms)) }, ...writeTiming(timing), overlap },
    ...(description !== undefined && { description }),
    catchUp: { ...rest, age: formatDuration(ageMs), grace: formatDuration(graceMs) },
    ...(pauseAfterFailures !== undefined && { pauseAfterFailures }),
    definedBy: principal,
    ...{ revision, updatedAt: toRfc3339(updatedAt) },
  };
}

function writeTiming({ recurrence, timeZone, startMs, endMs, exclude, jitterMs }: Timing): Record<string, unknown> {
  return {
    ...writeRecurrence(recurrence),
    timeZone,
    ...(startMs !== undefined && { start: toRfc3339(startMs) }),
    ...(endMs !== undefined && { end: toRfc3339(endMs) }),
    ...(exclude && { exclude }),
    ...(jitterMs !== undefined && { jitter: formatDuration(jitterMs) }),
  };
}

function writeRecurrence(recurrence: Timing["recurrence"]): Record<string, unknown> {
  switch (recurrence.kind) {
    case "cron":
      return { cron: recurrence.cron };
    case "interval":
      return { every: formatDuration(recurrence.everyMs) };
    case "once":
      return { once: recurrence.at };
    default: {
      const { kind, ...rest } = recurrence;
      return { [kind]: rest };
    }
  }
}

function viewState(state: ScheduleState | undefined, next: Slot | undefined): Record<string, unknown> {
  const { paused, starts = [], waiting = [], backfill = [], failuresInRow = 0, lastEnd } = state ?? {};
  return {
    paused: paused ? { by: paused.by, note: paused.note, at: toRfc3339(paused.atMs), automatic: paused.isAutomatic === true } : null,
    next: next ? toRfc3339(next.fireMs) : null,
    running: starts.map(({ slotMs, runId }) => ({ slot: toRfc3339(slotMs), runId: runId ?? null })),
    ...{ waiting: waiting.length, backfill: backfill.length, failuresInRow, counts: state?.counts ?? noCounts },
    lastEnd: lastEnd
      ? { slot: toRfc3339(lastEnd.slotMs), status: lastEnd.status, runId: lastEnd.runId ?? null, problem: lastEnd.problem ?? null }
      : null,
  };
}

/** A slot with what a change of the clock does to it. */
export function viewSlot({ zone }: Slots, { slotMs, fireMs, note }: Slot): Record<string, unknown> {
  const offsetMs = zone.offsetAt(slotMs);
  const minutes = Math.abs(offsetMs) / 60_000;
  const offset = [Math.floor(minutes / 60), Math.floor(minutes % 60)].map((part) => String(part).padStart(2, "0")).join(":");
  const local = toRfc3339(slotMs + offsetMs).replace(/\.\d+Z$/, `${offsetMs < 0 ? "-" : "+"}${offset}`);
  return { slot: toRfc3339(slotMs), local, starts: toRfc3339(fireMs), ...(note && { note: notes[note](zone.name) }) };
}

const notes = {
  gap: (zone: string) => `The clock of ${zone} is put forward over the time that was meant; this is the first instant behind.`,
  fold: (zone: string) => `The clock of ${zone} shows this time twice that day; the run starts the first time only.`,
};
