import { LongarmError } from "@longarm/shared";
import { Type } from "typebox";
import { mayScope } from "../../decide/access.ts";
import type { Connection } from "../../ports/connection-store.ts";
import type { Principal } from "../../ports/principal.ts";
import { budgetTermsOf } from "../../decide/budget/terms.ts";
import { assertMayChangeApproval } from "./approval-form.ts";
import { BudgetSchema } from "./budget-form.ts";
import { refuse } from "../invalid-request.ts";
import { answers, closed, ExecutorSchema, nameParams } from "../schemas.ts";
import { ConnectionForm, readConnection, viewConnection } from "./connection-form.ts";
import { assertMayUse } from "../run-access.ts";
import { type DefinitionKind, existing, registerDefinitions, sendStored } from "./definition-routes.ts";
import { readExpectedSequence, revisionHeaders } from "./revision.ts";
import type { Routes } from "./route.ts";
import { compileOn, SelectorForm } from "./run-form.ts";

const tags = ["connections"];
const shown = Type.Ref("Connection");
const words = Type.Array(Type.String());
const verdict = Type.Object({
  ok: Type.Boolean(),
  connection: Type.String(),
  executor: Type.Union([ExecutorSchema, Type.Null()]),
  why: Type.Union([Type.String(), Type.Null()]),
  method: Type.String(),
  path: Type.String(),
  status: Type.Union([Type.Integer(), Type.Null()]),
  queuedMs: Type.Number(),
  sentMs: Type.Union([Type.Number(), Type.Null()]),
  oktaRequestId: Type.Union([Type.String(), Type.Null()]),
  org: Type.Union([Type.Object({ id: Type.String(), url: Type.Union([Type.String(), Type.Null()]) }), Type.Null()]),
  principal: Type.Union([
    Type.Object({ kind: Type.Enum(["user", "app"]), id: Type.String(), name: Type.Union([Type.String(), Type.Null()]) }),
    Type.Null(),
  ]),
  scopes: Type.Union([Type.Object({ granted: words, needed: words, missing: words }), Type.Null()], {
    description: "Of an OAuth credential: what its token grants, what the actions need, and what of that it lacks.",
  }),
  clockAheadMs: Type.Union([Type.Integer(), Type.Null()], {
    description: "How far the executor's clock is ahead of the target's; 0 for less than a second.",
  }),
  error: Type.Unknown(),
});

function kindOf({ deps }: Routes): DefinitionKind<Connection> {
  const checkRemoval = async (name: string, principal: Principal): Promise<void> => {
    assertMayChangeApproval(principal, (await deps.connections.get(name))?.value, undefined);
    // Its secret would let in whatever org the next connection of this name stands for.
    if (await deps.webhooks.definitions.get(name))
      throw new LongarmError("invalid_state", `The connection "${name}" has a hook; remove that first with \`longarm hooks rm ${name}\`.`);
  };
  return { kind: "connection", store: deps.connections, shown, view: viewConnection, checkRemoval };
}

/** Throws where the connection's credential does not exist, or is one that its calls could never use where they are made. */
async function checkCredential({ deps }: Routes, { credential, placement }: Connection): Promise<void> {
  if (credential === undefined) return;
  const { value } = await existing({ kind: "credential", store: deps.credentials }, credential);
  if (value.scheme !== "reference" || placement.on !== "local") return;
  const problem = `must be "agent" or "either" (\`local\` unless told): the credential "${credential}" is a reference, which only agents resolve`;
  refuse("body", "/placement/on", problem);
}

function registerPut(routes: Routes): void {
  const { app, deps } = routes;
  const schema = {
    operationId: "putConnection",
    summary: "Define a connection",
    description: "Replaces it whole.",
    tags,
    params: nameParams,
    headers: revisionHeaders,
    body: ConnectionForm,
    response: answers({ 200: shown, 201: shown }),
  };
  app.put("/v1/connections/:name", { schema, config: { scope: "connections:write" } }, async (request, reply) => {
    const { name } = request.params;
    assertMayUse(request.principal, name);
    const connection = readConnection(name, request.body);
    if (connection.credential !== undefined) assertMayUse(request.principal, connection.credential, "credential");
    await checkCredential(routes, connection);
    const before = await deps.connections.get(name);
    assertMayChangeApproval(request.principal, before?.value, connection);
    // Who may not change the rule changes only what was looked at: another controller may have set one a moment ago.
    const isBound = !mayScope(request.principal, "runs:approve");
    const expected = readExpectedSequence(request.headers) ?? (isBound ? (before?.sequence ?? 0) : undefined);
    const stored = await deps.connections.put(name, connection, expected);
    return sendStored(reply, kindOf(routes), stored);
  });
}

function registerTest(routes: Routes): void {
  const { app, deps, ending } = routes;
  const body = Type.Optional(closed({ on: Type.Optional(SelectorForm) }));
  const schema = {
    operationId: "testConnection",
    summary: "Make a real call by the way a run would take",
    description: "Answers 200 whatever came of the call; `ok` tells.",
    tags,
    params: nameParams,
    body: Type.Union([body, Type.Null()]),
    response: answers({ 200: verdict }),
  };
  app.post("/v1/connections/:name/test", { schema, config: { scope: "connections:read" } }, async (request, reply) => {
    assertMayUse(request.principal, request.params.name);
    const { value } = await existing(kindOf(routes), request.params.name);
    const on = request.body?.on;
    return deps.testConnection(value.name, on === undefined ? undefined : compileOn(on), ending.of(reply));
  });
}

function registerBudget(routes: Routes): void {
  const { app, deps } = routes;
  const schema = {
    operationId: "getConnectionBudget",
    summary: "See what its target's limits leave",
    description: "As this controller knows it: by the target's answers, its own open requests and what the other controllers tell.",
    tags,
    params: nameParams,
    response: answers({ 200: BudgetSchema }),
  };
  app.get("/v1/connections/:name/budget", { schema, config: { scope: "connections:read" } }, async (request) => {
    assertMayUse(request.principal, request.params.name);
    const { value } = await existing(kindOf(routes), request.params.name);
    return deps.budgets.view({ baseUrl: value.baseUrl, terms: budgetTermsOf(value.budget) });
  });
}

/** `/v1/connections` and what hangs below it. */
export function registerConnections(routes: Routes): void {
  registerDefinitions(routes.app, kindOf(routes));
  registerPut(routes);
  registerTest(routes);
  registerBudget(routes);
}
