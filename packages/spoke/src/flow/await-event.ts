import { eventLimits, eventSources, LongarmError, readDuration, type EventSource, type StoredEvent } from "@longarm/shared";
import { expressionProblem, parseExpression } from "@longarm/shared/selector";

/** A length of time, or until when: milliseconds, a duration (`90s`, `30d`), a Date, or RFC 3339. */
export type FlowTime = number | string | { readonly until: Date | string };

/** Which event of a type is waited for, and for how long. */
export interface EventWish {
  /** A condition in CEL over `event` (`id`, `source`, `type`, `subject`, `data`, `by`, `behind`, `connection`) and `values`; where it has no value it does not hold. */
  readonly where?: string;
  /** What `where` reads as `values`: JSON. What comes from outside belongs here, not into the text of the condition. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** What the event is about. */
  readonly subject?: string;
  /** Who brings it; unless told, a hook where the type begins with `okta.`, a flow with `flow.`, else whoever posts it. */
  readonly source?: EventSource;
  /** Absent: for as long as the run may take. */
  readonly timeout?: FlowTime;
  /** Of events that happen in an org: in the one of this connection, unless told in that of the flow's own. */
  readonly connection?: string;
}

/** An event as a flow is given it. */
export interface FlowEvent {
  readonly id: string;
  readonly source: EventSource;
  readonly type: string;
  readonly subject: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- whoever posts it decides what it holds
  readonly data: any;
  /** The principal that posted it, or that lies behind it first; null: nobody that is known. */
  readonly by: string | null;
  /** All principals that had a hand in it; none of them may approve what the flow starts from then on. */
  readonly behind: readonly string[];
  /** In whose org it happened; null: in none that is known. */
  readonly connection: string | null;
  /** RFC 3339. */
  readonly receivedAt: string;
}

/** A length of time in milliseconds, or a time as RFC 3339. */
export type WrittenTime = { readonly ms: number } | { readonly until: string };

/** A wish as the log keeps it. */
export interface EventInput extends Pick<EventWish, "where" | "values" | "subject"> {
  readonly source: EventSource;
  readonly timeout?: WrittenTime;
}

const typePattern = /^[A-Za-z0-9*][A-Za-z0-9._*-]*$/;
const conditionMembers = ["id", "source", "type", "subject", "data", "by", "behind", "connection"];
const wishes = ["where", "values", "subject", "source", "timeout", "connection"];

/** Throws `invalid_request` for what is neither a length nor a point of time. */
export function writtenTime(time: FlowTime, asker: string): WrittenTime {
  if (typeof time === "object") {
    const until = new Date(time.until);
    if (!Number.isNaN(until.getTime())) return { until: until.toISOString() };
  } else {
    const ms = typeof time === "number" ? time : readDuration(time);
    if (ms !== undefined && Number.isFinite(ms) && ms >= 0) return { ms };
  }
  throw new LongarmError(
    "invalid_request",
    `${asker} was given ${JSON.stringify(time)}; it takes milliseconds, a duration such as "30d", or {until: time}.`,
  );
}

/** Reads a wish for an event of this type. Throws `invalid_request` that names what is wrong with which part. */
export function eventInput(type: string, wish: EventWish): EventInput {
  if (typeof type !== "string" || type.length > eventLimits.typeLength || !typePattern.test(type) || /^\*+$/.test(type))
    throw wrong(`the type ${JSON.stringify(type)}; a type is letters, digits, ".", "_" and "-", such as "user.approved", "*" for anything`);
  const unknown = Object.keys(wish).find((name) => !wishes.includes(name));
  if (unknown !== undefined) throw wrong(`${JSON.stringify(unknown)}, which it does not know; it knows ${wishes.join(", ")}`);
  const { where, values, subject, source = sourceOf(type), timeout } = wish;
  if (!eventSources.includes(source)) throw wrong(`the source ${JSON.stringify(source)}; there are ${eventSources.join(", ")}`);
  if (subject !== undefined && typeof subject !== "string") throw wrong(`the subject ${JSON.stringify(subject)}, which must be a text`);
  const input: EventInput = {
    source,
    ...(where !== undefined && { where }),
    ...(values && { values }),
    ...(subject !== undefined && { subject }),
    ...(timeout !== undefined && { timeout: writtenTime(timeout, "The timeout of ctx.waitForEvent") }),
  };
  conditionOf(input);
  return input;
}

function wrong(what: string): LongarmError {
  return new LongarmError("invalid_request", `ctx.waitForEvent was given ${what}.`);
}

/** Who brings events of this type, unless somebody says otherwise. */
export function sourceOf(type: string): EventSource {
  if (type.startsWith("okta.")) return "hook";
  return type.startsWith("flow.") ? "flow" : "event";
}

function conditionOf({ where, values = {} }: Pick<EventInput, "where" | "values">): (event: StoredEvent) => boolean {
  if (where === undefined) return () => true;
  const variables = { event: conditionMembers, values: Object.keys(values) };
  try {
    const expression = parseExpression(where, variables);
    return (event) => {
      const { receivedAt: _at, ...members } = flowEvent(event);
      const result = expression.evaluate({ event: members, values });
      return "value" in result && result.value === true;
    };
  } catch (reason) {
    throw wrong(`a \`where\` that is no condition: ${expressionProblem(reason)}`);
  }
}

/**
 * Tells whether an event is one that the input wishes, of whatever type: it is of the source, about the subject, happened in no other org than
 * the connection's, and the condition holds. Throws `invalid_request` for an input that `eventInput` would not have made.
 */
export function eventTest(input: EventInput, connection: string): (event: StoredEvent) => boolean {
  const holds = conditionOf(input);
  return (event) =>
    event.source === input.source &&
    (input.subject === undefined || event.subject === input.subject) &&
    (event.connection === undefined || event.connection === connection) &&
    holds(event);
}

/** An event as a flow is given it. */
export function flowEvent({ id, source, type, subject, data, behind = [], connection, receivedAtMs }: StoredEvent): FlowEvent {
  const place = { by: behind[0] ?? null, behind, connection: connection ?? null };
  return { id, source, type, subject, data, ...place, receivedAt: new Date(receivedAtMs).toISOString() };
}
