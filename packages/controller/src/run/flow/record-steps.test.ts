import assert from "node:assert/strict";
import { LongarmError, newId, type RunId } from "@longarm/shared";
import { flow, type AnyFlow, type FlowContext } from "@longarm/spoke";
import { Type } from "typebox";
import { suite } from "../../../../../test/support/suite.ts";
import { type Carrying, carryOn, withCarrying } from "../carrying.fixture.ts";

const test = suite("records in a flow");

const form = {
  title: "Test",
  summary: "A test.",
  version: 1,
  input: Type.Object({}, { additionalProperties: false }),
  output: Type.Unknown(),
};

function withFlow(run: (context: FlowContext) => Promise<unknown>, body: (world: Carrying) => Promise<void>): Promise<void> {
  const one: AnyFlow = flow({ ...form, name: "test.flow.one", run });
  return withCarrying(body, undefined, [one]);
}

async function endOf(world: Carrying, run: RunId) {
  const entries = (await world.records(run)).flat();
  const last = entries.at(-1);
  assert.ok(last?.kind === "completed", `it ended with ${last?.kind}`);
  const output = last.output?.kind === "inline" ? (JSON.parse(new TextDecoder().decode(last.output.bytes)) as unknown) : null;
  return { status: last.status, code: last.error?.code, message: last.error?.message, output, entries };
}

async function carried(world: Carrying) {
  return endOf(world, await world.carry("test.flow.one", {}));
}

function group(n: number, lastUpdated = "2026-01-01T00:00:00.000Z") {
  return { id: `00g${n}`, name: `Group ${n}`, lastUpdated };
}

async function keptIds(world: Carrying, isDeleted: boolean): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { id, deletedAt } of world.deps.records.store.scan("groups", "acme"))
    if ((deletedAt !== null) === isDeleted) ids.push(id);
  return ids.toSorted();
}

test("are kept as they were seen, and the log tells the step without the objects", () =>
  withFlow(
    (ctx) => ctx.records.upsert("groups", [group(1), group(2)], { source: "sync" }),
    async (world) => {
      const { output, entries } = await carried(world);
      assert.deepEqual(output, { written: 2, unchanged: 0 });
      const kept = await world.deps.records.store.read({ kind: "groups", connection: "acme", id: "00g1" });
      assert.deepEqual([kept?.object, kept?.source, kept?.changedAt], [group(1), "sync", Date.UTC(2026, 0, 1)]);
      const begun = entries.find((entry) => entry.kind === "stepBegun");
      assert.deepEqual([begun?.step, begun?.name], ["records", "upsert"]);
      assert.match(begun?.input ?? "", /"objects":2/);
    },
  ));

test("are marked when a whole listing does not show them, and only then", () =>
  withFlow(
    async (ctx) => {
      await ctx.records.upsert("groups", [group(1), group(2), group(3)], { seenAt: 10 });
      await ctx.records.upsert("groups", [group(1), group(3)], { seenAt: 20 });
      return ctx.records.markMissing("groups", { seenSince: 20 });
    },
    async (world) => {
      assert.equal((await carried(world)).output, 1);
      assert.deepEqual([await keptIds(world, false), await keptIds(world, true)], [["00g1", "00g3"], ["00g2"]]);
    },
  ));

test("are not marked when a listing lacks more than is to be believed, unless that is allowed", () =>
  withFlow(
    async (ctx) => {
      await ctx.records.upsert(
        "groups",
        Array.from({ length: 12 }, (_, n) => group(n)),
        { seenAt: 10 },
      );
      const refused = await ctx.records.markMissing("groups", { seenSince: 20 }).catch((reason: unknown) => LongarmError.from(reason));
      return {
        refused: refused instanceof LongarmError ? refused.message : refused,
        marked: await ctx.records.markMissing("groups", { seenSince: 20, most: 12 }),
      };
    },
    async (world) => {
      const { output } = await carried(world);
      const { refused, marked } = output as { readonly refused: string; readonly marked: number };
      assert.match(refused, /groups of acme lacks 12 of 12 records, so none was marked/);
      assert.equal(marked, 12);
    },
  ));

test("remember how far they are complete, forwards alone", () =>
  withFlow(
    async (ctx) => {
      const before = await ctx.records.mark("groups");
      await ctx.records.moveMark("groups", { watermark: "2026-01-02T00:00:00Z" });
      await ctx.records.moveMark("groups", { watermark: "2026-01-01T00:00:00Z", sweptAt: "2026-01-01T00:00:00Z" });
      return [before, await ctx.records.mark("groups"), await ctx.records.mark("groups")];
    },
    async (world) => {
      const mark = { watermark: "2026-01-02T00:00:00Z", sweptAt: "2026-01-01T00:00:00Z" };
      assert.deepEqual((await carried(world)).output, [{ watermark: null, sweptAt: null }, mark, mark]);
    },
  ));

test("refuse what cannot be a record, and the flow goes on where it catches that", () =>
  withFlow(
    async (ctx) => {
      const codes: string[] = [];
      const wrong = [{ name: "no id" }, { id: "a.b" }];
      for (const object of wrong)
        await ctx.records.upsert("groups", object).catch((reason: unknown) => codes.push(LongarmError.from(reason).code));
      await ctx.records.upsert("users", { id: "00u1" }).catch((reason: unknown) => codes.push(LongarmError.from(reason).message));
      return codes;
    },
    async (world) => {
      const { output } = await carried(world);
      assert.deepEqual(output, [
        "invalid_request",
        "invalid_request",
        'ctx.records.upsert was asked for "users", of which no records are kept.',
      ]);
    },
  ));

test("wait for a broker that is away and for room in its store, and are stored then", () =>
  withFlow(
    (ctx) => ctx.records.upsert("groups", group(1)),
    async (world) => {
      const { store } = world.deps.records;
      const change = store.change.bind(store);
      const faults = ["broker_unavailable", "storage_full"] as const;
      let tries = 0;
      store.change = async (key, how) => {
        const fault = faults[tries++];
        if (fault !== undefined) throw new LongarmError(fault, undefined, { retryable: true });
        return change(key, how);
      };
      const { status, output } = await carried(world);
      assert.deepEqual([status, output, tries], ["succeeded", { written: 1, unchanged: 0 }, 3]);
    },
  ));

test("come out the same when another controller goes on with the flow", () =>
  withFlow(
    async (ctx) => {
      await ctx.records.upsert("groups", [group(1), group(2)], { seenAt: 10 });
      await ctx.sleep(1);
      await ctx.records.upsert("groups", [group(1, "2026-01-02T00:00:00Z")], { seenAt: 20 });
      return ctx.records.markMissing("groups", { seenSince: 20 });
    },
    async (world) => {
      const run = await world.submit("test.flow.one", {});
      const store = world.deps.records.store;
      const change = store.change.bind(store);
      let dies: (() => void) | undefined;
      const died = new Promise<void>((resolve) => (dies = resolve));
      // The first owner has stored the second page, but its end never reaches the log.
      store.change = async (key, how) => {
        const done = await change(key, how);
        const isSecond = (await world.records(run)).flat().some((entry) => entry.kind === "stepBegun" && entry.path === "2");
        if (!isSecond) return done;
        dies?.();
        return new Promise(() => undefined);
      };
      void carryOn(world.carrier(), world.log, run);
      await died;
      store.change = change;
      const successor = world.carrier(newId("controller"));
      const claimed = await successor.claimAbandoned(run, world.deps.controllerId);
      assert.ok(claimed);
      await successor.carry(claimed);
      const { status, output } = await endOf(world, run);
      assert.deepEqual([status, output], ["succeeded", 1]);
      const kept = await store.read({ kind: "groups", connection: "acme", id: "00g1" });
      assert.deepEqual([kept?.firstSeenAt, kept?.syncedAt, kept?.changedAt], [10, 20, Date.UTC(2026, 0, 2)]);
      assert.deepEqual(await keptIds(world, true), ["00g2"]);
    },
  ));

test.run();
