import assert from "node:assert/strict";
import type { LongarmError } from "@longarm/shared";
import { suite } from "../../../../../test/support/suite.ts";
import type { RunRequest } from "../../ports/run-service.ts";
import { carryOn, withCarrying } from "../carrying.fixture.ts";
import { removeRun } from "./remove-run.ts";
import { submitRun } from "./submit-run.ts";

const test = suite("submitting a run");

const request: RunRequest = {
  ...{ action: "test.thing.read", connection: "acme", input: { name: "ada" }, lane: "standard" },
  ...{ idempotencyKey: "order-1", principal: "ada" },
};

type Submit = (over?: Partial<RunRequest>) => ReturnType<typeof submitRun>;

function withSubmissions(body: (submit: Submit) => Promise<void>): Promise<void> {
  return withCarrying(({ deps }) => body((over = {}) => submitRun(deps, { ...request, ...over })));
}

async function refusalOf(submitted: Promise<unknown>): Promise<LongarmError> {
  return submitted.then(
    () => assert.fail("it was accepted"),
    (reason: LongarmError) => reason,
  );
}

test("the same key and request name one run; a deadline is the same in the same words, whenever they are said", () =>
  withSubmissions(async (submit) => {
    const first = await submit({ deadline: { text: "10m", atMs: 1_000 } });
    const again = await submit({ deadline: { text: "10m", atMs: 2_000 } });
    assert.deepEqual([again.runId, first.created, again.created], [first.runId, true, false]);
    assert.notEqual((await submit({ principal: "bob" })).runId, first.runId);
  }));

test("a run that a schedule starts is stored with its slot, and its key is the schedule's, whoever answers for it", () =>
  withCarrying(async ({ deps }) => {
    const origin = { kind: "schedule", name: "nightly", slotMs: 1_790_000_000_000 } as const;
    const { runId, submission } = await submitRun(deps, { ...request, origin });
    assert.deepEqual([submission?.origin, (await deps.log.read(runId))?.submission.origin], [origin, origin]);
    const another = await submitRun(deps, { ...request, origin, principal: "bob" });
    assert.deepEqual([another.runId, another.created], [runId, false]);
    assert.notEqual((await submitRun(deps, { ...request, origin: { kind: "trigger", name: "nightly" } })).runId, runId);
    assert.equal((await submitRun(deps, request)).submission?.origin, undefined);
  }));

const others: readonly (readonly [what: string, over: Partial<RunRequest>, differs: readonly string[]])[] = [
  ["lane", { lane: "bulk" }, ["lane"]],
  ["deadline", { deadline: { text: "1h", atMs: Date.now() } }, []],
  ["input", { input: { name: "bob" } }, []],
  ["place", { on: "local" }, ["on"]],
  ["action and lane", { action: "test.thing.create", lane: "bulk" }, ["action", "lane"]],
];
for (const [what, over, differs] of others) {
  test(`the same key with another ${what} is refused, and told apart as far as it can be`, () =>
    withSubmissions(async (submit) => {
      const { runId } = await submit();
      const refusal = await refusalOf(submit(over));
      assert.deepEqual([refusal.code, refusal.details], ["idempotency_conflict", { runId, differs }]);
      const isSure = differs.some((member) => member !== "lane");
      const expected = isSure
        ? `other ${differs.join(", ")};`
        : `another ${differs.length > 0 ? "lane, " : ""}input, deadline, retry policy or limit;`;
      assert.match(refusal.message, new RegExp(expected));
    }));
}

test("a lane that was only preferred is used, but makes no other request", () =>
  withCarrying(async ({ deps }) => {
    const waited = await submitRun(deps, { ...request, preferredLane: "interactive" });
    const again = await submitRun(deps, request);
    const { runId } = await submitRun(deps, { ...request, lane: "standard", preferredLane: "bulk" });
    assert.deepEqual([again.runId, again.created, runId], [waited.runId, false, waited.runId]);
    assert.equal((await deps.log.read(waited.runId))?.submission.lane, "interactive");
    const refusal = await refusalOf(submitRun(deps, { ...request, input: { name: "bob" }, preferredLane: "bulk" }));
    assert.deepEqual(refusal.details["differs"], []);
  }));

test("the key of a removed run means it still, whatever removed it, and refuses another request", () =>
  withCarrying(async ({ deps, ended, carrier, log }) => {
    const { runId } = await submitRun(deps, request);
    await carryOn(carrier(), log, runId);
    await removeRun({ ...deps, ended, keepKeysMs: 60_000 }, runId, "retention");
    const again = await submitRun(deps, request);
    assert.deepEqual([again.runId, again.created, again.ended?.status, again.ended?.removedBy], [runId, false, "succeeded", "retention"]);
    const refusal = await refusalOf(submitRun(deps, { ...request, input: { name: "bob" } }));
    assert.equal(refusal.code, "idempotency_conflict");
    assert.notEqual((await submitRun(deps, { ...request, principal: "bob" })).runId, runId);
  }));

test("without room no new run is taken, and a key is answered with the run that it made", () =>
  withCarrying(async ({ deps, log }) => {
    const { runId } = await submitRun(deps, request);
    deps.room.see({ hasRoom: false, roomBytes: 5, sentence: "Only 0 MB are left." });
    assert.deepEqual(await submitRun(deps, request), { runId, created: false });
    for (const over of [{ idempotencyKey: "order-2" }, { idempotencyKey: undefined as never }]) {
      const refusal = await refusalOf(submitRun(deps, { ...request, ...over }));
      assert.deepEqual([refusal.code, refusal.retryable, refusal.message], ["storage_full", true, "Only 0 MB are left."]);
    }
    assert.equal((await log.identity()).lastSequence, 1);
    deps.room.see({ hasRoom: true, roomBytes: 5_000, sentence: "" });
    assert.equal((await submitRun(deps, { ...request, idempotencyKey: "order-2" })).created, true);
  }));

test("without room the key of a removed run is answered with what is kept of it", () =>
  withCarrying(async ({ deps, ended, carrier, log }) => {
    const { runId } = await submitRun(deps, request);
    await carryOn(carrier(), log, runId);
    await removeRun({ ...deps, ended, keepKeysMs: 60_000 }, runId, "command");
    deps.room.see({ hasRoom: false, roomBytes: 5, sentence: "Only 0 MB are left." });
    const again = await submitRun(deps, request);
    assert.deepEqual([again.runId, again.created, again.ended?.status], [runId, false, "succeeded"]);
  }));

test("refuses a string that is no text with its place, whoever submits", () =>
  withSubmissions(async (submit) => {
    const refusal = await refusalOf(submit({ input: { name: "ada\ud800" } }));
    assert.deepEqual([refusal.code, /\/input\/name/.test(refusal.message)], ["invalid_request", true]);
  }));

test("offers the names that an unknown one was meant to be", () =>
  withSubmissions(async (submit) => {
    assert.match((await refusalOf(submit({ action: "test.thing.raed" }))).message, /; did you mean test\.thing\.read\?$/);
    const refusal = await refusalOf(submit({ connection: "akme" }));
    assert.match(refusal.message, /^No connection is named "akme"; did you mean acme\?$/);
    assert.deepEqual(refusal.details, { nearest: ["acme"] });
    assert.match((await refusalOf(submit({ connection: "something-else" }))).message, /`longarm connections ls` lists them\.$/);
  }));

test.run();
