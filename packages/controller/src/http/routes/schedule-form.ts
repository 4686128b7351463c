import {
  catchUpPolicies,
  lanes,
  LongarmError,
  mostCaughtUp,
  overlapPolicies,
  readDuration,
  type CatchUp,
  type Recurrence,
  type RunWishes,
  type SchedulePolicy,
  type Timing,
} from "@longarm/shared";
import { type Static, Type } from "typebox";
import { slotsOf } from "../../decide/schedule/timing.ts";
import { weekdays } from "../../decide/schedule/cron-field.ts";
import { readMoment } from "../moments.ts";
import { closed, definitionName } from "../schemas.ts";
import { duration, FormReader } from "./form-reader.ts";
import { SelectorForm } from "./run-form.ts";
import { gatherTerms, termsMembers } from "./terms-form.ts";

const timeOfDay = Type.String({
  pattern: "^\\d\\d:\\d\\d(:\\d\\d)?$",
  description: "By the wall clock of `timeZone`: `02:30` or `02:30:15`.",
});
const at = Type.Array(timeOfDay, { minItems: 1, maxItems: 48 });
const moment = (meaning: string) =>
  Type.String({ maxLength: 40, description: `${meaning}, RFC 3339.`, examples: ["2026-12-01T00:00:00Z"] });

const targetForm = closed(
  {
    action: Type.String({
      minLength: 1,
      maxLength: 128,
      description: "The name of an action, a stream or a flow, or `sync.NAME` for a sync.",
    }),
    connection: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    input: Type.Optional(Type.Unknown({ description: "As the action's own input schema says; no secrets." })),
    lane: Type.Optional(Type.Enum([...lanes], { description: "`bulk` for a sync unless told, else `standard`." })),
    deadline: Type.Optional(duration("How long after its start each run must have ended")),
    on: Type.Optional(SelectorForm),
    ...termsMembers,
  },
  { description: "What each run does, as a submission of a run names it." },
);

const catchUpForm = closed(
  {
    policy: Type.Optional(
      Type.Enum([...catchUpPolicies], {
        description: "What becomes of slots that no controller started in time, or no agent was online for; `latest` unless told.",
      }),
    ),
    count: Type.Optional(
      Type.Integer({ minimum: 1, maximum: mostCaughtUp, description: "How many `all` makes good at most; 10 unless told." }),
    ),
    age: Type.Optional(duration("What was missed longer ago stays so; 1h unless told")),
    grace: Type.Optional(duration("How late a slot may be and was still in time; 10s unless told")),
  },
  { description: "What becomes of missed slots." },
);

/** Exactly one of these says when. */
export const recurrenceMembers = {
  cron: Type.Optional(
    Type.String({
      maxLength: 256,
      description: "Five fields, or six with the seconds in front; `H` stands for a value that follows from the schedule's name.",
      examples: ["H 2 * * mon-fri"],
    }),
  ),
  every: Type.Optional(duration("An interval of absolute time, a second at least, counted from `start` or 1970-01-01T00:00:00Z")),
  daily: Type.Optional(closed({ at })),
  weekly: Type.Optional(closed({ on: Type.Array(Type.Enum([...weekdays]), { minItems: 1, maxItems: 7 }), at })),
  monthly: Type.Optional(
    closed({
      on: Type.Array(Type.Union([Type.Integer({ minimum: 1, maximum: 31 }), Type.Literal("last")]), { minItems: 1, maxItems: 32 }),
      at,
    }),
  ),
  once: Type.Optional(
    Type.String({ maxLength: 40, description: "One time by the wall clock of `timeZone`.", examples: ["2026-12-01T10:00"] }),
  ),
};

export const timingMembers = {
  ...recurrenceMembers,
  timeZone: Type.Optional(Type.String({ maxLength: 64, description: "IANA name; UTC unless told.", examples: ["Europe/Berlin"] })),
  start: Type.Optional(moment("No slot lies before")),
  end: Type.Optional(moment("No slot lies at it or behind")),
  exclude: Type.Optional(
    Type.Array(Type.String({ maxLength: 21 }), {
      maxItems: 200,
      description: "Days of the wall clock without a slot: `2026-12-24`, or `2026-12-24/2027-01-01` with both ends.",
    }),
  ),
  jitter: Type.Optional(duration("How much later than its slot a run may start; the same for a slot whenever it is asked")),
};

/** A schedule as people write it. */
export const ScheduleForm = closed(
  {
    name: Type.Optional({ ...definitionName, description: "The name in the path, if at all." }),
    description: Type.Optional(Type.String({ maxLength: 500 })),
    target: targetForm,
    ...timingMembers,
    overlap: Type.Optional(
      Type.Enum([...overlapPolicies], { description: "What a slot does while a run is under way; `skip` unless told." }),
    ),
    catchUp: Type.Optional(catchUpForm),
    pauseAfterFailures: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1_000, description: "Pauses the schedule when as many runs have failed in a row." }),
    ),
  },
  {
    examples: [
      { target: { action: "sync.people" }, cron: "H 2 * * *", timeZone: "Europe/Berlin", catchUp: { policy: "latest", age: "6h" } },
    ],
  },
);
export type WrittenSchedule = Static<typeof ScheduleForm>;

const kinds = ["cron", "every", "daily", "weekly", "monthly", "once"] as const;

interface ReadSchedule {
  readonly timing: Timing;
  readonly policy: SchedulePolicy;
  /** Of the target. */
  readonly terms?: RunWishes;
}

/** When, by which policy and on which terms; throws every fault of the form at once as `invalid_request`, and refuses what can never fire. */
export function readSchedule(name: string, form: WrittenSchedule, nowMs: number): ReadSchedule {
  const reader = new FormReader();
  if (form.name !== undefined && form.name !== name) reader.fault("/name", `must be "${name}" like the path, or be left out`);
  const { deadline } = form.target;
  if (deadline !== undefined) reader.span("/target/deadline", deadline);
  const terms = gatherTerms(reader, "/target", form.target);
  const policy = {
    overlap: form.overlap ?? "skip",
    catchUp: readCatchUp(reader, form.catchUp),
    ...(form.pauseAfterFailures !== undefined && { pauseAfterFailures: form.pauseAfterFailures }),
  } as const;
  const timing = readTiming(reader, form);
  reader.refuseFaults("The schedule");
  if (timing) checkTiming(reader, name, { timing, nowMs });
  reader.refuseFaults("The schedule");
  return { timing: timing as Timing, policy, ...terms };
}

function readCatchUp(
  reader: FormReader,
  { policy = "latest", count = 10, age = "1h", grace = "10s" }: Static<typeof catchUpForm> = {},
): CatchUp {
  return { policy, count, ageMs: reader.duration("/catchUp/age", age), graceMs: reader.span("/catchUp/grace", grace) };
}

function readTiming(reader: FormReader, form: WrittenSchedule): Timing | undefined {
  const named = kinds.filter((kind) => form[kind] !== undefined);
  if (named.length !== 1) {
    const [first = "cron"] = named;
    reader.fault(`/${first}`, `must be the only one of ${kinds.join(", ")}, and one of them is needed`);
    return undefined;
  }
  const startMs = form.start === undefined ? undefined : instant(reader, "/start", form.start);
  const endMs = form.end === undefined ? undefined : instant(reader, "/end", form.end);
  if (startMs !== undefined && endMs !== undefined && endMs <= startMs) reader.fault("/end", "must be later than `start`");
  return {
    recurrence: readRecurrence(reader, form, startMs ?? 0),
    timeZone: form.timeZone ?? "UTC",
    ...(startMs !== undefined && { startMs }),
    ...(endMs !== undefined && { endMs }),
    ...(form.exclude && { exclude: form.exclude }),
    ...(form.jitter !== undefined && { jitterMs: reader.span("/jitter", form.jitter) }),
  };
}

function readRecurrence(reader: FormReader, form: WrittenSchedule, anchorMs: number): Recurrence {
  const { cron = "", every, daily, weekly, monthly, once } = form;
  if (every !== undefined) {
    const everyMs = reader.duration("/every", every);
    if (readDuration(every) !== undefined && (everyMs < 1_000 || everyMs % 1_000 !== 0))
      reader.fault("/every", "must be whole seconds, one at least");
    return { kind: "interval", everyMs, anchorMs };
  }
  if (daily) return { kind: "daily", ...daily };
  if (weekly) return { kind: "weekly", ...weekly };
  if (monthly) return { kind: "monthly", ...monthly };
  return once === undefined ? { kind: "cron", cron } : { kind: "once", at: once };
}

function instant(reader: FormReader, pointer: string, text: string): number {
  const ms = readMoment(text);
  if (ms === undefined) reader.fault(pointer, "must be a time such as 2026-12-01T00:00:00Z");
  return ms ?? 0;
}

/** A recurrence is tried in UTC first, so that each fault stands in its own place. */
function checkTiming(reader: FormReader, name: string, { timing, nowMs }: { readonly timing: Timing; readonly nowMs: number }): void {
  const { recurrence, timeZone, exclude } = timing;
  const pointer = recurrence.kind === "interval" ? "/every" : `/${recurrence.kind}`;
  const never: Recurrence = { kind: "interval", everyMs: 1_000, anchorMs: 0 };
  const parts: readonly [string, Timing][] = [
    [pointer, { recurrence, timeZone: "UTC" }],
    ["/timeZone", { recurrence: never, timeZone }],
    ["/exclude", { recurrence: never, timeZone: "UTC", ...(exclude && { exclude }) }],
  ];
  const faults = parts.flatMap(([place, part]) => {
    const problem = problemOf(() => slotsOf(name, part));
    return problem === undefined ? [] : [[place, problem] as const];
  });
  for (const [place, problem] of faults) reader.fault(place, problem);
  if (faults.length > 0 || slotsOf(name, timing).after(nowMs)) return;
  reader.fault(pointer, "never comes: no slot lies in the time to come within `start`, `end` and what is excluded");
}

function problemOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (reason) {
    return LongarmError.from(reason).message.replace(/\.$/, "");
  }
}
