import { eventLimits, eventSources, lanes, type EventSource, type Trigger, type TriggerInput } from "@longarm/shared";
import { expectsKeyword } from "@longarm/shared/schema";
import { type Static, Type } from "typebox";
import { closed, definitionName } from "../schemas.ts";
import { duration, type FormReader } from "./form-reader.ts";

const cel = (description: string) => Type.String({ minLength: 1, maxLength: 4_096, description });
const typePattern = Type.String({
  pattern: `^[A-Za-z0-9*][A-Za-z0-9._*-]{0,${eventLimits.typeLength - 1}}$`,
  [expectsKeyword]: `a type of events, such as user.created, in which * stands for anything`,
  examples: ["user.created"],
});

const onForm = closed(
  {
    event: Type.Optional({ ...typePattern, description: "Events that are posted, of this type." }),
    hook: Type.Optional({ ...typePattern, description: "Events that an org's event hook sends, `okta.` and Okta's own type." }),
    flow: Type.Optional({ ...typePattern, description: "Runs that have ended: `flow.NAME.STATUS`; with `*`, flows alone." }),
    filter: Type.Optional(cel("CEL over `event`; absent: every one. What has no value does not hold.")),
    connection: Type.Optional(
      Type.String({ minLength: 1, maxLength: 64, description: "In whose org, `*` for any characters; the trigger's own unless told." }),
    ),
    echoes: Type.Optional(
      Type.Boolean({
        description: "Answer what this installation changed itself, too: for what keeps copies. Never for what changes the org.",
      }),
    ),
  },
  { description: "Exactly one of event, hook and flow." },
);

/** A trigger as people write it. */
export const TriggerForm = closed(
  {
    name: Type.Optional({ ...definitionName, description: "The name in the path, if at all." }),
    description: Type.Optional(Type.String({ maxLength: 500 })),
    on: onForm,
    flow: Type.String({ minLength: 1, maxLength: 128, description: "What it runs: a flow, an action, a stream, or `sync.NAME`." }),
    connection: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: "May be left away while exactly one is defined." })),
    input: Type.Optional(
      Type.Unknown({
        description:
          "Each text in it is CEL over `event`; lists and objects hold more; numbers, true, false and null stand for themselves.",
      }),
    ),
    concurrency: Type.Optional(
      closed(
        { key: cel("CEL over `event` that gives a text."), limit: Type.Integer({ minimum: 1, maximum: 1_000 }) },
        { description: "Runs whose key comes out the same hold each other back beyond the limit." },
      ),
    ),
    debounce: Type.Optional(
      closed(
        {
          window: duration("How long after the first event of a key the run starts"),
          key: Type.Optional(cel("`event.subject` unless told.")),
        },
        { description: "Events of one key within the window start one run, with the last of them." },
      ),
    ),
    lane: Type.Optional(Type.Enum([...lanes], { description: "`standard` unless told." })),
    state: Type.Optional(Type.Enum(["draft", "enabled"], { description: "A draft starts nothing; `draft` unless told." })),
  },
  {
    examples: [
      {
        on: { event: "user.created", filter: "event.data.country == 'SE'" },
        flow: "okta.flow.addUserToGroup",
        connection: "acme",
        input: { user: "event.data.login", groupName: "'Everyone in ' + event.data.country" },
        state: "enabled",
      },
    ],
  },
);
export type WrittenTrigger = Static<typeof TriggerForm>;

/** What a trigger does, without where; faults go to the reader. */
export function readTrigger(reader: FormReader, name: string, form: WrittenTrigger): Omit<Trigger, "connection"> {
  const { flow, concurrency, debounce, state = "draft", input = {} } = form;
  if (form.name !== undefined && form.name !== name) reader.fault("/name", `must be "${name}" like the path, or be left out`);
  return {
    name,
    on: readOn(reader, form.on),
    flow,
    // JSON, as the body was.
    input: input as TriggerInput,
    ...(concurrency && { concurrency }),
    ...(debounce && {
      debounce: {
        windowMs: reader.span("/debounce/window", debounce.window),
        ...(debounce.key !== undefined && { key: debounce.key }),
      },
    }),
    state,
  };
}

function readOn(reader: FormReader, on: WrittenTrigger["on"]): Trigger["on"] {
  const named = eventSources.filter((source) => on[source] !== undefined);
  const [source = "event"] = named;
  if (named.length !== 1) reader.fault(`/on/${source}`, "must be the only one of event, hook and flow, and one of them is needed");
  const { filter, connection, echoes } = on;
  return {
    source,
    type: on[source] ?? "",
    ...(filter !== undefined && { filter }),
    ...(connection !== undefined && { connection }),
    ...(echoes === true && { echoes }),
  };
}

/** `on` in the words in which it is written. */
export function writeOn({
  source,
  type,
  ...rest
}: Trigger["on"]): Partial<Record<EventSource, string>> & Omit<Trigger["on"], "source" | "type"> {
  return { [source]: type, ...rest };
}
