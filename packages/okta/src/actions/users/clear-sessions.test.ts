import assert from "node:assert/strict";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { clearSessions } from "./clear-sessions.ts";
import { absent, id, noContent, read, refused, userIn } from "./user.fixture.ts";

const test = suite("okta.user.clearSessions");
const write = `DELETE /api/v1/users/${id}/sessions`;

function run(answers: Readonly<Record<string, Answer>>, wish: { user?: string; oauthTokens?: boolean; forgetDevices?: boolean } = {}) {
  const context = fakeContext(answers);
  return { context, output: clearSessions.run(context, { user: id, oauthTokens: false, ...wish }) };
}

test("ends the sessions without a look-up, and does not claim that there were any", async () => {
  const { context, output } = run({ [write]: noContent });
  assert.deepEqual(await output, { changed: null });
  assert.deepEqual(context.asked, [write]);
  assert.deepEqual(context.requests[0]?.query, { oauthTokens: "false" });
});

test("puts each wish where Okta takes it, for a user named by its login", async () => {
  const answers = { "GET /api/v1/users/ada": userIn("ACTIVE"), [write]: noContent };
  const { context, output } = run(answers, { user: "ada", oauthTokens: true, forgetDevices: false });
  await output;
  assert.deepEqual(context.requests[1]?.query, { oauthTokens: "true", forgetDevices: "false" });
});

test("tells nobody, a status that forbids it, and a lacking permission apart", async () => {
  await assert.rejects(run({ [write]: absent, [read]: absent }).output, { code: "user_not_found" });
  await assert.rejects(run({ [write]: absent, [read]: userIn("DEPROVISIONED") }).output, {
    code: "invalid_state",
    message: /DEPROVISIONED/,
  });
  await assert.rejects(run({ [write]: refused(403, "E0000006"), [read]: userIn("ACTIVE") }).output, { code: "permission_missing" });
  await assert.rejects(run({ [write]: refused(500, "E0000009") }).output, { code: "target_error" });
});

test.run();
