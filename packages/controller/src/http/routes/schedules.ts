import { LongarmError, mostBuffered, newId, type RunId, type ScheduleState, type Start } from "@longarm/shared";
import { canonicalJson } from "@longarm/shared/seal";
import { Type } from "typebox";
import { newState, pause, resume, triggerNow } from "../../decide/schedule/state.ts";
import { slotsOf, type Slot } from "../../decide/schedule/timing.ts";
import type { Revised } from "../../ports/connection-store.ts";
import type { Principal } from "../../ports/principal.ts";
import type { RunRequest } from "../../ports/run-service.ts";
import type { Schedule, ScheduleTarget } from "../../ports/schedule-store.ts";
import { requestOf } from "../../run/start/schedule-run.ts";
import { invalidRequest, refuse } from "../invalid-request.ts";
import { readMoment } from "../moments.ts";
import { assertMaySubmit, assertMayUse, submissionFor, submitterOf } from "../run-access.ts";
import { answers, closed, idempotencyHeader, nameParams } from "../schemas.ts";
import { type DefinitionKind, registerDefinitions, sendStored, withStates } from "./definition-routes.ts";
import { readExpectedSequence, revisionHeaders } from "./revision.ts";
import type { Routes } from "./route.ts";
import { compileOn, readIdempotencyKey } from "./run-form.ts";
import { readSchedule, ScheduleForm, type WrittenSchedule } from "./schedule-form.ts";
import { registerVersions, seenSchedule } from "./schedule-versions.ts";
import { SlotSchema, viewSchedule, viewSlot } from "./schedule-view.ts";

const shown = Type.Ref("Schedule");
const tags = ["schedules"];
const reads = { scope: "schedules:read" } as const;
const writes = { scope: "schedules:write" } as const;
const mostTold = 100;

function kindOf({ deps }: Routes): DefinitionKind<Schedule> {
  const { definitions, states } = deps.schedules;
  const store = withStates(definitions, states);
  const view = async (revised: Revised<Schedule>): Promise<Record<string, unknown>> =>
    viewSchedule(revised, (await states.get(revised.value.name))?.value, deps.clock.nowMs());
  return { kind: "schedule", store, shown, view, guard: ({ connection }) => connection };
}

async function readTarget(
  { deps }: Routes,
  { target, terms }: Pick<WrittenSchedule, "target"> & Pick<ScheduleTarget, "terms">,
  principal: Principal,
): Promise<Pick<Schedule, "target" | "connection" | "connections">> {
  const { action, connection, input = {}, lane, deadline, on } = target;
  const asked: RunRequest = {
    ...{ action, input, lane: lane ?? "standard", principal: principal.name },
    ...(connection !== undefined && { connection }),
    ...(on !== undefined && { on: compileOn(on) }),
    ...(terms && { terms }),
  };
  const isLaneNamed = lane !== undefined;
  const granted = await submissionFor(principal, asked, { connections: deps.connections, syncs: deps.syncs.definitions, isLaneNamed });
  const checked = await deps.checkRun(granted).catch((reason: unknown) => {
    throw placed(LongarmError.from(reason));
  });
  const to: ScheduleTarget = {
    ...{ action: granted.action, input: granted.input, lane: granted.lane },
    ...(granted.connection !== undefined && { connection: granted.connection }),
    ...(granted.on !== undefined && { on: granted.on }),
    ...(deadline !== undefined && { deadline }),
    ...(terms && { terms }),
  };
  return { target: to, connection: checked.connection, ...(granted.connections && { connections: granted.connections }) };
}

/** A fault of the input stands in the input of the schedule's target. */
function placed(error: LongarmError): LongarmError {
  const { faults } = error.details as { faults?: readonly { in: string; pointer: string; problem: string }[] };
  if (error.code !== "invalid_request" || !faults) return error;
  return invalidRequest(
    faults.map(({ in: part, pointer, problem }) => ({
      in: "body",
      pointer: `/target${part === "input" ? "/input" : ""}${pointer.replace(/^\/target/, "")}`,
      problem,
    })),
  );
}

function registerPut(routes: Routes): void {
  const { app, deps } = routes;
  const schema = {
    ...{ operationId: "putSchedule", summary: "Define a schedule", tags, params: nameParams, headers: revisionHeaders, body: ScheduleForm },
    description: "Replaces it whole. Where its timing is changed, only slots from then on are its own.",
    response: answers({ 200: shown, 201: shown }),
  };
  app.put("/v1/schedules/:name", { schema, config: writes }, async (request, reply) => {
    const { name } = request.params;
    const { principal, body } = request;
    const { definitions, states } = deps.schedules;
    assertMaySubmit(principal, "lets a schedule start runs");
    const before = await definitions.get(name);
    if (before) assertMayUse(principal, before.value.connection);
    const nowMs = deps.clock.nowMs();
    const { timing, policy, ...terms } = readSchedule(name, body, nowMs);
    const { target, connection, connections } = await readTarget(routes, { target: body.target, ...terms }, principal);
    const isSame = before !== undefined && canonicalJson(before.value.timing) === canonicalJson(timing);
    const sinceMs = isSame ? before.value.sinceMs : nowMs;
    const { description } = body;
    const schedule = {
      name,
      ...(description !== undefined && { description }),
      target,
      timing,
      policy,
      sinceMs,
      connection,
      ...(connections && { connections }),
      principal: principal.name,
    };
    // What is left of a former schedule of this name is none of its own.
    if (!before) await states.remove(name);
    return sendStored(reply, kindOf(routes), await definitions.put(name, schedule, readExpectedSequence(request.headers)));
  });
}

/** Changes the state over whatever others change meanwhile. */
async function change({ deps }: Routes, { name, sinceMs }: Schedule, by: (state: ScheduleState) => ScheduleState): Promise<void> {
  const { states } = deps.schedules;
  for (;;) {
    const found = await states.get(name);
    try {
      await states.put(name, by(found?.value ?? newState(name, sinceMs)), found?.sequence ?? 0);
      return;
    } catch (reason) {
      if (LongarmError.from(reason).code !== "conflict") throw reason;
    }
  }
}

function registerPauses(routes: Routes): void {
  const { app, deps } = routes;
  const note = closed({ note: Type.String({ minLength: 1, maxLength: 500, description: "Why, for whoever looks next." }) });
  const common = { tags, params: nameParams, response: answers({ 200: shown }) };
  const halt = { ...common, operationId: "pauseSchedule", summary: "Pause a schedule", body: note };
  app.post("/v1/schedules/:name/pause", { schema: halt, config: writes }, async (request) => {
    const found = await seenSchedule(routes, request);
    const { name: by } = request.principal;
    await change(routes, found.value, (state) => pause(state, { by, note: request.body.note, atMs: deps.clock.nowMs() }));
    return kindOf(routes).view(found);
  });
  const description = "Slots of the pause are left out, and so are those that waited.";
  const goOn = { ...common, operationId: "resumeSchedule", summary: "Let a schedule go on", description };
  app.post("/v1/schedules/:name/resume", { schema: goOn, config: writes }, async (request) => {
    assertMaySubmit(request.principal, "lets a schedule start runs");
    const found = await seenSchedule(routes, request);
    await change(routes, found.value, (state) => (state.paused ? resume(state, deps.clock.nowMs()) : state));
    return kindOf(routes).view(found);
  });
}

function registerTrigger(routes: Routes): void {
  const { app, deps } = routes;
  const schema = {
    ...{ operationId: "triggerSchedule", summary: "Run a schedule's target now", tags, params: nameParams },
    description: "Whatever is under way, and though the schedule is paused.",
    headers: Type.Object({ ...idempotencyHeader }),
    response: answers({ 202: Type.Ref("Run") }),
  };
  app.post("/v1/schedules/:name/trigger", { schema, config: writes }, async (request, reply) => {
    assertMaySubmit(request.principal, "lets a schedule start runs");
    const { value: schedule } = await seenSchedule(routes, request);
    const { principal, connections } = submitterOf(request.principal);
    const key = readIdempotencyKey(request.headers["idempotency-key"]) ?? newId("run");
    const nowMs = deps.clock.nowMs();
    const start: Start = { key: `by hand ${principal} ${key}`, slotMs: nowMs, principal };
    const { run } = await deps.runs.submit({ ...requestOf(schedule, start, nowMs), ...(connections && { connections }) });
    const runId: RunId = run.id;
    await change(routes, schedule, (state) => triggerNow(state, { ...start, runId }));
    return reply.code(202).header("location", `/v1/runs/${run.id}`).send(run);
  });
}

function instantOf(pointer: string, text: string): number {
  return readMoment(text) ?? refuse("body", pointer, "must be a time such as 2026-12-01T00:00:00Z");
}

function registerBackfill(routes: Routes): void {
  const { app, deps } = routes;
  const time = Type.String({ maxLength: 40, examples: ["2026-12-01T00:00:00Z"] });
  const schema = {
    ...{ operationId: "backfillSchedule", summary: "Run the slots of a time that is past", tags, params: nameParams },
    description:
      "Each slot that lies in it, both ends included, as its overlap policy allows. A slot that has made a run makes no other one.",
    body: closed({ from: time, to: time }),
    response: answers({ 202: Type.Object({ slots: Type.Integer({ description: "How many slots that are." }) }) }),
  };
  app.post("/v1/schedules/:name/backfill", { schema, config: writes }, async (request, reply) => {
    assertMaySubmit(request.principal, "lets a schedule start runs");
    const { value: schedule } = await seenSchedule(routes, request);
    const [from, to] = [instantOf("/from", request.body.from), instantOf("/to", request.body.to)];
    if (to > deps.clock.nowMs()) refuse("body", "/to", "lies in the time to come");
    if (to < from) refuse("body", "/to", "must not lie before `from`");
    const slots = slotsBetween(schedule, from, to);
    if (slots.length > mostBuffered) refuse("body", "/from", `has more than ${mostBuffered} slots up to \`to\`; take a shorter time`);
    await change(routes, schedule, (state) => {
      const all = [...new Set([...state.backfill, ...slots])];
      if (all.length > mostBuffered)
        throw new LongarmError(
          "invalid_state",
          `With these, ${all.length} slots would wait to be filled in, and ${mostBuffered} may; try again when some have run.`,
        );
      return { ...state, backfill: all };
    });
    return reply.code(202).send({ slots: slots.length });
  });
}

function slotsBetween({ name, timing }: Schedule, from: number, to: number): readonly number[] {
  const { after } = slotsOf(name, timing);
  const found: number[] = [];
  for (let slot = after(from - 1); slot && slot.slotMs <= to && found.length <= mostBuffered; slot = after(slot.slotMs))
    found.push(slot.slotMs);
  return found;
}

function registerNext(routes: Routes): void {
  const { app, deps } = routes;
  const querystring = closed({ count: Type.Optional(Type.Integer({ minimum: 1, maximum: mostTold, description: "10 unless told." })) });
  const response = answers({ 200: Type.Object({ slots: Type.Array(SlotSchema) }) });
  const schema = { operationId: "listSlots", summary: "Tell a schedule's next slots", tags, params: nameParams, querystring, response };
  app.get("/v1/schedules/:name/next", { schema, config: reads }, async (request) => {
    const { value } = await seenSchedule(routes, request);
    const slots = slotsOf(value.name, value.timing);
    const found: Slot[] = [];
    let slot = slots.after(Math.max(deps.clock.nowMs(), value.sinceMs));
    for (const { count = 10 } = request.query; slot && found.length < count; slot = slots.after(slot.slotMs)) found.push(slot);
    return { slots: found.map((one) => viewSlot(slots, one)) };
  });
}

/** `/v1/schedules` and what hangs below it. */
export function registerSchedules(routes: Routes): void {
  registerDefinitions(routes.app, kindOf(routes));
  registerPut(routes);
  registerPauses(routes);
  registerTrigger(routes);
  registerBackfill(routes);
  registerNext(routes);
  registerVersions(routes);
}
