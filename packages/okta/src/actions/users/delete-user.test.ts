import assert from "node:assert/strict";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { deleteUser } from "./delete-user.ts";
import { absent, done, id, noContent, read, refused, step, userIn } from "./user.fixture.ts";

const test = suite("okta.user.delete");
const write = `DELETE /api/v1/users/${id}`;
const gone = userIn("DEPROVISIONED");

function run(answers: Readonly<Record<string, Answer>>, wish: { ifActive?: "refuse" | "deactivateFirst"; sendEmail?: boolean } = {}) {
  const context = fakeContext(answers);
  return { context, output: deleteUser.run(context, { user: id, ifActive: "refuse", sendEmail: false, ...wish }) };
}

test("deletes a DEPROVISIONED user, and ends when Okta no longer knows it", async () => {
  const { context, output } = run({ [read]: [gone, absent], [write]: noContent });
  assert.deepEqual(await output, { deleted: true, changed: true });
  assert.deepEqual(context.asked, [read, write, read]);
  assert.deepEqual(context.requests[1]?.query, { sendEmail: "false" });
});

for (const status of ["STAGED", "PROVISIONED", "ACTIVE", "RECOVERY", "PASSWORD_EXPIRED", "LOCKED_OUT", "SUSPENDED"]) {
  test(`sends nothing for a user that is ${status}, unless it is told to deactivate it first`, async () => {
    const { context, output } = run({ [read]: userIn(status) });
    await assert.rejects(output, { code: "invalid_state", message: new RegExp(`${status}.*DEPROVISIONED`) });
    assert.deepEqual(context.asked, [read]);
  });
}

test("deactivates first when it is told to, and deletes only a user that it saw DEPROVISIONED", async () => {
  const answers = { [step("deactivate")]: done, [write]: noContent };
  const { context, output } = run(
    { ...answers, [read]: [userIn("ACTIVE"), userIn("ACTIVE"), gone, absent] },
    { ifActive: "deactivateFirst", sendEmail: true },
  );
  assert.deepEqual(await output, { deleted: true, changed: true });
  assert.deepEqual(context.asked, [read, step("deactivate"), read, read, write, read]);
  assert.deepEqual(
    context.requests.filter(({ effect }) => effect === "change").map(({ query }) => query),
    [{ sendEmail: "true" }, { sendEmail: "true" }],
  );
});

test("deletes nothing while the deactivation is under way", async () => {
  const { context, output } = run({ [read]: () => userIn("ACTIVE"), [step("deactivate")]: done }, { ifActive: "deactivateFirst" });
  await assert.rejects(output, { code: "invalid_state", retryable: true });
  assert.equal(context.asked.includes(write), false);
});

test("takes a 404 for the deletion as somebody else's, if the user is gone", async () => {
  assert.deepEqual(await run({ [read]: [gone, absent], [write]: absent }).output, { deleted: true, changed: false });
});

test("never says deleted while the user can still be read", async () => {
  for (const answer of [noContent, absent]) {
    await assert.rejects(run({ [read]: () => gone, [write]: answer }).output, { code: "invalid_state", retryable: true, message: /still/ });
  }
});

test("gives Okta's reason for a refusal, and user_not_found for nobody", async () => {
  await assert.rejects(run({ [read]: gone, [write]: refused(403, "E0000006") }).output, { code: "permission_missing" });
  await assert.rejects(run({ [read]: absent }).output, { code: "user_not_found" });
});

test.run();
