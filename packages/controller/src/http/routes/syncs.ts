import { LongarmError } from "@longarm/shared";
import { Type } from "typebox";
import type { Revised } from "../../ports/connection-store.ts";
import type { SyncDefinition } from "@longarm/spoke";
import { mayUse } from "../../decide/access.ts";
import type { Principal } from "../../ports/principal.ts";
import type { SyncStore } from "../../ports/sync-store.ts";
import { assertMayUse } from "../run-access.ts";
import { answers, nameParams } from "../schemas.ts";
import { type DefinitionKind, existing, registerDefinitions, sendStored } from "./definition-routes.ts";
import { readExpectedSequence, revisionHeaders } from "./revision.ts";
import type { Routes } from "./route.ts";
import { readSync, SyncForm, viewSync } from "./sync-form.ts";

const shown = Type.Ref("Sync");

function kindOf({ deps }: Routes): DefinitionKind<SyncDefinition> {
  const view = async (revised: Revised<SyncDefinition>): Promise<Record<string, unknown>> =>
    viewSync(revised, (await deps.syncs.marks.get(revised.value.name))?.value);
  return { kind: "sync", store: deps.syncs.definitions, shown, view, guard: ({ connection }) => connection };
}

/** No sink can tell names apart that differ only in case, or in - and _. */
async function refuseLookAlike(store: SyncStore, name: string, by: Principal): Promise<void> {
  const plain = (text: string): string => text.toLowerCase().replaceAll("-", "_");
  const alike = (await store.list()).find(({ value }) => value.name !== name && plain(value.name) === plain(name));
  if (!alike) return;
  const other = mayUse(by, alike.value.connection) ? `the sync "${alike.value.name}"` : "a sync that there is";
  const message = `Sinks could not tell "${name}" from ${other}, whose name differs only in case, or in - and _. Take another name.`;
  throw new LongarmError("conflict", message);
}

function registerPut(routes: Routes): void {
  const { app, deps } = routes;
  const schema = {
    operationId: "putSync",
    summary: "Define a sync",
    description: "Replaces it whole. It runs when a run of the action `sync.NAME` is submitted.",
    tags: ["syncs"],
    params: nameParams,
    headers: revisionHeaders,
    body: SyncForm,
    response: answers({ 200: shown, 201: shown }),
  };
  app.put("/v1/syncs/:name", { schema, config: { scope: "syncs:write" } }, async (request, reply) => {
    const { name } = request.params;
    const before = await deps.syncs.definitions.get(name);
    if (before) assertMayUse(request.principal, before.value.connection);
    else await refuseLookAlike(deps.syncs.definitions, name, request.principal);
    assertMayUse(request.principal, request.body.connection);
    const sync = readSync(name, request.body, deps.syncs.engine);
    await existing({ kind: "connection", store: deps.connections }, sync.connection);
    const stored = await deps.syncs.definitions.put(name, sync, readExpectedSequence(request.headers));
    return sendStored(reply, kindOf(routes), stored);
  });
}

/** `/v1/syncs` and what hangs below it. */
export function registerSyncs(routes: Routes): void {
  registerDefinitions(routes.app, kindOf(routes));
  registerPut(routes);
}
