import assert from "node:assert/strict";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { revokeUser } from "./revoke-user.ts";

const test = suite("okta.app.revokeUser");
const app = "0oa1234567890ABCDEFG";
const user = "00u1234567890ABCDEFG";
const who = { [`GET /api/v1/users/${user}`]: { status: 200, body: { id: user, profile: {} } } };
const read = `GET /api/v1/apps/${app}/users/${user}`;
const end = `DELETE /api/v1/apps/${app}/users/${user}`;
const absent = { status: 404, body: { errorCode: "E0000007" } };
const groups = {
  [`GET /api/v1/apps/${app}/groups`]: { status: 200, body: [{ id: "00g1" }, { id: "00g3" }] },
  [`GET /api/v1/users/${user}/groups`]: {
    status: 200,
    body: [
      { id: "00g1", type: "OKTA_GROUP", profile: { name: "Sales" } },
      { id: "00g2", type: "OKTA_GROUP", profile: { name: "Other" } },
    ],
  },
};

function assigned(scope: string) {
  return { status: 200, body: { id: user, scope } };
}

function revoke(answers: Readonly<Record<string, Answer>>) {
  const context = fakeContext({ ...who, ...answers });
  return { context, output: revokeUser.run(context, { app, user, sendEmail: false }) };
}

test("ends an assignment of the user's own, without a mail", async () => {
  const { context, output } = revoke({ [read]: assigned("USER"), [end]: { status: 204 } });
  assert.deepEqual(await output, { changed: true });
  assert.deepEqual(context.requests.at(-1)?.query, { sendEmail: "false" });
});

test("sends no write for a user without access", async () => {
  const { context, output } = revoke({ [read]: absent, [`GET /api/v1/apps/${app}`]: { status: 200, body: { id: app } } });
  assert.deepEqual(await output, { changed: false });
  assert.ok(!context.asked.includes(end));
});

test("does not take an application that is not there for one without access", () =>
  assert.rejects(revoke({ [read]: absent, [`GET /api/v1/apps/${app}`]: absent }).output, { code: "app_not_found" }));

const byGroups = {
  code: "invalid_state",
  message: /"Sales" \(00g1\)/,
  details: { app, user, groups: [{ id: "00g1", name: "Sales", type: "OKTA_GROUP" }] },
};

test("names the groups that grant the access, and changes nothing", async () => {
  const { context, output } = revoke({ [read]: assigned("GROUP"), ...groups });
  await assert.rejects(output, byGroups);
  assert.ok(!context.asked.includes(end));
});

test("names them too when Okta refuses since a group grants the access beside", () =>
  assert.rejects(
    revoke({ [read]: assigned("USER"), [end]: { status: 403, body: { errorCode: "E0000046" } }, ...groups }).output,
    byGroups,
  ));

test("gives Okta's reason for any other refusal", () =>
  assert.rejects(revoke({ [read]: assigned("USER"), [end]: { status: 403, body: { errorCode: "E0000006" } } }).output, {
    code: "permission_missing",
  }));

test.run();
