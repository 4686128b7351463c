import assert from "node:assert/strict";
import { test } from "node:test";
import { tryFlow } from "@longarm/spoke/testing";
import { welcome } from "./welcome.ts";

const input = { profile: { login: "ada@example.com" }, groups: ["Engineering"], remindAfter: "7d" };
const onboarded = { "okta.flow.onboardUser": { id: "00u1", skipped: null }, "okta.flow.addUserToGroup": {} };

test("reminds a user who has not come within the week", async () => {
  const answers = { ...onboarded, "okta.user.get": { status: "PROVISIONED" }, "okta.user.reactivate": {} };
  const tried = await tryFlow(welcome, input, { answers });
  assert.deepEqual(tried.output, { id: "00u1", groups: ["Engineering"], reminded: true });
  assert.equal(tried.asked.at(-1), "okta.user.reactivate");
});

test("leaves alone who has come", async () => {
  const tried = await tryFlow(welcome, input, { answers: { ...onboarded, "okta.user.get": { status: "ACTIVE" } } });
  assert.equal((tried.output as { reminded: boolean }).reminded, false);
});

test("does not welcome whoever is there already", async () => {
  const tried = await tryFlow(welcome, input, { answers: { "okta.flow.onboardUser": { id: "00u1", skipped: "exists" } } });
  assert.equal(tried.error?.code, "already_exists");
});
