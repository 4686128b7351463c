import assert from "node:assert/strict";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { absentHook, answerHook, hookId, readOne, refusedHook, verifyOne } from "./hook.fixture.ts";
import { verifyHook } from "./verify-hook.ts";

const test = suite("okta.eventHook.verify");
const before = answerHook({ verificationStatus: "UNVERIFIED" });
const inactive = answerHook({ status: "INACTIVE", verificationStatus: "UNVERIFIED" });
const uri = "https://longarm.example.com/hooks/okta/acme";

function verify(answers: Readonly<Record<string, Answer>>) {
  const context = fakeContext(answers);
  return { context, output: verifyHook.run(context, { hook: hookId }) };
}

test("lets Okta verify an active hook", async () => {
  const { context, output } = verify({ [readOne]: before, [verifyOne]: answerHook() });
  assert.deepEqual(await output, { uri, verificationStatus: "VERIFIED", changed: true });
  assert.deepEqual(context.asked, [readOne, verifyOne]);
});

test("asks nothing of the endpoint of a verified hook", async () => {
  const { context, output } = verify({ [readOne]: answerHook() });
  assert.deepEqual(await output, { uri, verificationStatus: "VERIFIED", changed: false });
  assert.deepEqual(context.asked, [readOne]);
});

test("sends nothing for an inactive hook, and names its status", async () => {
  const { context, output } = verify({ [readOne]: inactive });
  await assert.rejects(output, { code: "invalid_state", message: /INACTIVE/ });
  assert.deepEqual(context.asked, [readOne]);
});

test("gives Okta's own reason when the endpoint did not prove itself", async () => {
  await assert.rejects(verify({ [readOne]: before, [verifyOne]: refusedHook }).output, { code: "call_rejected", message: /Event hook/ });
});

test("names the status when the hook was deactivated meanwhile", async () => {
  await assert.rejects(verify({ [readOne]: [before, inactive], [verifyOne]: refusedHook }).output, { code: "invalid_state" });
});

test("finds by reading that the hook was verified already", async () => {
  assert.equal((await verify({ [readOne]: [before, answerHook()], [verifyOne]: refusedHook }).output).changed, true);
});

test("fails with hook_not_found when nothing has the id", async () => {
  await assert.rejects(verify({ [readOne]: absentHook }).output, { code: "hook_not_found" });
});

test.run();
