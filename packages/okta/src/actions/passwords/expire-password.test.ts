import assert from "node:assert/strict";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { absent, forbiddenByStatus, id, read, refused, step, userIn } from "../users/user.fixture.ts";
import { expirePassword } from "./expire-password.ts";

const test = suite("okta.user.expirePassword");
const write = step("expire_password");
const expired = userIn("PASSWORD_EXPIRED");

function run(answers: Readonly<Record<string, Answer>>) {
  const context = fakeContext(answers);
  return { context, output: expirePassword.run(context, { user: id }) };
}

test("expires the password of an active user", async () => {
  const { context, output } = run({ [read]: userIn("ACTIVE"), [write]: expired });
  assert.deepEqual(await output, { status: "PASSWORD_EXPIRED", changed: true });
  assert.deepEqual(context.asked, [read, write]);
});

test("leaves a user alone whose password is expired", async () => {
  const { context, output } = run({ [read]: expired });
  assert.deepEqual(await output, { status: "PASSWORD_EXPIRED", changed: false });
  assert.deepEqual(context.asked, [read]);
});

test("finds by reading that somebody else has done it, and claims no change", async () => {
  const { output } = run({ [read]: [userIn("ACTIVE"), expired], [write]: forbiddenByStatus });
  assert.deepEqual(await output, { status: "PASSWORD_EXPIRED", changed: false });
});

test("names the status that forbids it, however Okta says so", async () => {
  for (const [status, refusal] of [
    ["STAGED", forbiddenByStatus],
    ["SUSPENDED", forbiddenByStatus],
    ["DEPROVISIONED", absent],
  ] as const) {
    await assert.rejects(run({ [read]: userIn(status), [write]: refusal }).output, { code: "invalid_state", message: new RegExp(status) });
  }
});

test("gives Okta's reason for other refusals, and knows nobody", async () => {
  await assert.rejects(run({ [read]: userIn("ACTIVE"), [write]: refused(403, "E0000006") }).output, { code: "permission_missing" });
  await assert.rejects(run({ [read]: userIn("ACTIVE"), [write]: refused(500, "E0000009") }).output, { code: "target_error" });
  await assert.rejects(run({ [read]: absent }).output, { code: "user_not_found" });
});

test.run();
