import { LongarmError } from "@longarm/shared";
import { expectsKeyword } from "@longarm/shared/schema";
import { choicesKeyword, type ActionContext, type ActionRest } from "@longarm/spoke";
import Type, { type Static } from "typebox";
import { acceptOrAbsent } from "../../identity.ts";
import { closed, membersOf, nullable, text } from "../../schemas.ts";

/** An event hook as actions take it. */
export const hookInput = Type.String({
  pattern: "^who[A-Za-z0-9]{17}$",
  [expectsKeyword]: "an event hook's id, e.g. who…",
  [choicesKeyword]: "okta.metadata.eventHooks",
  description: "An event hook's id (who…).",
});

// RFC 9110: a field's name is a token, and no line break may stand in its value.
const headerName = Type.String({
  minLength: 1,
  maxLength: 256,
  pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$",
  [expectsKeyword]: "the name of a header, e.g. Authorization",
});
const headerValue = Type.String({
  minLength: 1,
  maxLength: 4000,
  pattern: "^[\\u0020-\\u007e\\u0080-\\u00ff]+$",
  [expectsKeyword]: "a header's value, in one line",
});

const headerSchema = closed({ key: headerName, value: headerValue });

const filterSchema = closed({
  event: Type.String({ minLength: 1, maxLength: 256, description: "One of the hook's event types." }),
  expression: Type.String({ minLength: 1, maxLength: 4000, description: "An expression in Okta's expression language." }),
});

/** What a hook is made of and may be changed to, each as an input. */
export const hookParts = {
  authKey: Type.String({ ...headerName, description: "The header that carries authValue." }),
  authValue: headerValue,
  name: Type.String({ minLength: 1, maxLength: 255 }),
  events: Type.Array(
    Type.String({ pattern: "^[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)+$", [expectsKeyword]: "an event type, e.g. user.lifecycle.create" }),
    {
      minItems: 1,
      maxItems: 300,
      uniqueItems: true,
      description: "Types of events that Okta's event types catalogue calls eligible for event hooks.",
    },
  ),
  uri: Type.String({
    pattern: "^https?://[^\\s]+$",
    maxLength: 2048,
    [expectsKeyword]: "an https address",
    description: "Where Okta sends the events. Okta takes https only.",
  }),
  headers: Type.Array(headerSchema, { maxItems: 50, description: "Further headers that Okta sends; they are no place for secrets." }),
  filter: Type.Array(filterSchema, { maxItems: 300, description: "Conditions under which events of a type are sent." }),
  verify: Type.Boolean({ default: true, description: "Let Okta verify the endpoint if the hook is active and not verified." }),
};

/** An event hook as actions yield it. Only its id is sure to be there; the value of its auth header is never shown by Okta. */
export const hookSchema = closed({
  id: Type.String(),
  name: nullable(Type.String()),
  description: nullable(Type.String()),
  status: nullable(Type.String()),
  verificationStatus: nullable(Type.String({ description: "Only a hook that is ACTIVE and VERIFIED is sent events." })),
  created: nullable(Type.String()),
  createdBy: nullable(Type.String()),
  lastUpdated: nullable(Type.String()),
  events: Type.Array(Type.String()),
  filter: Type.Array(closed({ event: nullable(Type.String()), expression: nullable(Type.String()) })),
  uri: nullable(Type.String()),
  authKey: nullable(Type.String({ description: "The header that carries the hook's secret." })),
  headers: Type.Array(closed({ key: Type.String(), value: nullable(Type.String()) })),
});

export type Hook = Static<typeof hookSchema>;

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function headersOf(config: Readonly<Record<string, unknown>>): Hook["headers"] {
  return list(config["headers"]).flatMap((header) => {
    const key = text(membersOf(header)["key"]);
    return key === null ? [] : [{ key, value: text(membersOf(header)["value"]) }];
  });
}

function filterOf(events: Readonly<Record<string, unknown>>): Hook["filter"] {
  return list(membersOf(events["filter"])["eventFilterMap"]).map((each) => ({
    event: text(membersOf(each)["event"]),
    expression: text(membersOf(membersOf(each)["condition"])["expression"]),
  }));
}

/** An event hook of Okta's as we give it. Throws `unexpected_response` when it has no id. */
export function readHook(value: unknown): Hook {
  const hook = membersOf(value);
  const id = text(hook["id"]);
  if (id === null) throw new LongarmError("unexpected_response", "Okta's answer holds no event hook.");
  const events = membersOf(hook["events"]);
  const config = membersOf(membersOf(hook["channel"])["config"]);
  return {
    id,
    name: text(hook["name"]),
    description: text(hook["description"]),
    status: text(hook["status"]),
    verificationStatus: text(hook["verificationStatus"]),
    created: text(hook["created"]),
    createdBy: text(hook["createdBy"]),
    lastUpdated: text(hook["lastUpdated"]),
    events: list(events["items"]).filter((item) => typeof item === "string"),
    filter: filterOf(events),
    uri: text(config["uri"]),
    authKey: text(membersOf(config["authScheme"])["key"]),
    headers: headersOf(config),
  };
}

/** Where the org of a connection sends its events to this controller; null: it does not know its own address. */
export function ownUri({ connection, publicUrl }: Pick<ActionContext, "connection" | "publicUrl">): string | null {
  return publicUrl === null ? null : `${publicUrl}/hooks/okta/${encodeURIComponent(connection)}`;
}

/** The path of a hook, or of what lies below it. */
export function hookPath(id: string, ...below: readonly string[]): readonly string[] {
  return ["api", "v1", "eventHooks", id, ...below];
}

/** The error for an event hook that is not there. */
export function hookNotFound(hook: string): LongarmError {
  return new LongarmError("hook_not_found", `No event hook in the org has the id "${hook}".`, { details: { hook } });
}

/** The hook with this id. Throws `hook_not_found`. One direct GET. */
export async function requireHook(rest: ActionRest, id: string): Promise<Hook> {
  const response = acceptOrAbsent(await rest.get({ path: hookPath(id) }));
  if (response) return readHook(response.body);
  throw hookNotFound(id);
}

/** What is sent to Okta of a hook; `authValue` is the secret that goes with `authKey`. */
export interface HookBody extends Pick<Hook, "name" | "description" | "events" | "filter" | "uri" | "authKey" | "headers"> {
  readonly authValue: string | undefined;
}

/** The body that creates or replaces a hook. */
export function bodyOf({ name, description, events, filter, uri, authKey, authValue, headers }: HookBody) {
  const eventFilterMap = filter.map(({ event, expression }) => ({ event, condition: { expression } }));
  const authScheme = authKey === null ? null : { type: "HEADER", key: authKey, value: authValue };
  return {
    name,
    ...(description !== null && { description }),
    events: {
      type: "EVENT_TYPE",
      items: events,
      ...(filter.length > 0 && { filter: { type: "EXPRESSION_LANGUAGE", eventFilterMap } }),
    },
    channel: { type: "HTTP", version: "1.0.0", config: { uri, headers, ...(authScheme && { authScheme }) } },
  };
}
