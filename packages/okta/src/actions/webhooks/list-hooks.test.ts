import assert from "node:assert/strict";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { hookId, listAll, oktaHook } from "./hook.fixture.ts";
import { listHooks } from "./list-hooks.ts";

const test = suite("okta.eventHook.list");

function list(answer: Answer) {
  return listHooks.run(fakeContext({ [listAll]: answer }), {});
}

test("gives all hooks, the inactive too", async () => {
  const { hooks, truncated } = await list({ status: 200, body: [oktaHook(), { ...oktaHook({ status: "INACTIVE" }), id: "who2" }] });
  assert.deepEqual(
    hooks.map(({ id, status }) => [id, status]),
    [
      [hookId, "ACTIVE"],
      ["who2", "INACTIVE"],
    ],
  );
  assert.equal(truncated, false);
});

test("gives no more than 10,000, and says so", async () => {
  const many = Array.from({ length: 10_001 }, (_, index) => ({ id: `who${index}` }));
  const { hooks, truncated } = await list({ status: 200, body: many });
  assert.deepEqual([hooks.length, truncated], [10_000, true]);
  assert.equal((await list({ status: 200, body: many.slice(1) })).truncated, false);
});

test("fails when the answer is no list, or a refusal", async () => {
  await assert.rejects(list({ status: 200, body: {} }), { code: "unexpected_response" });
  await assert.rejects(list({ status: 403, body: { errorCode: "E0000006" } }), { code: "permission_missing" });
});

test.run();
