import assert from "node:assert/strict";
import { findSecrets } from "@longarm/spoke";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { absent, id, read, refused, userIn } from "../users/user.fixture.ts";
import { setPassword } from "./set-password.ts";

const test = suite("okta.user.setPassword");
const write = `POST /api/v1/users/${id}`;
const before = userIn("ACTIVE", { passwordChanged: "2026-01-01T00:00:00.000Z" });
const after = userIn("ACTIVE", { passwordChanged: "2026-01-02T00:00:00.000Z" });
const tooRecent = refused(400, "E0000001", "password: Password has been used too recently");

function run(answers: Readonly<Record<string, Answer>>, strict = false) {
  const context = fakeContext(answers);
  return { context, output: setPassword.run(context, { user: id, password: "Correct-horse-9", strict }) };
}

test("sets the password, and sees from its date that it did", async () => {
  const { context, output } = run({ [read]: before, [write]: after });
  assert.deepEqual(await output, { changed: true });
  assert.deepEqual(context.asked, [read, write]);
  assert.deepEqual(
    [context.requests[1]?.query, context.requests[1]?.body],
    [{ strict: "false" }, { credentials: { password: { value: "Correct-horse-9" } } }],
  );
});

test("takes the password as a secret", () => {
  assert.deepEqual(findSecrets(setPassword.input, { user: id, password: "Correct-horse-9", strict: false }), ["/password"]);
});

test("claims nothing where Okta does not show the date", async () => {
  assert.deepEqual(await run({ [read]: userIn("ACTIVE"), [write]: userIn("ACTIVE") }).output, { changed: null });
  assert.deepEqual(await run({ [read]: before, [write]: before }).output, { changed: null });
});

test("takes a strict refusal as its own earlier try when the password was changed since", async () => {
  assert.deepEqual(await run({ [read]: [before, after], [write]: tooRecent }, true).output, { changed: true });
  await assert.rejects(run({ [read]: before, [write]: tooRecent }, true).output, { code: "call_rejected", message: /too recently/ });
});

test("does not take somebody else's change for its own when the password was refused as such", async () => {
  await assert.rejects(run({ [read]: [before, after], [write]: tooRecent }).output, { code: "call_rejected" });
});

test("names the status that forbids it, and knows nobody", async () => {
  await assert.rejects(run({ [read]: userIn("DEPROVISIONED"), [write]: absent }).output, {
    code: "invalid_state",
    message: /DEPROVISIONED/,
  });
  await assert.rejects(run({ [read]: before, [write]: refused(500, "E0000009") }).output, { code: "target_error" });
  await assert.rejects(run({ [read]: absent }).output, { code: "user_not_found" });
});

test.run();
