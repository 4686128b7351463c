import assert from "node:assert/strict";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { activateHook } from "./activate-hook.ts";
import { absentHook, answerHook, hookId, readOne, refusedHook } from "./hook.fixture.ts";

const test = suite("okta.eventHook.activate");
const step = `POST /api/v1/eventHooks/${hookId}/lifecycle/activate`;
const before = answerHook({ status: "INACTIVE", verificationStatus: "UNVERIFIED" });
const after = answerHook({ status: "ACTIVE", verificationStatus: "UNVERIFIED" });

function run(answers: Readonly<Record<string, Answer>>) {
  const context = fakeContext(answers);
  return { context, output: activateHook.run(context, { hook: hookId }) };
}

test("activates a hook that is INACTIVE", async () => {
  const { context, output } = run({ [readOne]: before, [step]: after });
  assert.deepEqual(await output, { status: "ACTIVE", verificationStatus: "UNVERIFIED", changed: true });
  assert.deepEqual(context.asked, [readOne, step]);
});

test("leaves a hook alone that is ACTIVE already", async () => {
  const { context, output } = run({ [readOne]: after });
  assert.deepEqual(await output, { status: "ACTIVE", verificationStatus: "UNVERIFIED", changed: false });
  assert.deepEqual(context.asked, [readOne]);
});

test("finds by reading that somebody else has done it, and claims no change", async () => {
  assert.deepEqual(await run({ [readOne]: [before, after], [step]: refusedHook }).output, {
    status: "ACTIVE",
    verificationStatus: "UNVERIFIED",
    changed: false,
  });
});

test("gives Okta's own reason when the hook stays as it was", async () => {
  await assert.rejects(run({ [readOne]: before, [step]: refusedHook }).output, { code: "call_rejected", message: /Event hook/ });
});

test("does not read again after a fault that says nothing of the state", async () => {
  const { context, output } = run({ [readOne]: before, [step]: { status: 429, body: { errorCode: "E0000047" } } });
  await assert.rejects(output, { code: "rate_limited" });
  assert.equal(context.asked.length, 2);
});

test("fails with hook_not_found when nothing has the id, or no longer", async () => {
  await assert.rejects(run({ [readOne]: absentHook }).output, { code: "hook_not_found", message: new RegExp(hookId) });
  await assert.rejects(run({ [readOne]: [before, absentHook], [step]: absentHook }).output, { code: "hook_not_found" });
});

test.run();
