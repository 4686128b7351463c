import assert from "node:assert/strict";
import { LongarmError, newId, type LogEntry, type RunId, type StoredEvent } from "@longarm/shared";
import { flow, type AnyFlow, type FlowContext } from "@longarm/spoke";
import { Type } from "typebox";
import { suite } from "../../../../../test/support/suite.ts";
import { type Carrying, carryOn, respond, withCarrying } from "../carrying.fixture.ts";
import { RunCarrier } from "../run-carrier.ts";

const test = suite("a flow's wait for an event");

const closed = { additionalProperties: false } as const;

function flowThat(run: (context: FlowContext) => Promise<unknown>): AnyFlow {
  const form = { title: "Test", summary: "A test.", version: 1, input: Type.Object({}, closed), output: Type.Unknown() };
  return flow({ ...form, name: "test.flow.waits", run });
}

const approved: StoredEvent = {
  ...{ id: "e1", source: "event", type: "user.approved", subject: "ada", data: { by: "bob" }, depth: 0, isEcho: false },
  receivedAtMs: 1,
};

const withFlow = (run: (context: FlowContext) => Promise<unknown>, body: (world: Carrying, run: RunId) => Promise<void>): Promise<void> =>
  withCarrying(async (world) => body(world, await world.submit("test.flow.waits", {})), undefined, [flowThat(run)]);

async function entriesOf(world: Carrying, run: RunId): Promise<readonly LogEntry[]> {
  return (await world.records(run)).flat();
}

async function untilWaiting(world: Carrying, run: RunId): Promise<void> {
  while (!(await entriesOf(world, run)).some(({ kind }) => kind === "parked")) await new Promise(setImmediate);
}

async function endOf(world: Carrying, run: RunId) {
  const last = (await entriesOf(world, run)).at(-1);
  assert.ok(last?.kind === "completed", `it ended with ${last?.kind}`);
  const output = last.output?.kind === "inline" ? (JSON.parse(new TextDecoder().decode(last.output.bytes)) as unknown) : null;
  return { status: last.status, code: last.error?.code, message: last.error?.message, output };
}

/** Takes the run from its owner as if that were dead, and carries it on. */
async function takeOver(world: Carrying, run: RunId): Promise<void> {
  const successor = world.carrier(newId("controller"));
  const claimed = await successor.claimAbandoned(run, world.deps.controllerId);
  assert.ok(claimed);
  await successor.carry(claimed);
}

test("ends with the event, and says meanwhile what it waits for, holding no slot", () =>
  withFlow(
    async (ctx) => ctx.waitForEvent("user.approved", { subject: "ada", where: "event.data.by != 'eve'", timeout: "7d" }),
    async (world, run) => {
      await world.events.store({ ...approved, id: "before" });
      world.deps.slots.take("standard");
      const ended = carryOn(world.carrier(), world.log, run);
      await untilWaiting(world, run);
      assert.equal(world.deps.slots.free("standard"), 8);
      const [begun, parked] = (await entriesOf(world, run)).slice(1);
      assert.ok(begun?.kind === "stepBegun" && parked?.kind === "parked");
      assert.deepEqual([begun.step, begun.name, begun.afterSequence], ["event", "user.approved", 1]);
      assert.match(parked.sentence, /^The flow waits for an event: user\.approved about "ada" where event\.data\.by != 'eve'\.$/);
      assert.deepEqual([parked.reason, parked.untilMs], ["event", begun.untilMs]);
      for (const [id, by] of Object.entries({ e0: "eve", e1: "bob" })) await world.events.store({ ...approved, id, data: { by } });
      await ended;
      const { id, source, type, subject, data } = approved;
      const given = { id, source, type, subject, data, by: null, behind: [], connection: null, receivedAt: "1970-01-01T00:00:00.001Z" };
      assert.deepEqual((await endOf(world, run)).output, given);
    },
  ));

test("ends with what an org's hook sent, and with its own type alone", () =>
  withFlow(
    async (ctx) => (await ctx.waitForEvent("okta.user.lifecycle.create", { subject: "00u1" }))?.id,
    async (world, run) => {
      const ended = carryOn(world.carrier(), world.log, run);
      await untilWaiting(world, run);
      const { connection = "" } = (await world.log.read(run))?.submission ?? {};
      const created = { ...approved, source: "hook", type: "okta.user.lifecycle.create", subject: "00u1" } as const;
      const sent = { ...created, ...(connection !== null && { connection }) };
      await world.events.store({ ...sent, id: "other-type", type: "okta.user.lifecycle.activate" });
      await world.events.store({ ...sent, id: "other-org", connection: "elsewhere" });
      await world.events.store({ ...sent, id: "acme:1" });
      await ended;
      assert.equal((await endOf(world, run)).output, "acme:1");
    },
  ));

test("is given an event that came while nobody carried the flow, and the same one whenever it is replayed", () => {
  const seen: unknown[] = [];
  return withFlow(
    async (ctx) => {
      const event = await ctx.waitForEvent("user.approved");
      seen.push(event?.id);
      await ctx.waitForEvent("user.created");
      return event?.id;
    },
    async (world, run) => {
      const former = world.carrier();
      const ended = carryOn(former, world.log, run);
      await untilWaiting(world, run);
      await former.stop(0);
      await ended;
      await world.events.store(approved);
      await world.events.store({ ...approved, id: "later" });
      const second = takeOver(world, run);
      while (!(await entriesOf(world, run)).some((entry) => entry.kind === "stepBegun" && entry.name === "user.created"))
        await new Promise(setImmediate);
      await world.events.store({ ...approved, id: "e3", type: "user.created" });
      await second;
      assert.deepEqual([(await endOf(world, run)).output, new Set(seen)], ["e1", new Set(["e1"])]);
    },
  );
});

test("ends with null when its time has passed", () =>
  withFlow(
    async (ctx) => ({ event: await ctx.waitForEvent("user.approved", { timeout: 5 }) }),
    async (world, run) => {
      await carryOn(world.carrier(), world.log, run);
      assert.deepEqual((await endOf(world, run)).output, { event: null });
    },
  ));

test("has begun before anything begins that is asked for behind it, so that it sees what that brings about", () =>
  withFlow(
    async (ctx) => {
      const event = ctx.waitForEvent("user.approved");
      await ctx.run("test.thing.read", { name: "ada" });
      return (await event)?.id;
    },
    async (world, run) => {
      const { events } = world.deps;
      const slow = {
        first: events.first.bind(events),
        async begin(signal: AbortSignal): Promise<number> {
          for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
          return events.begin(signal);
        },
      };
      world.answer = async () => {
        await world.events.store(approved);
        return respond(200, { id: "1" });
      };
      await carryOn(new RunCarrier({ ...world.deps, events: slow }), world.log, run);
      assert.equal((await endOf(world, run)).output, "e1");
    },
  ));

test("is what a flow is told to wait for again when another step has ended meanwhile", () =>
  withFlow(
    async (ctx) => {
      const event = ctx.waitForEvent("user.approved");
      await ctx.run("test.thing.read", { name: "ada" });
      return (await event)?.id;
    },
    async (world, run) => {
      const ended = carryOn(world.carrier(), world.log, run);
      while (!(await entriesOf(world, run)).some(({ kind }) => kind === "stepEnded")) await new Promise(setImmediate);
      const told = (await entriesOf(world, run)).flatMap((entry) => (entry.kind === "parked" ? [entry.reason] : []));
      assert.deepEqual(told, ["event", "step", "event"]);
      await world.events.store(approved);
      await ended;
      assert.equal((await endOf(world, run)).output, "e1");
    },
  ));

test("lets nobody who brought the event approve what the flow starts from then on", () =>
  withFlow(
    async (ctx) => {
      await ctx.run("test.thing.read", { name: "before" });
      await ctx.waitForEvent("user.approved");
      await ctx.run("test.thing.read", { name: "after" });
    },
    async (world, run) => {
      const children: (readonly string[] | undefined)[] = [];
      world.carryChild = async (child) => {
        children.push((await world.log.read(child))?.submission.chain?.behind);
        await carryOn(world.carrier(), world.log, child);
      };
      const ended = carryOn(world.carrier(), world.log, run);
      while (!(await entriesOf(world, run)).some((entry) => entry.kind === "stepBegun" && entry.step === "event"))
        await new Promise(setImmediate);
      await world.events.store({ ...approved, behind: ["hr-app", "bob"] });
      await ended;
      assert.deepEqual([(await endOf(world, run)).status, children], ["succeeded", [undefined, ["hr-app", "bob"]]]);
    },
  ));

test("ends when the run is cancelled", () =>
  withFlow(
    (ctx) => ctx.waitForEvent("user.approved"),
    async (world, run) => {
      const ended = carryOn(world.carrier(), world.log, run);
      await untilWaiting(world, run);
      await world.deps.children.cancel(run, "ada");
      await ended;
      assert.equal((await endOf(world, run)).status, "cancelled");
    },
  ));

test("fails at once for a condition that is none, and for another connection's org that its submitter may not use", () =>
  withFlow(
    async (ctx) => {
      const codes: string[] = [];
      for (const wish of [{ where: "event.data ==" }, { connection: "other" }])
        await ctx.waitForEvent("okta.user.lifecycle.activate", wish).catch((reason: unknown) => codes.push(LongarmError.from(reason).code));
      return codes;
    },
    async (world, run) => {
      await carryOn(world.carrier(), world.log, run);
      assert.deepEqual((await endOf(world, run)).output, ["invalid_request", "not_allowed"]);
    },
  ));

test.run();
