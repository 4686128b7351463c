import assert from "node:assert/strict";
import { LongarmError, newId, type LogEntry, type RunId, secretKeyword } from "@longarm/shared";
import { flow, type AnyFlow, type FlowContext } from "@longarm/spoke";
import { Type } from "typebox";
import { suite } from "../../../../../test/support/suite.ts";
import { type Carrying, carryOn, respond, withCarrying } from "../carrying.fixture.ts";

const test = suite("carrying a flow");

const closed = { additionalProperties: false } as const;
const form = { title: "Test", summary: "A test.", input: Type.Object({}, closed), output: Type.Unknown() };

function flowThat(run: (context: FlowContext) => Promise<unknown>, name = "test.flow.one", version = 1): AnyFlow {
  return flow({ ...form, name, version, run });
}

function end(entries: readonly LogEntry[]) {
  const last = entries.at(-1);
  assert.ok(last?.kind === "completed", `it ended with ${last?.kind}`);
  const output = last.output?.kind === "inline" ? (JSON.parse(new TextDecoder().decode(last.output.bytes)) as unknown) : null;
  return { status: last.status, code: last.error?.code, message: last.error?.message, output };
}

async function carry(world: Carrying, name = "test.flow.one") {
  const run = await world.carry(name, {});
  const entries = (await world.records(run)).flat();
  return { run, entries, ...end(entries) };
}

/** Carries a flow until its step in this place has begun, then takes it from its owner as if that were dead; resolves to the taker's end. */
async function takenOver(world: Carrying, run: RunId, path: string): Promise<ReturnType<typeof end>> {
  const former = world.carrier();
  const ended = carryOn(former, world.log, run);
  const hasBegun = async (): Promise<boolean> =>
    (await world.records(run)).flat().some((entry) => entry.kind === "stepBegun" && entry.path === path);
  while (!(await hasBegun())) await new Promise(setImmediate);
  const successor = world.carrier(newId("controller"));
  const claimed = await successor.claimAbandoned(run, world.deps.controllerId);
  assert.ok(claimed);
  await Promise.all([successor.carry(claimed), ended]);
  return end((await world.records(run)).flat());
}

const withFlows = (flows: readonly AnyFlow[], body: (world: Carrying) => Promise<void>): Promise<void> =>
  withCarrying(body, undefined, flows);

test("runs actions as runs of their own, and tells each step in its log", () =>
  withFlows(
    [
      flowThat(async (ctx) => {
        const { both } = (await ctx.run("test.thing.read", { name: "ada" })) as { readonly both: readonly string[] };
        return { both, again: await ctx.call("test.flow.two", {}) };
      }),
      flowThat(async () => "two", "test.flow.two"),
    ],
    async (world) => {
      const { status, output, entries } = await carry(world);
      assert.deepEqual([status, output], ["succeeded", { both: ["1", "1"], again: "two" }]);
      const begun = entries.flatMap((entry) => (entry.kind === "stepBegun" ? [`${entry.path} ${entry.step} ${entry.name}`] : []));
      assert.deepEqual(begun, ["0 run test.thing.read", "1 call test.flow.two"]);
      assert.equal(entries.filter(({ kind }) => kind === "stepEnded").length, 2);
    },
  ));

test("starts no step twice when another controller goes on with it, and gives the flow the same results", () => {
  const seen: number[] = [];
  return withFlows(
    [
      flowThat(async (ctx) => {
        await ctx.run("test.thing.create", { name: "ada" });
        seen.push(ctx.random());
        await ctx.run("test.thing.create", { name: "bob" });
        return "done";
      }),
    ],
    async (world) => {
      let children = 0;
      const carried = new Set<RunId>();
      const second = Promise.withResolvers<void>();
      const carryNow = (run: RunId): Promise<void> => carryOn(world.carrier(), world.log, run);
      world.carryChild = async (run) => {
        if (carried.has(run)) return second.resolve();
        carried.add(run);
        children += 1;
        if (children === 2) await second.promise;
        await carryNow(run);
      };
      world.answer = async (request) => respond(request.method === "GET" ? 404 : 200, { id: "1" });
      const run = await world.submit("test.flow.one", {});
      assert.equal((await takenOver(world, run, "1")).status, "succeeded");
      assert.equal(children, 2);
      assert.equal(world.sent.filter((line) => line.startsWith("POST")).length, 2);
      assert.equal(new Set(seen).size, 1);
    },
  );
});

test("starts nothing and says what differs when a flow does otherwise than before", () => {
  let hasChanged = false;
  return withFlows(
    [
      flowThat(async (ctx) => {
        await ctx.run("test.thing.read", { name: hasChanged ? "eve" : "ada" });
        await ctx.sleep(1_000_000);
        return "done";
      }),
    ],
    async (world) => {
      const run = await world.submit("test.flow.one", {});
      const before = world.carrier();
      const ended = carryOn(before, world.log, run);
      while (!(await world.records(run)).flat().some((entry) => entry.kind === "parked" && entry.reason === "sleep"))
        await new Promise(setImmediate);
      hasChanged = true;
      const sent = world.sent.length;
      const successor = world.carrier(newId("controller"));
      const claimed = await successor.claimAbandoned(run, world.deps.controllerId);
      assert.ok(claimed);
      await Promise.all([successor.carry(claimed), before.stop(0), ended]);
      const { status, code, message } = end((await world.records(run)).flat());
      assert.deepEqual([status, code, world.sent.length], ["failed", "nondeterministic", sent]);
      assert.match(message ?? "", /Step 0 was run test\.thing\.read in the log.*with another input/);
    },
  );
});

test("fails with the code of the step that failed, or goes on where the flow catches it", () =>
  withFlows(
    [
      flowThat((ctx) => ctx.run("test.thing.nothing", {})),
      flowThat(async (ctx) => ctx.run("test.thing.nothing", {}).catch((reason: unknown) => (reason as LongarmError).code), "test.flow.two"),
    ],
    async (world) => {
      assert.equal((await carry(world)).code, "unknown_action");
      assert.equal((await carry(world, "test.flow.two")).output, "unknown_action");
    },
  ));

test("acts on another connection only where its submitter may, and gives that right on to subflows", () =>
  withFlows(
    [
      flowThat(async (ctx) => {
        const codes: string[] = [];
        for (const connection of ["acme", "acme-test", "globex"])
          await ctx
            .call("test.flow.two", { to: connection }, { connection: "acme" })
            .catch((reason: unknown) => codes.push(LongarmError.from(reason).code));
        return codes;
      }),
      flow({
        ...{ ...form, name: "test.flow.two", version: 1, input: Type.Object({ to: Type.String() }, closed) },
        run: (ctx, { to: connection }) => ctx.run("test.thing.read", { name: "ada" }, { connection }),
      }),
    ],
    async (world) => {
      const acme = (await world.deps.connections.get("acme"))?.value ?? assert.fail();
      for (const name of ["acme-test", "globex"]) await world.deps.connections.put(name, { ...acme, name });
      const codesWith = async (connections?: readonly string[]): Promise<unknown> => {
        const run = await world.carry("test.flow.one", {}, connections && { connections });
        return end((await world.records(run)).flat()).output;
      };
      assert.deepEqual(await codesWith(), ["not_allowed", "not_allowed"]);
      assert.deepEqual(await codesWith(["acme*"]), ["not_allowed"]);
      assert.deepEqual(await codesWith(["*"]), []);
    },
  ));

test("names what a flow threw, and what its own schema forbids", () =>
  withFlows(
    [
      flowThat(async () => {
        throw new TypeError("boom");
      }),
      flow({ ...form, name: "test.flow.two", version: 1, output: Type.String(), run: async () => 7 as unknown as string }),
    ],
    async (world) => {
      const { code, message } = await carry(world);
      assert.equal(code, "flow_failed");
      assert.match(message ?? "", /test\.flow\.one threw: TypeError: boom/);
      assert.equal((await carry(world, "test.flow.two")).code, "action_contract_broken");
    },
  ));

test("ends the runs that it has under way when it is cancelled", () =>
  withFlows([flowThat((ctx) => ctx.call("test.flow.two", {})), flowThat((ctx) => ctx.sleep("30d"), "test.flow.two")], async (world) => {
    const run = await world.submit("test.flow.one", {});
    const parked = Promise.withResolvers<RunId>();
    world.carryChild = async (child) => {
      parked.resolve(child);
      await carryOn(world.carrier(), world.log, child);
    };
    const ended = carryOn(world.carrier(), world.log, run);
    const child = await parked.promise;
    while (!(await world.records(child)).flat().some(({ kind }) => kind === "parked")) await new Promise(setImmediate);
    await world.deps.children.cancel(run, "ada");
    await ended;
    assert.equal(end((await world.records(run)).flat()).status, "cancelled");
    assert.equal(end((await world.records(child)).flat()).status, "cancelled");
  }));

test("ends the branches that are under way when it fails in another one, before its own end", () =>
  withFlows(
    [
      flowThat((ctx) =>
        Promise.all([
          ctx.sleep("30d"),
          ctx.call("test.flow.two", {}),
          ctx.run("test.thing.read", { name: "ada" }).then(() => {
            throw new Error("no");
          }),
        ]),
      ),
      flowThat((ctx) => ctx.sleep("30d"), "test.flow.two"),
    ],
    async (world) => {
      const { run, code, entries } = await carry(world);
      assert.equal(code, "flow_failed");
      const child = entries.flatMap((entry) =>
        entry.kind === "stepBegun" && entry.step === "call" ? [entry.child ?? assert.fail()] : [],
      )[0];
      assert.equal(end((await world.records(child ?? assert.fail())).flat()).status, "cancelled");
      // What a wait leaves to be written is written at the end of the turn.
      for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
      assert.equal((await world.records(run)).flat().at(-1)?.kind, "completed");
      assert.equal(world.deps.slots.free("standard"), 8);
    },
  ));

test("undoes by runs what it undertook to undo", () =>
  withFlows(
    [
      flowThat(async (ctx) => {
        ctx.onFailure(() => ctx.run("test.thing.read", { name: "undo" }));
        throw new Error("no");
      }),
    ],
    async (world) => {
      assert.equal((await carry(world)).code, "flow_failed");
      assert.deepEqual(world.sent, ["GET /first/undo", "GET /second/undo"]);
    },
  ));

test("goes on with the version that a run began under, beside a newer one", () =>
  withFlows([flowThat(async () => "old", "test.flow.one", 1), flowThat(async () => "new", "test.flow.one", 2)], async (world) => {
    const old = await world.carry("test.flow.one", {}, { actionVersion: 1 });
    const young = await world.carry("test.flow.one", {}, { actionVersion: 2 });
    assert.deepEqual([end((await world.records(old)).flat()).output, end((await world.records(young)).flat()).output], ["old", "new"]);
  }));

test("gives a flow the secrets that its steps make, and writes none of them down in the clear", () => {
  const seen: unknown[] = [];
  const output = Type.Object({ token: Type.String({ [secretKeyword]: true }) }, closed);
  return withFlows(
    [
      flow({
        ...form,
        ...{ name: "test.flow.one", version: 1, output },
        async run(ctx) {
          const made = (await ctx.call("test.flow.two", {})) as { readonly token: string };
          seen.push(made.token);
          return made;
        },
      }),
      flow({ ...form, name: "test.flow.two", version: 1, output, run: async () => ({ token: "s3cret" }) }),
    ],
    async (world) => {
      const { status, entries } = await carry(world);
      assert.deepEqual([status, seen], ["succeeded", ["s3cret"]]);
      const stored = JSON.stringify(entries, (_name, value: unknown) =>
        value instanceof Uint8Array ? Buffer.from(value).toString() : value,
      );
      assert.ok(!stored.includes("s3cret"));
    },
  );
});

test.run();
