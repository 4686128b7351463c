import { Readable } from "node:stream";
import { isFinished, parseId, type RunId } from "@longarm/shared";
import type { FastifyReply } from "fastify";
import { Type } from "typebox";
import type { Principal } from "../../ports/principal.ts";
import type { RunView } from "../../ports/run-service.ts";
import { viewRow } from "../../run/view/view-row.ts";
import { refuse } from "../invalid-request.ts";
import { toRfc3339 } from "../moments.ts";
import { toNdjson } from "../ndjson.ts";
import { answers, closed, idempotencyHeader, paging, preferHeader, runParams } from "../schemas.ts";
import { assertMaySee, assertMaySeeId, assertMayTake, seenBy, submissionFor, submitterOf } from "../run-access.ts";
import type { Routes } from "./route.ts";
import { readIdempotencyKey, readPreferredLane, readWaitSeconds, RunBody, RunQuery, toRunFilter, toRunRequest } from "./run-form.ts";

const defaultLimit = 50;
const tags = ["runs"];
const reads = { scope: "runs:read" } as const;
const submits = { scope: "runs:submit" } as const;

/** The run that a path names, if whoever asks may see it. */
function seen({ deps }: Routes, { params, principal }: { params: { id: string }; principal: Principal }): Promise<RunId> {
  return assertMaySeeId(deps.runs, principal, parseId("run", params.id));
}

/** Waits as long as was preferred, and says so. */
async function waitFor(run: RunView, at: { header: string | string[] | undefined; reply: FastifyReply; routes: Routes }): Promise<RunView> {
  const seconds = readWaitSeconds(at.header);
  if (seconds === undefined) return run;
  void at.reply.header("preference-applied", `wait=${seconds}`);
  if (seconds === 0 || isFinished(run.status)) return run;
  return at.routes.deps.runs.wait(run, at.routes.ending.of(at.reply, seconds * 1_000));
}

function registerSubmission(routes: Routes): void {
  const { app, deps } = routes;
  const schema = {
    operationId: "submitRun",
    summary: "Submit a run",
    description: "Stored before it is answered.",
    tags,
    headers: Type.Object({ ...idempotencyHeader, ...preferHeader }),
    body: RunBody,
    response: answers({
      200: Type.Ref("Run", { description: "It has finished." }),
      202: Type.Ref("Run", { description: "It is accepted." }),
    }),
  };
  app.post("/v1/runs", { schema, config: submits }, async (request, reply) => {
    const key = readIdempotencyKey(request.headers["idempotency-key"]);
    const preferredLane = readPreferredLane(request.headers.prefer);
    const { principal } = request;
    const asked = toRunRequest(request.body, { key, preferredLane, principal: principal.name, nowMs: deps.clock.nowMs() });
    const isLaneNamed = request.body.lane !== undefined;
    const { run } = await deps.runs.submit(
      await submissionFor(principal, asked, { connections: deps.connections, syncs: deps.syncs.definitions, isLaneNamed }),
    );
    const seen = await waitFor(run, { header: request.headers.prefer, reply, routes });
    return reply
      .code(isFinished(seen.status) ? 200 : 202)
      .header("location", `/v1/runs/${seen.id}`)
      .send(seen);
  });
}

function registerReads(routes: Routes): void {
  const { app, deps } = routes;
  const list = { operationId: "listRuns", summary: "List runs, newest first", tags, querystring: RunQuery };
  const rows = Type.Object({
    runs: Type.Array(Type.Ref("RunRow")),
    nextCursor: Type.Union([Type.String(), Type.Null()]),
    asOf: Type.String(),
  });
  app.get("/v1/runs", { schema: { ...list, response: answers({ 200: rows }) }, config: reads }, (request) => {
    const { limit = defaultLimit, cursor } = request.query;
    const filter = { ...toRunFilter(request.query, deps.clock.nowMs()), ...seenBy(request.principal) };
    const page = deps.runs.list(filter, { limit, ...(cursor !== undefined && { cursor }) });
    return { runs: page.rows.map(viewRow), nextCursor: page.nextCursor, asOf: toRfc3339(page.asOf) };
  });

  const one = { operationId: "getRun", summary: "Show a run", tags, params: runParams, headers: Type.Object(preferHeader) };
  app.get("/v1/runs/:id", { schema: { ...one, response: answers({ 200: Type.Ref("Run") }) }, config: reads }, async (request, reply) => {
    const run = assertMaySee(request.principal, await deps.runs.get(parseId("run", request.params.id)));
    return waitFor(run, { header: request.headers.prefer, reply, routes });
  });

  const log = { operationId: "getRunLog", summary: "Show the records of a run's log", tags, params: runParams };
  app.get(
    "/v1/runs/:id/log",
    { schema: { ...log, response: answers({ 200: Type.Object({ entries: Type.Array(Type.Ref("LogEntry")) }) }) }, config: reads },
    async (request) => {
      return { entries: await deps.runs.log(await seen(routes, request)) };
    },
  );
}

function readOffset(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (/^\d{1,12}$/.test(cursor)) return Number(cursor);
  refuse("query", "/cursor", "is none that this route has given");
}

function registerCalls(routes: Routes): void {
  const { app, deps } = routes;
  const schema = {
    operationId: "listRunCalls",
    summary: "List a run's calls, first to last",
    tags,
    params: runParams,
    querystring: closed(paging),
  };
  const calls = Type.Object({
    calls: Type.Array(Type.Ref("Call")),
    total: Type.Integer(),
    nextCursor: Type.Union([Type.String(), Type.Null()]),
  });
  app.get("/v1/runs/:id/calls", { schema: { ...schema, response: answers({ 200: calls }) }, config: reads }, async (request) => {
    const { limit = defaultLimit, cursor } = request.query;
    const offset = readOffset(cursor);
    const page = await deps.runs.calls(await seen(routes, request), { limit, offset });
    const next = offset + page.calls.length;
    return { ...page, nextCursor: page.calls.length > 0 && next < page.total ? String(next) : null };
  });
}

function registerItems({ app, deps, ending }: Routes): void {
  const follow = Type.Optional(Type.Boolean({ description: "Go on until the run has finished." }));
  const schema = {
    operationId: "streamRunItems",
    summary: "The items of a stream's run as NDJSON",
    description: "A body that ends without its last chunk did not arrive whole.",
    tags,
    params: runParams,
    querystring: closed({ follow }),
    response: { ...answers({}), 200: { description: "One item a line.", content: { "application/x-ndjson": { schema: Type.Unknown() } } } },
  };
  app.get("/v1/runs/:id/items", { schema, config: reads }, async (request, reply) => {
    const id = parseId("run", request.params.id);
    assertMaySee(request.principal, await deps.runs.get(id));
    void reply.type("application/x-ndjson; charset=utf-8");
    if (request.method === "HEAD") return reply.send("");
    const items = deps.runs.items(id, { follow: request.query.follow ?? false, signal: ending.of(reply) });
    return reply.send(Readable.from(toNdjson(items), { objectMode: false }));
  });
}

function registerCommands(routes: Routes): void {
  const { app, deps } = routes;
  const common = { tags, params: runParams };
  const cancel = { ...common, operationId: "cancelRun", summary: "Ask a run to stop", response: answers({ 202: Type.Ref("Run") }) };
  app.post("/v1/runs/:id/cancel", { schema: cancel, config: submits }, async (request, reply) => {
    return reply.code(202).send(await deps.runs.cancel(await seen(routes, request), request.principal.name));
  });
  const resolve = {
    ...common,
    operationId: "resolveRun",
    summary: "Settle a run that ended outcome_unknown",
    description: "Once, by what a person has seen in the target; the note stays with the run.",
    body: closed(
      { status: Type.Enum(["succeeded", "failed"]), note: Type.String({ minLength: 1, maxLength: 2_000, description: "What was seen." }) },
      { examples: [{ status: "succeeded", note: "The user is there, created at 10:04." }] },
    ),
    response: answers({ 200: Type.Ref("Run") }),
  };
  app.post("/v1/runs/:id/resolve", { schema: resolve, config: submits }, async (request) => {
    const { status, note } = request.body;
    return deps.runs.resolve(await seen(routes, request), { status, note, principal: request.principal.name });
  });
  const retry = {
    ...common,
    operationId: "retryRun",
    summary: "Submit a finished run's request again as a new run",
    response: answers({ 202: Type.Ref("Run") }),
  };
  app.post("/v1/runs/:id/retry", { schema: retry, config: submits }, async (request, reply) => {
    const before = assertMaySee(request.principal, await deps.runs.get(parseId("run", request.params.id)));
    assertMayTake(request.principal, before.lane);
    const run = await deps.runs.retry(before.id, submitterOf(request.principal));
    return reply.code(202).header("location", `/v1/runs/${run.id}`).send(run);
  });
}

function registerSecrets(routes: Routes): void {
  const { app, deps } = routes;
  const secrets = Type.Record(Type.String(), Type.Unknown(), {
    description: "Each by its JSON pointer into the output.",
    examples: [{ "/temporaryPassword": "…" }],
  });
  const schema = {
    operationId: "readRunSecrets",
    summary: "Read a run's secret outputs",
    description:
      "To who submitted the run, once, within 15 minutes after its end. That they were read stands in the run's log before they are answered, so an answer that is lost on its way is lost.",
    tags,
    params: runParams,
    response: answers({ 200: Type.Object({ runId: Type.String(), readAt: Type.String({ format: "date-time" }), secrets }) }),
  };
  // A HEAD would use up what it does not show.
  app.get("/v1/runs/:id/secrets", { schema, config: submits, exposeHeadRoute: false }, async (request) => {
    return deps.runs.secrets(await seen(routes, request), request.principal.name);
  });
}

function registerRemoval(routes: Routes): void {
  const { app, deps } = routes;
  const schema = {
    operationId: "removeRun",
    summary: "Remove a finished run",
    description:
      "Its log, items and bodies are gone at once. Its idempotency key goes on meaning it, for as long as `retention.keys` says.",
    tags,
    params: runParams,
    response: answers({ 204: Type.Null({ description: "It is gone." }) }),
  };
  app.delete("/v1/runs/:id", { schema, config: { scope: "runs:delete" } }, async (request, reply) => {
    await deps.runs.remove(await seen(routes, request), request.principal.name);
    return reply.code(204).send();
  });
}

/** `/v1/runs` and what hangs below it. */
export function registerRuns(routes: Routes): void {
  registerSubmission(routes);
  registerReads(routes);
  registerCalls(routes);
  registerItems(routes);
  registerSecrets(routes);
  registerCommands(routes);
  registerRemoval(routes);
}
