import { type Refusal, refuseInvalid } from "../refusal.ts";
import { readEventFilter } from "./event-filter.ts";
import type { HookChannel, HookDraft, HookFilter } from "./hook.ts";

type Members = Readonly<Record<string, unknown>>;

/** What a body says of a hook, or why Okta would not take it. */
export type ReadHook = { readonly kind: "draft"; readonly draft: HookDraft } | Refusal;

const mostEvents = 300;
const mostNameCharacters = 255;
const loopbackHosts = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** A fault of one field; thrown within this file, since fields nest. */
class Fault extends Error {
  readonly field: string;

  constructor(field: string, problem: string) {
    super(`${field}: ${problem}`);
    this.field = field;
  }
}

function members(value: unknown, field: string): Members {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Members;
  throw new Fault(field, "The field cannot be left blank");
}

function text(value: unknown, field: string): string {
  if (typeof value === "string" && value.trim() !== "") return value;
  throw new Fault(field, "The field cannot be left blank");
}

function list(value: unknown, field: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new Fault(field, "Expecting an array.");
}

function exactly(value: unknown, wanted: string, field: string): void {
  if (value !== wanted) throw new Fault(field, `Expecting '${wanted}'.`);
}

// Okta asks for https. Plain http to this machine is the one deviation: without it no test or demo could receive anything.
function readUri(value: unknown): string {
  const uri = text(value, "channel.config.uri");
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  if (url?.protocol === "https:" || (url?.protocol === "http:" && loopbackHosts.test(url.hostname))) return uri;
  throw new Fault("channel.config.uri", "The URI must be a valid https URI");
}

function readHeaders(value: unknown): HookChannel["headers"] {
  if (value === undefined || value === null) return [];
  return list(value, "channel.config.headers").map((each) => {
    const header = members(each, "channel.config.headers");
    return { key: text(header["key"], "channel.config.headers.key"), value: text(header["value"], "channel.config.headers.value") };
  });
}

// The value is never given out, so a replacement must bring it again; that Okta refuses one without it is assumed.
function readAuthScheme(value: unknown): HookChannel["authScheme"] {
  if (value === undefined || value === null) return null;
  const scheme = members(value, "channel.config.authScheme");
  exactly(scheme["type"], "HEADER", "channel.config.authScheme.type");
  return { key: text(scheme["key"], "channel.config.authScheme.key"), value: text(scheme["value"], "channel.config.authScheme.value") };
}

function readChannel(value: unknown): HookChannel {
  const channel = members(value, "channel");
  exactly(channel["type"], "HTTP", "channel.type");
  exactly(channel["version"], "1.0.0", "channel.version");
  const config = members(channel["config"], "channel.config");
  return { uri: readUri(config["uri"]), headers: readHeaders(config["headers"]), authScheme: readAuthScheme(config["authScheme"]) };
}

// The text of Okta's refusal is assumed.
function readCondition(expression: string): Pick<HookFilter, "expression" | "test"> {
  const read = readEventFilter(expression);
  if (read.kind === "bad") throw new Fault("events.filter", `The expression '${expression}' is invalid: ${read.problem}`);
  return { expression, test: read.test };
}

function readFilters(value: unknown, events: readonly string[]): readonly HookFilter[] | null {
  if (value === undefined || value === null) return null;
  return list(members(value, "events.filter")["eventFilterMap"], "events.filter.eventFilterMap").map((each) => {
    const entry = members(each, "events.filter.eventFilterMap");
    const event = text(entry["event"], "events.filter.eventFilterMap.event");
    if (!events.includes(event)) throw new Fault("events.filter", `The event type ${event} is not one of the hook's items`);
    const condition = members(entry["condition"], "events.filter.eventFilterMap.condition");
    return { event, ...readCondition(text(condition["expression"], "events.filter.eventFilterMap.condition.expression")) };
  });
}

// Which types are eligible changes with Okta's releases; here whatever has the form of an event type is.
function readEvents(value: unknown): Pick<HookDraft, "events" | "filters"> {
  const given = members(value, "events");
  exactly(given["type"], "EVENT_TYPE", "events.type");
  const events = list(given["items"], "events.items").map((item) => text(item, "events.items"));
  if (events.length === 0) throw new Fault("events.items", "The field cannot be left blank");
  if (events.length > mostEvents) throw new Fault("events.items", `At most ${mostEvents} event types are allowed`);
  const strange = events.find((event) => !/^[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)+$/.test(event));
  if (strange !== undefined) throw new Fault("events.items", `The event type '${strange}' is not supported`);
  return { events, filters: readFilters(given["filter"], events) };
}

function readDraft(body: Members): HookDraft {
  const name = text(body["name"], "name");
  if (name.length > mostNameCharacters) throw new Fault("name", "The field is too long");
  const description = typeof body["description"] === "string" ? body["description"] : null;
  return { name, description, ...readEvents(body["events"]), channel: readChannel(body["channel"]) };
}

/** Reads the body that creates or replaces a hook. */
export function readHook(body: Members): ReadHook {
  try {
    return { kind: "draft", draft: readDraft(body) };
  } catch (reason) {
    if (reason instanceof Fault) return refuseInvalid(reason.field, reason.message);
    throw reason;
  }
}
