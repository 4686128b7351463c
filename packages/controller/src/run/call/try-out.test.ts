import assert from "node:assert/strict";
import { suite } from "../../../../../test/support/suite.ts";
import { respond, withCarrying, type Carrying } from "../carrying.fixture.ts";

const test = suite("dry runs");

async function outputOf(world: Carrying, action: string, input: unknown): Promise<unknown> {
  const run = await world.carry(action, input, { dryRun: true });
  const last = (await world.records(run)).at(-1)?.at(-1);
  assert.ok(last?.kind === "completed");
  assert.equal(last.status, "succeeded");
  return last.output?.kind === "inline" ? (JSON.parse(Buffer.from(last.output.bytes).toString()) as unknown) : undefined;
}

test("send no change, and tell what it would have been", () =>
  withCarrying(async (world) => {
    assert.deepEqual(await outputOf(world, "test.thing.create", { name: "ada" }), {
      dryRun: true,
      calls: [{ method: "POST", path: "/things", body: { name: "ada" } }],
      difference: [{ object: "thing", pointer: "", from: null, to: { name: "ada" } }],
      output: null,
    });
    assert.deepEqual(world.sent, []);
  }));

test("leave no intent in the log, which would say that something may have been sent", () =>
  withCarrying(async (world) => {
    const run = await world.carry("test.thing.create", { name: "ada" }, { dryRun: true });
    const kinds = (await world.records(run)).flat().map(({ kind }) => kind);
    assert.deepEqual(kinds, ["claimed", "completed"]);
  }));

test("do not believe an action that takes the end of its dry run for an answer", () =>
  withCarrying(async (world) => {
    assert.deepEqual(((await outputOf(world, "test.thing.stubborn", { name: "ada" })) as { calls: unknown[] }).calls, [
      { method: "DELETE", path: "/things/ada", query: { force: "true" } },
      { method: "POST", path: "/things/{id}/after" },
    ]);
    assert.deepEqual(world.sent, []);
  }));

test("let the reads out that come before, and give the action's own output when it changes nothing", () =>
  withCarrying(async (world) => {
    world.answer = async () => respond(200, { here: true });
    assert.deepEqual(await outputOf(world, "test.thing.converge", { name: "ada" }), {
      dryRun: true,
      calls: [],
      difference: [],
      output: { changed: false, key: { $secret: "sealed" } },
    });
    assert.deepEqual(world.sent, ["GET /things/ada"]);
  }));

test("mask the input's secrets wherever they would be sent", () =>
  withCarrying(async (world) => {
    world.answer = async () => respond(404, {});
    const output = await outputOf(world, "test.thing.converge", { name: "ada", key: "s3cret" });
    assert.doesNotMatch(JSON.stringify(output), /s3cret/);
    assert.deepEqual((output as { calls: unknown }).calls, [
      { method: "PUT", path: "/things/ada", body: { nested: [{ key: { $secret: "sealed" } }] } },
    ]);
  }));

test.run();
