import assert from "node:assert/strict";
import { findSecrets } from "@longarm/spoke";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { reactivateUser } from "./reactivate-user.ts";
import { absent, done, forbiddenByStatus, id, read, step, userIn } from "./user.fixture.ts";

const test = suite("okta.user.reactivate");
const write = step("reactivate");
const token = { activationUrl: "https://acme.okta.com/tokens/abc/verify", activationToken: "abc" };

function run(answers: Readonly<Record<string, Answer>>, wish: { user?: string; sendEmail?: boolean } = {}) {
  const context = fakeContext(answers);
  return { context, output: reactivateUser.run(context, { user: id, sendEmail: false, ...wish }) };
}

test("gives another link and token, as secrets", async () => {
  const { context, output } = run({ [read]: userIn("PROVISIONED"), [write]: { status: 200, body: { ...token, _links: {} } } });
  const restarted = await output;
  assert.deepEqual(restarted, token);
  assert.deepEqual(context.requests[1]?.query, { sendEmail: "false" });
  assert.deepEqual(findSecrets(reactivateUser.output, restarted), ["/activationUrl", "/activationToken"]);
});

test("gives nothing when Okta mails it, and finds the user by its login", async () => {
  const login = "GET /api/v1/users/ada%40example.com";
  const { context, output } = run({ [login]: userIn("RECOVERY"), [write]: done }, { user: "ada@example.com", sendEmail: true });
  assert.deepEqual(await output, {});
  assert.deepEqual(context.asked, [login, write]);
});

test("names the status that forbids it", async () => {
  for (const status of ["STAGED", "ACTIVE", "SUSPENDED", "DEPROVISIONED"]) {
    await assert.rejects(run({ [write]: forbiddenByStatus, [read]: userIn(status) }).output, {
      code: "invalid_state",
      message: new RegExp(status),
    });
  }
});

test("does not know what became of an activation whose answer holds no token", () =>
  assert.rejects(run({ [read]: userIn("PROVISIONED"), [write]: done }).output, { code: "outcome_unknown" }));

test("fails with user_not_found for nobody", async () => {
  await assert.rejects(run({ [write]: absent, [read]: absent }).output, { code: "user_not_found" });
});

test.run();
