import { expectsKeyword, type PlacedFault } from "@longarm/shared/schema";
import { invalidInput, pageSizeOf, stream, streamMembers } from "@longarm/spoke";
import Type, { type Static } from "typebox";
import { docsOf } from "../docs-link.ts";
import { closed, membersOf, nullable, profileSchema, readList, unexpected, text, record } from "../schemas.ts";

const name = "okta.log.stream";
/** How long to wait behind an empty page of a log that is followed: a tenth of what the endpoint's limit allows. */
const pollMs = 5_000;
const sizes = { usual: 1_000, max: 1_000 };

const moment = Type.String({
  pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?(Z|[+-]\\d{2}:\\d{2})$",
  [expectsKeyword]: "a moment, e.g. 2026-01-31T08:00:00Z",
});

const part = nullable(profileSchema);

const item = closed({
  uuid: Type.String(),
  published: nullable(Type.String()),
  eventType: nullable(Type.String()),
  displayMessage: nullable(Type.String()),
  severity: nullable(Type.String()),
  outcome: part,
  actor: part,
  target: Type.Array(profileSchema),
  client: part,
  device: part,
  request: part,
  transaction: part,
  authenticationContext: part,
  securityContext: part,
  debugContext: part,
  version: nullable(Type.String()),
  legacyEventType: nullable(Type.String()),
});

const input = closed({
  since: Type.Optional(Type.String({ ...moment, description: "Absent: seven days before `until`." })),
  until: Type.Optional(Type.String({ ...moment, description: "Absent: the moment of the submission." })),
  filter: Type.Optional(Type.String({ minLength: 1, maxLength: 4000, description: 'Such as eventType eq "user.lifecycle.create".' })),
  q: Type.Optional(Type.String({ minLength: 1, maxLength: 409, description: "At most ten keywords of at most 40 characters." })),
  follow: Type.Boolean({ default: false, description: "Goes on with what is logged later, until it is cancelled or has `maxItems`." }),
  ...streamMembers,
});

type Input = Static<typeof input>;

/**
 * Row "Look up Okta Logs Stream". With an end the log is a finite list in the order of `published`, in which an event that is written
 * late can be missing; followed, it is read in the order of writing, and no event is missed.
 */
export const streamLogs = stream({
  name,
  title: "Look up Okta Logs Stream",
  summary: "Yields the events of the org's system log between two moments, or goes on with those that come.",
  category: "Logs",
  docs: docsOf("SystemLog", "listLogEvents"),
  version: 1,
  scopes: ["okta.logs.read"],
  input,
  item,
  examples: [
    { title: "The last seven days", input: { follow: false } },
    { title: "New users as they come", input: { filter: 'eventType eq "user.lifecycle.create"', follow: true, maxItems: 1 } },
  ],
  // Without an end Okta goes on giving links for ever: the run's own beginning is the end that stays the same on every replay.
  prepare: async ({ submittedAt }, wish) =>
    wish.follow || wish.until !== undefined ? wish : { ...wish, until: new Date(submittedAt).toISOString() },
  start(wish) {
    checkTogether(wish);
    const { since, until, filter, q, follow } = wish;
    const query = { since, until, filter, q, sortOrder: "ASCENDING", limit: pageSizeOf(wish, sizes) };
    return { method: "GET", path: ["api", "v1", "logs"], query, ...(follow && { pollMs }) };
  },
  page: (response) => ({ items: readList(response.body).map(readEvent) }),
  identify: (event) => event.uuid,
  limit: (wish) => wish.maxItems,
});

function checkTogether({ until, since, follow }: Input): void {
  const fault = (pointer: string, problem: string): readonly PlacedFault[] => [{ in: "input", pointer, problem }];
  if (follow && until !== undefined) throw invalidInput(name, fault("/until", "is only allowed without follow, which has no end"));
  if (since !== undefined && until !== undefined && Date.parse(since) > Date.parse(until))
    throw invalidInput(name, fault("/since", "is after until"));
}

function readEvent(value: unknown): Static<typeof item> {
  const event = membersOf(value);
  const uuid = text(event["uuid"]);
  if (uuid === null) throw unexpected("log event");
  const targets: readonly unknown[] = Array.isArray(event["target"]) ? event["target"] : [];
  return {
    uuid,
    published: text(event["published"]),
    eventType: text(event["eventType"]),
    displayMessage: text(event["displayMessage"]),
    severity: text(event["severity"]),
    outcome: record(event["outcome"]),
    actor: record(event["actor"]),
    target: targets.map(record).filter((target) => target !== null),
    client: record(event["client"]),
    device: record(event["device"]),
    request: record(event["request"]),
    transaction: record(event["transaction"]),
    authenticationContext: record(event["authenticationContext"]),
    securityContext: record(event["securityContext"]),
    debugContext: record(event["debugContext"]),
    version: text(event["version"]),
    legacyEventType: text(event["legacyEventType"]),
  };
}
