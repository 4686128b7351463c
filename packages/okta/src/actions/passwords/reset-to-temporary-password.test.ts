import assert from "node:assert/strict";
import { LongarmError } from "@longarm/shared";
import { findSecrets } from "@longarm/spoke";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { absent, done, forbiddenByStatus, id, read, refused, step, userIn } from "../users/user.fixture.ts";
import { resetToTemporaryPassword } from "./reset-to-temporary-password.ts";

const test = suite("okta.user.resetToTemporaryPassword");
const write = step("expire_password_with_temp_password");

function run(answers: Readonly<Record<string, Answer>>, revokeSessions = false) {
  const context = fakeContext(answers);
  return { context, output: resetToTemporaryPassword.run(context, { user: id, revokeSessions }) };
}

test("gives the temporary password as a secret", async () => {
  const { context, output } = run({ [read]: userIn("ACTIVE"), [write]: { status: 200, body: { tempPassword: "k3yB0ard" } } }, true);
  const reset = await output;
  assert.deepEqual(reset, { temporaryPassword: "k3yB0ard" });
  assert.deepEqual(findSecrets(resetToTemporaryPassword.output, reset), ["/temporaryPassword"]);
  assert.deepEqual([context.asked, context.requests[1]?.query], [[read, write], { revokeSessions: "true" }]);
});

test("does not know what became of a reset whose answer holds no password", async () => {
  await assert.rejects(run({ [read]: userIn("ACTIVE"), [write]: done }).output, { code: "outcome_unknown" });
});

test("names the status that forbids it", async () => {
  for (const status of ["STAGED", "SUSPENDED"]) {
    await assert.rejects(run({ [write]: forbiddenByStatus, [read]: userIn(status) }).output, {
      code: "invalid_state",
      message: new RegExp(status),
    });
  }
  await assert.rejects(run({ [write]: absent, [read]: userIn("DEPROVISIONED") }).output, { code: "invalid_state" });
});

test("sends nothing twice when the outcome is unknown, and knows nobody", async () => {
  const unknown = new LongarmError("outcome_unknown");
  const { context, output } = run({ [read]: userIn("ACTIVE"), [write]: unknown });
  await assert.rejects(output, unknown);
  assert.deepEqual(context.asked, [read, write]);
  await assert.rejects(run({ [write]: absent, [read]: absent }).output, { code: "user_not_found" });
  await assert.rejects(run({ [write]: refused(403, "E0000006"), [read]: userIn("ACTIVE") }).output, { code: "permission_missing" });
});

test.run();
