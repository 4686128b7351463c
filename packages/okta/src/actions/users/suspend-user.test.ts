import assert from "node:assert/strict";
import { LongarmError } from "@longarm/shared";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { suspendUser } from "./suspend-user.ts";

const test = suite("okta.user.suspend");
const id = "00u1234567890ABCDEFG";
const read = `GET /api/v1/users/${id}`;
const write = `POST /api/v1/users/${id}/lifecycle/suspend`;
const refusal = { status: 400, body: { errorCode: "E0000001", errorSummary: "Api validation failed: suspendUser" } };

function user(status: string) {
  return { status: 200, body: { id, status, profile: { login: "ada@example.com" } } };
}

function suspend(answers: Readonly<Record<string, Answer>>) {
  const context = fakeContext(answers);
  return { context, output: suspendUser.run(context, { user: id }) };
}

test("suspends an active user", async () => {
  const { context, output } = suspend({ [read]: user("ACTIVE"), [write]: { status: 200, body: {} } });
  assert.deepEqual(await output, { status: "SUSPENDED", changed: true });
  assert.deepEqual(
    context.requests.map(({ effect, body }) => [effect, body]),
    [
      ["read", null],
      ["change", null],
    ],
  );
});

test("leaves a suspended user alone", async () => {
  const { context, output } = suspend({ [read]: user("SUSPENDED") });
  assert.deepEqual(await output, { status: "SUSPENDED", changed: false });
  assert.deepEqual(context.asked, [read]);
});

for (const status of ["STAGED", "PROVISIONED", "RECOVERY", "PASSWORD_EXPIRED", "LOCKED_OUT", "DEPROVISIONED"]) {
  test(`sends nothing for a user that is ${status}, and names the status`, async () => {
    const { context, output } = suspend({ [read]: user(status) });
    await assert.rejects(output, { code: "invalid_state", message: new RegExp(status) });
    assert.deepEqual(context.asked, [read]);
  });
}

test("finds by reading that somebody else has done it, and claims no change", async () => {
  const { output } = suspend({ [read]: [user("ACTIVE"), user("SUSPENDED")], [write]: refusal });
  assert.deepEqual(await output, { status: "SUSPENDED", changed: false });
});

test("names the status that a user was moved to meanwhile", async () => {
  await assert.rejects(suspend({ [read]: [user("ACTIVE"), user("DEPROVISIONED")], [write]: refusal }).output, {
    code: "invalid_state",
    message: /DEPROVISIONED/,
  });
});

test("gives Okta's own reason when the user is still active", async () => {
  await assert.rejects(suspend({ [read]: user("ACTIVE"), [write]: refusal }).output, { code: "call_rejected", message: /suspendUser/ });
});

test("does not read again after a fault that says nothing of the state", async () => {
  const { context, output } = suspend({ [read]: user("ACTIVE"), [write]: { status: 429, body: { errorCode: "E0000047" } } });
  await assert.rejects(output, { code: "rate_limited" });
  assert.equal(context.asked.length, 2);
});

test("lets an unknown outcome pass as it is", async () => {
  const unknown = new LongarmError("outcome_unknown");
  await assert.rejects(suspend({ [read]: user("ACTIVE"), [write]: unknown }).output, unknown);
});

test("suspends by login with the id that was found", async () => {
  const context = fakeContext({ "GET /api/v1/users/ada": user("ACTIVE"), [write]: { status: 200, body: {} } });
  assert.deepEqual(await suspendUser.run(context, { user: "ada" }), { status: "SUSPENDED", changed: true });
});

test.run();
