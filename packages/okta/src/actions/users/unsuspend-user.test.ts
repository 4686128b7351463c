import assert from "node:assert/strict";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { unsuspendUser } from "./unsuspend-user.ts";
import { absent, done, id, read, refused, step, userIn } from "./user.fixture.ts";

const test = suite("okta.user.unsuspend");
const write = step("unsuspend");
const refusal = refused(400, "E0000001", "unsuspendUser");

function unsuspend(answers: Readonly<Record<string, Answer>>) {
  const context = fakeContext(answers);
  return { context, output: unsuspendUser.run(context, { user: id }) };
}

test("makes a suspended user active", async () => {
  const { context, output } = unsuspend({ [read]: userIn("SUSPENDED"), [write]: done });
  assert.deepEqual(await output, { status: "ACTIVE", changed: true });
  assert.deepEqual(context.asked, [read, write]);
});

test("leaves an active user alone", async () => {
  const { context, output } = unsuspend({ [read]: userIn("ACTIVE") });
  assert.deepEqual(await output, { status: "ACTIVE", changed: false });
  assert.deepEqual(context.asked, [read]);
});

for (const status of ["STAGED", "PROVISIONED", "RECOVERY", "PASSWORD_EXPIRED", "LOCKED_OUT", "DEPROVISIONED", null]) {
  test(`sends nothing for a user that is ${status ?? "in no status at all"}`, async () => {
    const { context, output } = unsuspend({ [read]: userIn(status) });
    await assert.rejects(output, { code: "invalid_state", message: new RegExp(`${status ?? "unknown"}.*SUSPENDED`) });
    assert.deepEqual(context.asked, [read]);
  });
}

test("finds by reading that somebody else has done it, and claims no change", async () => {
  const { output } = unsuspend({ [read]: [userIn("SUSPENDED"), userIn("ACTIVE")], [write]: refusal });
  assert.deepEqual(await output, { status: "ACTIVE", changed: false });
});

test("gives Okta's own reason when the user is still suspended, and the status when it was moved meanwhile", async () => {
  await assert.rejects(unsuspend({ [read]: userIn("SUSPENDED"), [write]: refusal }).output, { code: "call_rejected" });
  await assert.rejects(unsuspend({ [read]: [userIn("SUSPENDED"), userIn("DEPROVISIONED")], [write]: refusal }).output, {
    code: "invalid_state",
    message: /DEPROVISIONED/,
  });
});

test("fails with user_not_found for nobody, and for a user that went meanwhile", async () => {
  await assert.rejects(unsuspend({ [read]: absent }).output, { code: "user_not_found" });
  await assert.rejects(unsuspend({ [read]: [userIn("SUSPENDED"), absent], [write]: absent }).output, { code: "user_not_found" });
});

test.run();
