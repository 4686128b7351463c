import { LongarmError, type StoredEvent } from "@longarm/shared";
import type { PlacedFault } from "@longarm/shared/schema";
import { Type } from "typebox";
import { mayScope } from "../../decide/access.ts";
import { checkMembers } from "../../decide/trigger/check-members.ts";
import { compileTrigger } from "../../decide/trigger/compile-trigger.ts";
import { judgeEvent, type EventVerdict } from "../../decide/trigger/judge-event.ts";
import { tellVerdict } from "../../decide/trigger/tell-verdict.ts";
import type { Revised } from "../../ports/connection-store.ts";
import type { Principal } from "../../ports/principal.ts";
import type { RunRequest } from "../../ports/run-service.ts";
import type { DefinedTrigger } from "../../ports/trigger-store.ts";
import { invalidRequest } from "../invalid-request.ts";
import { assertMayTake, assertMayUse, submissionFor } from "../run-access.ts";
import { answers, closed, nameParams } from "../schemas.ts";
import { type DefinitionKind, existing, registerDefinitions, sendStored, withStates } from "./definition-routes.ts";
import { EventForm } from "./event-form.ts";
import { FormReader } from "./form-reader.ts";
import { readExpectedSequence, revisionHeaders } from "./revision.ts";
import type { Routes } from "./route.ts";
import { readTrigger, TriggerForm, type WrittenTrigger } from "./trigger-form.ts";
import { checkedInput, targetNamed, type TriggerTarget, unknownTarget } from "./trigger-target.ts";
import { TriggerSampleSchema, viewSample, viewTrigger } from "./trigger-view.ts";

const shown = Type.Ref("Trigger");
const tags = ["triggers"];
const reads = { scope: "triggers:read" } as const;
const writes = { scope: "triggers:write" } as const;

function kindOf({ deps }: Routes): DefinitionKind<DefinedTrigger> {
  const { definitions, states } = deps.triggers;
  const store = withStates(definitions, states);
  const view = async (revised: Revised<DefinedTrigger>): Promise<Record<string, unknown>> =>
    viewTrigger(revised, (await states.get(revised.value.name))?.value);
  return { kind: "trigger", store, shown, view, guard: ({ connection }) => connection };
}

/** Its runs are submitted in somebody's name: who defines or enables one must be one who may submit them. */
function assertMaySubmit(principal: Principal): void {
  if (mayScope(principal, "runs:submit")) return;
  throw new LongarmError("forbidden", `"${principal.name}" lacks the scope runs:submit, which whoever lets a trigger start runs needs.`);
}

/** The trigger, if whoever asks may use its connection. */
async function seen(
  { deps }: Routes,
  { params, principal }: { params: { name: string }; principal: Principal },
): Promise<Revised<DefinedTrigger>> {
  const found = await existing({ kind: "trigger", store: deps.triggers.definitions }, params.name);
  assertMayUse(principal, found.value.connection);
  return found;
}

/** What would be shown to a trigger of other orgs must be shown to who defines it, too. */
function assertMayHear(principal: Principal, pattern: string | undefined): void {
  if (pattern !== undefined) assertMayUse(principal, pattern);
}

async function definedBy(
  routes: Routes,
  { name, form, principal }: { name: string; form: WrittenTrigger; principal: Principal },
): Promise<DefinedTrigger> {
  const { deps } = routes;
  const reader = new FormReader();
  const does = readTrigger(reader, name, form);
  const asked: RunRequest = {
    ...{ action: form.flow, input: {}, lane: form.lane ?? "standard", principal: principal.name },
    ...(form.connection !== undefined && { connection: form.connection }),
  };
  const isLaneNamed = form.lane !== undefined;
  assertMayHear(principal, does.on.connection);
  const granted = await submissionFor(principal, asked, { connections: deps.connections, syncs: deps.syncs.definitions, isLaneNamed });
  const { lane, connections = [] } = granted;
  const target = await targetNamed(deps, form.flow);
  const connection = granted.connection ?? target?.connection ?? (await onlyConnection(routes));
  for (const { pointer, problem } of await faultsOf(routes, { ...does, connection }, target)) reader.fault(pointer, problem);
  reader.refuseFaults("The trigger");
  const { description } = form;
  return {
    ...{ ...does, connection, lane, connections, principal: principal.name, behind: [principal.name] },
    ...(description !== undefined && { description }),
    sinceSequence: await deps.runLogEnd(),
  };
}

async function onlyConnection({ deps }: Routes): Promise<string> {
  const [only, ...others] = (await deps.connections.list()).map(({ value }) => value.name);
  if (only !== undefined && others.length === 0) return only;
  throw new LongarmError("connection_required");
}

/** All that can be wrong with it before there is an event. */
async function faultsOf(
  { deps }: Routes,
  trigger: Parameters<typeof compileTrigger>[0],
  target: TriggerTarget | undefined,
): Promise<readonly PlacedFault[]> {
  const compiled = compileTrigger(trigger);
  const isThere = (await deps.connections.get(trigger.connection)) !== undefined;
  return [
    ...("faults" in compiled ? compiled.faults : []),
    ...(target ? checkMembers(trigger.input, target.input) : [await unknownTarget(deps, trigger.flow)]),
    ...(target?.connection === undefined || target.connection === trigger.connection
      ? []
      : [{ in: "body", pointer: "/connection", problem: `must be "${target.connection}", which the sync is defined for, or be left out` }]),
    ...(isThere
      ? []
      : [{ in: "body", pointer: "/connection", problem: `names no connection that there is; \`longarm connections ls\` lists them` }]),
  ];
}

function registerPut(routes: Routes): void {
  const { app, deps } = routes;
  const schema = {
    ...{ operationId: "putTrigger", summary: "Define a trigger", tags, params: nameParams, headers: revisionHeaders, body: TriggerForm },
    description: "Replaces it whole. Its runs are submitted by `trigger:NAME`; who defines it answers for them, and may approve none.",
    response: answers({ 200: shown, 201: shown }),
  };
  app.put("/v1/triggers/:name", { schema, config: writes }, async (request, reply) => {
    const { principal, body: form } = request;
    const { name } = request.params;
    const { definitions, states } = deps.triggers;
    assertMaySubmit(principal);
    const before = await definitions.get(name);
    if (before) assertMayUse(principal, before.value.connection);
    const trigger = await definedBy(routes, { name, form, principal });
    // What is left of a former trigger of this name is none of its own.
    if (!before) await states.remove(name);
    return sendStored(reply, kindOf(routes), await definitions.put(name, trigger, readExpectedSequence(request.headers)));
  });
}

function registerStates(routes: Routes): void {
  const { app, deps } = routes;
  const { definitions } = deps.triggers;
  const common = { tags, params: nameParams, response: answers({ 200: shown }) };
  const enable = {
    ...common,
    operationId: "enableTrigger",
    summary: "Let a trigger start runs",
    description: "Who does answers for its runs from then on.",
  };
  app.post("/v1/triggers/:name/enable", { schema: enable, config: writes }, async (request) => {
    const { principal } = request;
    assertMaySubmit(principal);
    const { value, sequence } = await seen(routes, request);
    assertMayTake(principal, value.lane);
    assertMayHear(principal, value.on.connection);
    const behind = [...new Set([...value.behind, principal.name])];
    const connections = principal.connections ?? ["*"];
    // One that is handed over goes on hearing of what it has heard of.
    const sinceSequence = value.state === "enabled" ? value.sinceSequence : await deps.runLogEnd();
    const enabled = { ...value, state: "enabled", principal: principal.name, behind, connections, sinceSequence } as const;
    return kindOf(routes).view(await definitions.put(value.name, enabled, sequence));
  });
  const disable = { ...common, operationId: "disableTrigger", summary: "Make a draft of a trigger: it starts nothing more" };
  app.post("/v1/triggers/:name/disable", { schema: disable, config: writes }, async (request) => {
    const found = await seen(routes, request);
    if (found.value.state === "draft") return kindOf(routes).view(found);
    return kindOf(routes).view(await definitions.put(found.value.name, { ...found.value, state: "draft" }, found.sequence));
  });
}

function runOf(verdict: EventVerdict) {
  return verdict.kind === "starts" ? verdict.run : verdict.kind === "draft" ? verdict.wouldStart : undefined;
}

function registerTest(routes: Routes): void {
  const { app, deps } = routes;
  const { type, subject, data, id } = EventForm.properties;
  const event = closed(
    {
      type: Type.Optional(type),
      subject,
      data,
      id,
      connection: Type.Optional(Type.String({ maxLength: 64 })),
      isEcho: Type.Optional(Type.Boolean()),
    },
    { description: "As it would be posted; of the trigger's own source, and type unless told." },
  );
  const fault = Type.Object({ in: Type.String(), pointer: Type.String(), problem: Type.String() });
  const run = Type.Object({
    ...{ flow: Type.String(), connection: Type.String(), input: Type.Unknown({ description: "With the flow's defaults." }) },
    concurrencyKey: Type.Union([Type.String(), Type.Null()]),
    debounceKey: Type.Union([Type.String(), Type.Null()]),
  });
  const schema = {
    ...{ operationId: "testTrigger", summary: "Tell what an event would start", tags, params: nameParams, body: closed({ event }) },
    description: "Starts nothing.",
    response: answers({
      200: Type.Object({
        verdict: Type.String({ description: "`starts`, `draft` (enabled, it would start), or why it starts nothing." }),
        sentence: Type.String(),
        run: Type.Union([run, Type.Null()]),
        faults: Type.Array(fault, { description: "What the flow's schema says of the input; with any, the run would be refused." }),
      }),
    }),
  };
  app.post("/v1/triggers/:name/test", { schema, config: reads }, async (request) => {
    const { value: trigger } = await seen(routes, request);
    const result = compileTrigger(trigger);
    if ("faults" in result) throw invalidRequest(result.faults);
    const verdict = judgeEvent(result.compiled, toTried(trigger, request.body.event, deps.clock.nowMs()));
    const wouldRun = runOf(verdict);
    const checked = wouldRun && (await checkedInput(deps, wouldRun.flow, wouldRun.input));
    return {
      verdict: verdict.kind,
      sentence: tellVerdict(trigger, verdict),
      run:
        wouldRun && checked
          ? {
              ...{ flow: wouldRun.flow, connection: wouldRun.connection, input: checked.input },
              ...{ concurrencyKey: wouldRun.concurrency?.key ?? null, debounceKey: wouldRun.debounce?.key ?? null },
            }
          : null,
      faults: [...(checked?.faults ?? [])],
    };
  });
}

interface Tried {
  readonly type?: string;
  readonly subject?: string;
  readonly data?: unknown;
  readonly id?: string;
  readonly connection?: string;
  readonly isEcho?: boolean;
}

function toTried({ on }: DefinedTrigger, tried: Tried, nowMs: number): StoredEvent {
  const { type = on.type, subject = "", data = {}, id = "tried", connection, isEcho = false } = tried;
  const where = connection === undefined ? {} : { connection };
  return { id, source: on.source, type, subject, data, depth: 0, isEcho, receivedAtMs: nowMs, ...where };
}

function registerSamples({ app, deps }: Routes): void {
  const response = answers({ 200: Type.Object({ samples: Type.Array(TriggerSampleSchema) }) });
  const schema = { operationId: "listTriggerSamples", summary: "List triggers to copy", tags, response };
  app.get("/v1/trigger-samples", { schema, config: reads }, () => ({
    samples: deps.catalogue.spokes().flatMap(({ triggers = [] }) => triggers.map(viewSample)),
  }));
}

/** `/v1/triggers` and what hangs below it. */
export function registerTriggers(routes: Routes): void {
  registerDefinitions(routes.app, kindOf(routes));
  registerPut(routes);
  registerStates(routes);
  registerTest(routes);
  registerSamples(routes);
}
