import assert from "node:assert/strict";
import { LongarmError } from "@longarm/shared";
import { findSecrets } from "@longarm/spoke";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { absent, id, read, refused, userIn } from "../users/user.fixture.ts";
import { changePassword } from "./change-password.ts";

const test = suite("okta.user.changePassword");
const write = `POST /api/v1/users/${id}/credentials/change_password`;
const wish = { user: id, oldPassword: "Old-horse-8", newPassword: "Correct-horse-9", strict: false, revokeSessions: false };

function run(answers: Readonly<Record<string, Answer>>, more: Partial<typeof wish> = {}) {
  const context = fakeContext(answers);
  return { context, output: changePassword.run(context, { ...wish, ...more }) };
}

test("changes the password with one call, and gives nothing of it back", async () => {
  const { context, output } = run(
    { [write]: { status: 200, body: { password: {}, provider: {} } } },
    { strict: true, revokeSessions: true },
  );
  assert.deepEqual(await output, {});
  assert.deepEqual(context.asked, [write]);
  assert.deepEqual(
    [context.requests[0]?.query, context.requests[0]?.body],
    [{ strict: "true" }, { oldPassword: { value: "Old-horse-8" }, newPassword: { value: "Correct-horse-9" }, revokeSessions: true }],
  );
});

test("takes both passwords as secrets", () => {
  assert.deepEqual(findSecrets(changePassword.input, wish), ["/oldPassword", "/newPassword"]);
});

test("gives Okta's reason for a wrong or a weak password, without either password", async () => {
  const refusal = refused(403, "E0000014", "Old Password is not correct");
  await assert.rejects(run({ [write]: refusal, [read]: userIn("ACTIVE") }).output, (reason: LongarmError) => {
    assert.equal(reason.code, "call_rejected");
    assert.match(reason.message, /Old Password is not correct/);
    assert.doesNotMatch(JSON.stringify([reason.message, reason.details]), /horse/);
    return true;
  });
});

test("names the status that forbids it, however Okta says so", async () => {
  for (const [status, code] of [
    ["PROVISIONED", "E0000035"],
    ["LOCKED_OUT", "E0000038"],
  ] as const) {
    await assert.rejects(run({ [write]: refused(403, code), [read]: userIn(status) }).output, {
      code: "invalid_state",
      message: new RegExp(status),
    });
  }
});

test("sends nothing twice when the outcome is unknown, and knows nobody", async () => {
  const unknown = new LongarmError("outcome_unknown");
  const { context, output } = run({ [write]: unknown });
  await assert.rejects(output, unknown);
  assert.deepEqual(context.asked, [write]);
  await assert.rejects(run({ [write]: absent, [read]: absent }).output, { code: "user_not_found" });
});

test.run();
