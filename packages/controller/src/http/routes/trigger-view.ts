import { formatDuration, lanes, type EventOutcome, type Trigger, type TriggerSample } from "@longarm/shared";
import { Type, type Static } from "typebox";
import type { Revised } from "../../ports/connection-store.ts";
import type { DefinedTrigger, TriggerState } from "../../ports/trigger-store.ts";
import { toRfc3339 } from "../moments.ts";
import { definitionName, revisionMembers } from "../schemas.ts";
import { TriggerForm, writeOn } from "./trigger-form.ts";

const time = Type.String({ format: "date-time" });
const { on, flow, input, concurrency, debounce } = TriggerForm.properties;
const does = { on, flow, input, concurrency, debounce };

/** A trigger as it is shown, with what went wrong of late. */
export const TriggerSchema = Type.Object(
  {
    name: definitionName,
    description: Type.Optional(Type.String()),
    ...does,
    connection: Type.String(),
    lane: Type.Enum([...lanes]),
    state: Type.Enum(["draft", "enabled"]),
    definedBy: Type.String({ description: "Who defined or enabled it last; they answer for its runs, and may approve none of them." }),
    faults: Type.Object({
      count: Type.Integer({ description: "Events that came to nothing: no input could be made of them, or the run was refused." }),
      last: Type.Union([Type.Object({ source: Type.String(), id: Type.String(), at: time, problem: Type.String() }), Type.Null()]),
    }),
    ...revisionMembers,
  },
  { $id: "Trigger" },
);

/** A trigger that a spoke brings along, to be copied. */
export const TriggerSampleSchema = Type.Object({ name: Type.String(), title: Type.String(), ...does });

/** What became of an event by a trigger. */
export const OutcomeSchema = Type.Object(
  {
    trigger: Type.String(),
    outcome: Type.Enum(["started", "gathered", "draft", "echo", "chain_too_long", "filter", "no_input", "refused"]),
    runId: Type.Union([Type.String(), Type.Null()]),
    sentence: Type.String(),
    at: time,
  },
  { $id: "EventOutcome" },
);

function writeDoes({
  on: named,
  flow: runs,
  input: given,
  concurrency: held,
  debounce: gathered,
}: Omit<Trigger, "connection" | "state" | "name">) {
  return {
    ...{ on: writeOn(named), flow: runs, input: given },
    ...(held && { concurrency: held }),
    ...(gathered && { debounce: { window: formatDuration(gathered.windowMs), ...(gathered.key !== undefined && { key: gathered.key }) } }),
  };
}

/** A trigger in the form in which it is written. */
export function viewTrigger(
  { value, revision, updatedAt }: Revised<DefinedTrigger>,
  faulty: TriggerState | undefined,
): Record<string, unknown> {
  const { name, description, connection, lane, state, principal } = value;
  const last = faulty?.last;
  return {
    name,
    ...(description !== undefined && { description }),
    ...writeDoes(value),
    ...{ connection, lane, state, definedBy: principal },
    faults: {
      count: faulty?.faults ?? 0,
      last: last ? { source: last.source, id: last.id, at: toRfc3339(last.atMs), problem: last.problem } : null,
    },
    ...{ revision, updatedAt: toRfc3339(updatedAt) },
  };
}

/** A sample as it is shown. */
export function viewSample({ name, title, ...rest }: TriggerSample): Record<string, unknown> {
  return { name, title, ...writeDoes(rest) };
}

/** What became of an event, in words too. */
export function viewOutcome(outcome: EventOutcome): Static<typeof OutcomeSchema> {
  const { trigger, kind, atMs } = outcome;
  const runId = kind === "started" ? outcome.runId : null;
  return { trigger, outcome: kind, runId, sentence: sentenceOf(outcome), at: toRfc3339(atMs) };
}

function sentenceOf(outcome: EventOutcome): string {
  switch (outcome.kind) {
    case "started":
      return `Started ${outcome.runId}.`;
    case "gathered":
      return `Waits with the others of its key; the last of them starts a run at ${toRfc3339(outcome.untilMs)}.`;
    case "draft":
      return "The trigger was a draft.";
    case "echo":
      return "It is the echo of a change that this installation made.";
    case "chain_too_long":
      return "Too many events lie behind it.";
    case "filter":
      return outcome.problem === undefined ? "The filter did not hold." : `The filter had no value: ${outcome.problem}.`;
    case "no_input":
      return `${outcome.pointer} had no value: ${outcome.problem}.`;
    case "refused":
      return `The run was refused (${outcome.code}): ${outcome.problem}`;
  }
}
