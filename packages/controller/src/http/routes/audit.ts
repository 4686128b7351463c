import { Readable } from "node:stream";
import { Type, type Static } from "typebox";
import type { AuditEntry, AuditQuery } from "../../ports/audit.ts";
import { refuse } from "../invalid-request.ts";
import { parsePast, toRfc3339 } from "../moments.ts";
import { toNdjson } from "../ndjson.ts";
import { answers, closed, paging } from "../schemas.ts";
import type { Routes } from "./route.ts";

const tags = ["audit"];
const config = { scope: "audit:read" } as const;
const filter = (description: string) => Type.Optional(Type.String({ minLength: 1, maxLength: 200, description }));
const Query = closed({
  since: filter("RFC 3339, or how long ago (`1h`)."),
  until: filter("RFC 3339, or how long ago."),
  principal: filter("Whose acts."),
  what: filter("Which operation, as this description names it; `remove*` for all that begin so."),
  on: filter("Acts on the thing of this name or id."),
  ...paging,
});

const Act = Type.Object({
  chain: Type.String({ description: "The controller that wrote it down." }),
  number: Type.Integer({ description: "Its place in that chain." }),
  at: Type.String({ format: "date-time" }),
  principal: Type.String({ description: "Empty: nobody who is known." }),
  what: Type.String(),
  on: Type.Array(Type.String()),
  details: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]),
});

const defaultLimit = 50;

function view({ record: { controller, number, timeMs, body } }: AuditEntry): Static<typeof Act> {
  const { principal, what, on, details = null } = body;
  return { chain: controller, number, at: toRfc3339(timeMs), principal, what, on: [...on], details };
}

function toQuery({ since, until, limit, cursor, ...plain }: Static<typeof Query>, nowMs: number): AuditQuery {
  if (cursor !== undefined && !/^\d{1,15}$/.test(cursor)) refuse("query", "/cursor", "is none that this route has given");
  return {
    ...plain,
    limit: limit ?? defaultLimit,
    ...(since !== undefined && { sinceMs: parsePast("since", since, nowMs) }),
    ...(until !== undefined && { untilMs: parsePast("until", until, nowMs) }),
    ...(cursor !== undefined && { before: Number(cursor) }),
  };
}

/** `/v1/audit`: who did what, and all that it takes to see that nobody has changed it since. */
export function registerAudit({ app, deps, ending }: Routes): void {
  const { log } = deps.audit;
  const list = {
    operationId: "listAudit",
    summary: "List administrative acts, approvals and denials, newest first",
    tags,
    querystring: Query,
    response: answers({ 200: Type.Object({ acts: Type.Array(Act), nextCursor: Type.Union([Type.String(), Type.Null()]) }) }),
  };
  app.get("/v1/audit", { schema: list, config }, async ({ query }) => {
    const { entries, next } = await log.list(toQuery(query, deps.clock.nowMs()));
    return { acts: entries.map(view), nextCursor: next === undefined ? null : String(next) };
  });

  const everything = {
    operationId: "exportAudit",
    summary: "The whole audit as NDJSON, with the hash of each stored message of a run",
    description:
      "What `longarm audit verify` reads; it needs no key but the installation's fingerprint. A body that ends without its last chunk did not arrive whole.",
    tags,
    response: { ...answers({}), 200: { description: "One item a line.", content: { "application/x-ndjson": { schema: Type.Unknown() } } } },
  };
  app.get("/v1/audit/export", { schema: everything, config, exposeHeadRoute: false }, async (_request, reply) => {
    void reply.type("application/x-ndjson; charset=utf-8");
    return reply.send(Readable.from(toNdjson(log.export(ending.of(reply))), { objectMode: false }));
  });
}
