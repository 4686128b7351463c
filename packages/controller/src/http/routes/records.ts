import { Readable } from "node:stream";
import { isFinished, LongarmError, readDuration, recordKinds, type RecordKindName } from "@longarm/shared";
import type { RecordKind } from "@longarm/spoke";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type Static, Type } from "typebox";
import { mayScope } from "../../decide/access.ts";
import type { RunRequest, RunView } from "../../ports/run-service.ts";
import type { Principal } from "../../ports/principal.ts";
import type { KeptRecord, RecordKey } from "../../ports/record-store.ts";
import { refuse } from "../invalid-request.ts";
import { toRfc3339 } from "../moments.ts";
import { assertMaySubmit, assertMayUse, submissionFor } from "../run-access.ts";
import { answers, closed, definitionName, idempotencyHeader } from "../schemas.ts";
import { duration } from "./form-reader.ts";
import { toCsv, toRecordLines } from "./record-export.ts";
import { kindOf, kindParams, readOrder, readRecordFilter, recordParams, RecordsQuery } from "./record-form.ts";
import { ageOf, RecordSchema, viewRecord } from "./record-view.ts";
import type { Routes } from "./route.ts";
import { readIdempotencyKey } from "./run-form.ts";

export { RecordSchema };

const tags = ["records"];
const reads = { scope: "records:read" } as const;
const writes = { scope: "records:write" } as const;
const defaultLimit = 50;
// Whoever looks a record up waits for it; a flow that takes longer goes on as a run.
const longestLookUpMs = 30_000;

function registerKinds({ app, deps }: Routes): void {
  const one = Type.Object({
    kind: Type.Enum([...recordKinds]),
    fields: Type.Array(Type.String(), { description: "What lists filter and sort by." }),
    pull: Type.Union([Type.String(), Type.Null()], { description: "The flow that `fetch` runs; null: objects are looked up one by one." }),
    refresh: Type.String({ description: "The flow that reads one object anew." }),
  });
  const schema = {
    operationId: "listRecordKinds",
    summary: "List of what records are kept",
    tags,
    response: answers({ 200: Type.Object({ kinds: Type.Array(one) }) }),
  };
  app.get("/v1/records", { schema, config: reads }, () => ({
    kinds: deps.records.kinds.map(({ kind, fields, pull = null, refresh }) => ({
      ...{ kind, pull, refresh: refresh.flow },
      fields: fields.map(({ name }) => name),
    })),
  }));
}

function registerList({ app, deps }: Routes): void {
  const rows = Type.Object({
    records: Type.Array(Type.Ref("Record")),
    nextCursor: Type.Union([Type.String(), Type.Null()]),
    asOf: Type.Union([Type.String(), Type.Null()], { description: "When the newest change was stored that the list knows; null: none." }),
  });
  const streamed = { "application/x-ndjson": { schema: Type.Ref("Record") }, "text/csv": { schema: Type.String() } };
  const schema = {
    ...{ operationId: "listRecords", summary: "List or export records", tags, params: kindParams, querystring: RecordsQuery },
    response: {
      ...answers({}),
      200: { description: "A page, or all of it as NDJSON or CSV.", content: { "application/json": { schema: rows }, ...streamed } },
    },
  };
  app.get("/v1/records/:kind", { schema, config: reads }, (request, reply) => {
    const kind = kindOf(deps.records.kinds, request.params.kind);
    const { format = "json", limit = defaultLimit, cursor, connection } = request.query;
    if (connection !== undefined) assertMayUse(request.principal, connection);
    const filter = readRecordFilter(kind, request.query, request.principal);
    const order = readOrder(kind, request.query);
    const { history } = deps.records;
    const nowMs = deps.clock.nowMs();
    if (format !== "json") return sendExport({ request, reply }, format, { history, kind, filter, order, nowMs });
    const page = history.list(kind.kind, filter, { ...order, limit, ...(cursor !== undefined && { cursor }) });
    const asOf = page.asOf === 0 ? null : toRfc3339(page.asOf);
    return { records: page.records.map((record) => viewRecord(record, nowMs)), nextCursor: page.nextCursor, asOf };
  });
}

interface Exchange {
  readonly request: Pick<FastifyRequest, "method">;
  readonly reply: FastifyReply;
}

function sendExport({ request, reply }: Exchange, format: "ndjson" | "csv", wish: Parameters<typeof toCsv>[0]): FastifyReply {
  const file = `${wish.kind.kind}.${format}`;
  const type = format === "csv" ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson; charset=utf-8";
  void reply.type(type).header("content-disposition", `attachment; filename="${file}"`);
  if (request.method === "HEAD") return reply.send("");
  return reply.send(Readable.from(format === "csv" ? toCsv(wish) : toRecordLines(wish), { objectMode: false }));
}

const FetchForm = closed({
  connection: Type.Optional(definitionName),
  mode: Type.Optional(
    Type.Enum(["full", "changes"], {
      description: "`full` lists everything and marks what is gone; `changes` reads what is new. Default: full.",
    }),
  ),
  maxDeleted: Type.Optional(
    Type.Integer({ minimum: 0, description: "How many records it may mark; default: a fifth of the living, ten at least." }),
  ),
});

function registerFetch({ app, deps }: Routes): void {
  const schema = {
    ...{ operationId: "fetchRecords", summary: "Read the records of a connection anew", tags, params: kindParams },
    description: "Submits a run of the kind's flow; see there how far it is.",
    headers: Type.Object(idempotencyHeader),
    body: FetchForm,
    response: answers({ 202: Type.Ref("Run") }),
  };
  app.post("/v1/records/:kind/fetch", { schema, config: writes }, async (request, reply) => {
    assertMaySubmit(request.principal, "lets records be fetched");
    const { pull, kind } = kindOf(deps.records.kinds, request.params.kind);
    if (pull === undefined)
      refuse("query", "/kind", `is ${kind}, which are looked up one by one: GET /v1/records/${kind}/{connection}/{id}?maxAge=0s`);
    const { connection, mode = "full", maxDeleted } = request.body;
    const input = { mode, ...(maxDeleted !== undefined && { maxDeleted }) };
    const key = readIdempotencyKey(request.headers["idempotency-key"]);
    const asked: RunRequest = {
      ...{ action: pull, input, lane: "standard", principal: request.principal.name },
      // Two at once would read the same twice.
      terms: { concurrencyKey: `records ${kind}`, concurrencyLimit: 1 },
      ...(connection !== undefined && { connection }),
      ...(key !== undefined && { idempotencyKey: key }),
    };
    const run = await submit({ deps }, request.principal, asked);
    return reply.code(202).header("location", `/v1/runs/${run.id}`).send(run);
  });
}

async function submit({ deps }: Pick<Routes, "deps">, principal: Principal, asked: RunRequest): Promise<RunView> {
  const at = { connections: deps.connections, syncs: deps.syncs.definitions, isLaneNamed: false };
  return (await deps.runs.submit(await submissionFor(principal, asked, at))).run;
}

type Wanted = Static<typeof recordParams> & { readonly kind: RecordKindName };

/** The record under an id, else the only one that bears this first field; of two, one that is not gone. Throws `name_ambiguous`. */
async function find({ deps }: Pick<Routes, "deps">, kind: RecordKind, { connection, id }: Wanted): Promise<KeptRecord | undefined> {
  const { store, history } = deps.records;
  const own = /^[A-Za-z0-9_-]{1,100}$/.test(id) ? await store.read({ kind: kind.kind, connection, id }) : undefined;
  if (own) return own;
  const named = history.list(kind.kind, { connection, fields: { [kind.fields[0].name]: [id] } }, { sort: "deletedAt", limit: 2 }).records;
  if (named[1]?.deletedAt === null)
    throw new LongarmError("name_ambiguous", `Several ${kind.kind} are called "${id}"; name one by its id.`, {
      details: { ids: named.map((one) => one.id) },
    });
  const [found] = named;
  // The view may lag behind: what is shown is what is kept.
  return found && store.read(keyOf(found));
}

function keyOf({ kind, connection, id }: RecordKey): RecordKey {
  return { kind, connection, id };
}

/** Reads the object anew, by a run. Throws what the run failed with. */
async function lookUp(
  routes: Routes,
  kind: RecordKind,
  at: { readonly wanted: Wanted; readonly principal: Principal; readonly reply: FastifyReply },
) {
  const { flow, member } = kind.refresh;
  const { connection, id } = at.wanted;
  const input = { [member]: id, source: "live" };
  const asked: RunRequest = { action: flow, connection, input, lane: "interactive", principal: at.principal.name };
  const submitted = await submit(routes, at.principal, asked);
  const run = await routes.deps.runs.wait(submitted, routes.ending.of(at.reply, longestLookUpMs));
  if (run.error) throw LongarmError.fromBody(run.error);
  return run;
}

function assertMayLookUp(principal: Principal): void {
  if (!mayScope(principal, "records:write"))
    throw new LongarmError("forbidden", `"${principal.name}" lacks the scope records:write, which whoever gives a maxAge needs.`);
  assertMaySubmit(principal, "gives a maxAge");
}

function registerOne(routes: Routes): void {
  const { app, deps } = routes;
  const schema = {
    ...{ operationId: "getRecord", summary: "Show a record", tags, params: recordParams },
    description:
      "With `maxAge` a record that was last seen longer ago is read anew first, by a run in the lane `interactive`: that needs the scopes `records:write` and `runs:submit`. When the run takes longer than 30 seconds, it is answered instead.",
    querystring: closed({ maxAge: Type.Optional(duration("How old what is answered may be")) }),
    response: answers({ 200: Type.Ref("Record"), 202: Type.Ref("Run", { description: "The object is still being read." }) }),
  };
  // A HEAD would start what it does not show.
  app.get("/v1/records/:kind/:connection/:id", { schema, config: reads, exposeHeadRoute: false }, async (request, reply) => {
    const { params: wanted, principal } = request;
    assertMayUse(principal, wanted.connection);
    const kind = kindOf(deps.records.kinds, wanted.kind);
    const maxAgeMs = readMaxAge(request.query.maxAge);
    if (maxAgeMs !== undefined) assertMayLookUp(principal);
    let found = await find(routes, kind, wanted);
    if (maxAgeMs !== undefined && (!found || ageOf(found, deps.clock.nowMs()) > maxAgeMs)) {
      const run = await lookUp(routes, kind, { wanted: { ...wanted, id: found?.id ?? wanted.id }, principal, reply });
      if (!isFinished(run.status)) return reply.code(202).header("location", `/v1/runs/${run.id}`).send(run);
      const { id } = run.output as { readonly id: string };
      found = await deps.records.store.read({ kind: kind.kind, connection: wanted.connection, id });
    }
    if (!found)
      throw new LongarmError(
        "unknown_record",
        `No record of ${kind.kind} of ${wanted.connection} is kept as "${wanted.id}"; ${adviceFor(kind)}.`,
      );
    const view = viewRecord(found, deps.clock.nowMs());
    return reply.header("age", String(Math.floor(view.ageMs / 1_000))).send(view);
  });
}

function readMaxAge(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return readDuration(text) ?? refuse("query", "/maxAge", "must be a duration such as 60s");
}

function adviceFor({ pull, kind }: RecordKind): string {
  return pull === undefined ? "give a maxAge to look it up" : `give a maxAge to look it up, or fetch all ${kind}`;
}

/** `/v1/records` and what hangs below it. */
export function registerRecords(routes: Routes): void {
  registerKinds(routes);
  registerList(routes);
  registerFetch(routes);
  registerOne(routes);
}
