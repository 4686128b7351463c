import { type Lane, lanes, type RunStatus, runStatuses } from "@longarm/shared";
import { compileShortForm } from "@longarm/shared/selector";
import { Type, type Static } from "typebox";
import type { RunFilter } from "../../ports/run-history.ts";
import type { RunRequest } from "../../ports/run-service.ts";
import { refuse } from "../invalid-request.ts";
import { parseDeadline, parsePast } from "../moments.ts";
import { closed, paging } from "../schemas.ts";
import { readTerms, termsMembers } from "./terms-form.ts";

const shortForm = Type.Record(Type.String(), Type.Unknown());

/** A selector as it may be written: CEL, or a short form. */
export const SelectorForm = Type.Union([Type.String({ minLength: 1, maxLength: 8_192 }), shortForm], {
  description: "CEL over labels and facts, or a short form: an object with agent, pool, capabilities, attributes or ipRange.",
  examples: ["labels.site == 'hq'"],
});

export const RunBody = closed(
  {
    action: Type.String({ minLength: 1, maxLength: 128, description: "The name of an action or a stream." }),
    connection: Type.Optional(
      Type.String({ minLength: 1, maxLength: 64, description: "May be left away while exactly one connection is defined." }),
    ),
    input: Type.Optional(Type.Unknown({ description: "As the action's own input schema says; absent: an empty object." })),
    lane: Type.Optional(Type.Enum([...lanes], { description: "Who goes first; `standard` unless told." })),
    deadline: Type.Optional(Type.String({ minLength: 1, maxLength: 40, description: "RFC 3339, or a duration such as `10m`." })),
    ...termsMembers,
    dryRun: Type.Optional(
      Type.Boolean({
        description: "Change nothing: the output tells the calls that would be sent, and the difference from the org's state.",
      }),
    ),
    on: Type.Optional({
      ...SelectorForm,
      description: "`local`, or a selector in any of its forms. It may only narrow the connection's placement.",
    }),
  },
  { examples: [{ action: "okta.user.get", connection: "acme", input: { user: "ada@example.com" }, on: "labels.site == 'hq'" }] },
);

export const RunQuery = closed({
  ...paging,
  status: Type.Optional(
    Type.String({ description: `One or several of ${runStatuses.join(", ")}, joined by commas.`, examples: ["running,waiting"] }),
  ),
  waitingFor: Type.Optional(Type.String({ maxLength: 64, description: "Runs that wait for this reason.", examples: ["approval"] })),
  action: Type.Optional(Type.String({ description: "The name of an action." })),
  connection: Type.Optional(Type.String({ description: "The name of a connection." })),
  schedule: Type.Optional(Type.String({ maxLength: 128, description: "The name of a schedule that had the run started." })),
  lane: Type.Optional(Type.Enum([...lanes])),
  agent: Type.Optional(Type.String({ description: "Id or name of an agent that carried a call." })),
  since: Type.Optional(Type.String({ description: "RFC 3339, or how long ago (`1h`)." })),
  until: Type.Optional(Type.String({ description: "RFC 3339, or how long ago (`1h`)." })),
  q: Type.Optional(Type.String({ maxLength: 200, description: "Free text over id, action, connection and error code." })),
});

const longestKey = 255;

function problemOfKey(key: string): string | undefined {
  if (key === "") return "must not be empty; leave the header away to send none";
  if (key.length > longestKey) return `must have at most ${longestKey} characters; it has ${key.length}`;
  return /^[!-~]+$/.test(key) ? undefined : "must be visible ASCII characters without spaces, and be sent once";
}

/** The `Idempotency-Key` header. One that is empty, too long or no plain text is refused, as if it were none it would protect nobody. */
export function readIdempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const key = [header].flat().join(", ");
  const problem = problemOfKey(key);
  return problem === undefined ? key : refuse("headers", "/idempotency-key", problem);
}

const waitPreference = /(?:^|[,;])\s*wait\s*=\s*"?(\d+)"?\s*(?=$|[,;])/i;
const longestWaitSeconds = 600;

/** The seconds of `Prefer: wait=…` (RFC 7240), 600 at most. A preference that does not parse is ignored, as the RFC asks. */
export function readWaitSeconds(header: string | string[] | undefined): number | undefined {
  const match = waitPreference.exec([header].flat().join(","));
  return match ? Math.min(Number(match[1]), longestWaitSeconds) : undefined;
}

const lanePreference = /(?:^|[,;])\s*lane\s*=\s*"?([a-z]{1,20})"?\s*(?=$|[,;])/i;

/** The lane of `Prefer: lane=…`: the way of a client that implies it from its caller's waiting. One that there is not is ignored. */
export function readPreferredLane(header: string | string[] | undefined): Lane | undefined {
  const name = lanePreference.exec([header].flat().join(","))?.[1]?.toLowerCase();
  return lanes.find((lane) => lane === name);
}

/** `local`, or the CEL of a selector. */
export function compileOn(on: Static<typeof SelectorForm>): string {
  return on === "local" ? on : compileShortForm(on);
}

/** The submission that a body and its headers ask for. */
export function toRunRequest(
  body: Static<typeof RunBody>,
  from: { key: string | undefined; preferredLane: Lane | undefined; principal: string; nowMs: number },
): RunRequest {
  return {
    action: body.action,
    ...(body.connection !== undefined && { connection: body.connection }),
    input: body.input === undefined ? {} : body.input,
    lane: body.lane ?? "standard",
    ...(body.lane === undefined && from.preferredLane !== undefined && { preferredLane: from.preferredLane }),
    ...(body.deadline !== undefined && { deadline: { text: body.deadline, atMs: parseDeadline(body.deadline, from.nowMs) } }),
    ...(body.dryRun !== undefined && { dryRun: body.dryRun }),
    ...(body.on !== undefined && { on: compileOn(body.on) }),
    ...readTerms(body),
    ...(from.key !== undefined && { idempotencyKey: from.key }),
    principal: from.principal,
  };
}

function readStatuses(text: string): RunStatus[] {
  return text.split(",").map((part) => {
    const found = runStatuses.find((status) => status === part.trim());
    if (found) return found;
    return refuse("query", "/status", `must name statuses of ${runStatuses.join(", ")}, joined by commas`);
  });
}

/** The filter that a query asks for. */
export function toRunFilter(query: Static<typeof RunQuery>, nowMs: number): RunFilter {
  const { status, since, until, limit: _limit, cursor: _cursor, ...plain } = query;
  return {
    ...plain,
    ...(status !== undefined && { status: readStatuses(status) }),
    ...(since !== undefined && { since: parsePast("since", since, nowMs) }),
    ...(until !== undefined && { until: parsePast("until", until, nowMs) }),
  };
}
