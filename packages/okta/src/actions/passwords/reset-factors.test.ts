import assert from "node:assert/strict";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { absent, done, forbiddenByStatus, id, read, refused, step, userIn } from "../users/user.fixture.ts";
import { resetFactors } from "./reset-factors.ts";

const test = suite("okta.user.resetFactors");
const factors = `GET /api/v1/users/${id}/factors`;
const write = step("reset_factors");

function run(answers: Readonly<Record<string, Answer>>) {
  const context = fakeContext(answers);
  return { context, output: resetFactors.run(context, { user: id }) };
}

test("takes the factors that the user has", async () => {
  const { context, output } = run({ [read]: userIn("ACTIVE"), [factors]: { status: 200, body: [{ id: "opf1" }] }, [write]: done });
  assert.deepEqual(await output, { changed: true });
  assert.deepEqual(context.asked, [read, factors, write]);
});

test("resets also where Okta shows no factor, and claims nothing then", async () => {
  for (const answer of [{ status: 200, body: [] }, refused(403, "E0000006"), { status: 200, body: "<html>" }]) {
    const { context, output } = run({ [read]: userIn("ACTIVE"), [factors]: answer, [write]: done });
    assert.deepEqual(await output, { changed: null });
    assert.deepEqual(context.asked, [read, factors, write]);
  }
});

test("names the status that forbids it, gives Okta's reason for the rest, and knows nobody", async () => {
  const none = { status: 200, body: [] };
  await assert.rejects(run({ [factors]: none, [write]: forbiddenByStatus, [read]: userIn("DEPROVISIONED") }).output, {
    code: "invalid_state",
    message: /DEPROVISIONED/,
  });
  await assert.rejects(run({ [factors]: none, [write]: refused(403, "E0000006"), [read]: userIn("ACTIVE") }).output, {
    code: "permission_missing",
  });
  await assert.rejects(run({ [factors]: absent, [write]: absent, [read]: absent }).output, { code: "user_not_found" });
});

test.run();
