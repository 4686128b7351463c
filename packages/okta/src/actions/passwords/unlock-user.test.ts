import assert from "node:assert/strict";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { absent, done, id, read, refused, step, userIn } from "../users/user.fixture.ts";
import { unlockUser } from "./unlock-user.ts";

const test = suite("okta.user.unlock");
const write = step("unlock");
const notLocked = refused(403, "E0000032", "The user is not locked out.");

function run(answers: Readonly<Record<string, Answer>>) {
  const context = fakeContext(answers);
  return { context, output: unlockUser.run(context, { user: id }) };
}

test("unlocks a locked user, and reads what became of it", async () => {
  const { context, output } = run({ [read]: [userIn("LOCKED_OUT"), userIn("ACTIVE")], [write]: done });
  assert.deepEqual(await output, { status: "ACTIVE", changed: true });
  assert.deepEqual(context.asked, [read, write, read]);
});

test("frees an active user that was blocked from unknown devices", async () => {
  assert.deepEqual(await run({ [read]: userIn("ACTIVE"), [write]: done }).output, { status: "ACTIVE", changed: true });
});

for (const status of ["ACTIVE", "SUSPENDED", "DEPROVISIONED"]) {
  test(`asks also for a user that is ${status}, and learns that it is not locked`, async () => {
    const { context, output } = run({ [read]: userIn(status), [write]: notLocked });
    assert.deepEqual(await output, { status, changed: false });
    assert.deepEqual(context.asked, [read, write, read]);
  });
}

test("claims no change when somebody else has unlocked the user", async () => {
  const { output } = run({ [read]: [userIn("LOCKED_OUT"), userIn("ACTIVE")], [write]: notLocked });
  assert.deepEqual(await output, { status: "ACTIVE", changed: false });
});

test("does not call a user unlocked that still is locked, as one of a directory may be", async () => {
  await assert.rejects(run({ [read]: userIn("LOCKED_OUT"), [write]: notLocked }).output, { code: "invalid_state", message: /LOCKED_OUT/ });
});

test("gives Okta's reason for other refusals, and knows nobody", async () => {
  const locked = userIn("LOCKED_OUT");
  await assert.rejects(run({ [read]: locked, [write]: refused(403, "E0000006") }).output, { code: "permission_missing" });
  await assert.rejects(run({ [read]: locked, [write]: refused(503, "E0000010") }).output, { code: "target_error" });
  await assert.rejects(run({ [read]: [locked, absent], [write]: absent }).output, { code: "user_not_found" });
  await assert.rejects(run({ [read]: absent }).output, { code: "user_not_found" });
});

test.run();
