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

test("gives the temporary password as a secret, with one call", async () => {
  const { context, output } = run({ [write]: { status: 200, body: { tempPassword: "k3yB0ard" } } }, true);
  const reset = await output;
  assert.deepEqual(reset, { temporaryPassword: "k3yB0ard" });
  assert.deepEqual(findSecrets(resetToTemporaryPassword.output, reset), ["/temporaryPassword"]);
  assert.deepEqual([context.asked, context.requests[0]?.query], [[write], { revokeSessions: "true" }]);
});

test("says that one has to reset again when the answer holds no password", async () => {
  await assert.rejects(run({ [write]: done }).output, { code: "unexpected_response", message: /once more/ });
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
  const { context, output } = run({ [write]: unknown });
  await assert.rejects(output, unknown);
  assert.deepEqual(context.asked, [write]);
  await assert.rejects(run({ [write]: absent, [read]: absent }).output, { code: "user_not_found" });
  await assert.rejects(run({ [write]: refused(403, "E0000006"), [read]: userIn("ACTIVE") }).output, { code: "permission_missing" });
});

test.run();
