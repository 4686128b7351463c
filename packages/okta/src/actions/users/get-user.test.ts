import assert from "node:assert/strict";
import { findPlacedFaults } from "@longarm/shared/schema";
import { fakeContext } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { getUser } from "./get-user.ts";

const test = suite("okta.user.get");
const id = "00u1234567890ABCDEFG";

test("gives the account, its etag, and not the profile", async () => {
  const body = {
    id,
    status: "PROVISIONED",
    created: "2026-01-01T00:00:00.000Z",
    activated: null,
    statusChanged: "2026-01-02T00:00:00.000Z",
    lastLogin: null,
    lastUpdated: "2026-01-02T00:00:00.000Z",
    passwordChanged: null,
    transitioningToStatus: "ACTIVE",
    type: { id: "oty1" },
    profile: { login: "ada@example.com", secretQuestion: "canary" },
    credentials: { provider: { type: "OKTA", name: "OKTA" } },
    _links: {},
  };
  const context = fakeContext({ [`GET /api/v1/users/${id}`]: { status: 200, headers: { etag: 'W/"5"' }, body } });
  const output = await getUser.run(context, { user: id });
  assert.deepEqual(output, {
    id,
    login: "ada@example.com",
    status: "PROVISIONED",
    created: "2026-01-01T00:00:00.000Z",
    activated: null,
    statusChanged: "2026-01-02T00:00:00.000Z",
    lastLogin: null,
    lastUpdated: "2026-01-02T00:00:00.000Z",
    passwordChanged: null,
    transitioningTo: "ACTIVE",
    type: "oty1",
    provider: { type: "OKTA", name: "OKTA" },
    etag: 'W/"5"',
  });
});

test("bears a user of which everything but the id is null or absent", async () => {
  for (const body of [
    { id },
    { id, status: null, type: null, profile: null, credentials: null },
    { id, type: {}, credentials: { provider: null } },
    { id, credentials: { provider: {} } },
  ]) {
    const output = await getUser.run(fakeContext({ [`GET /api/v1/users/${id}`]: { status: 200, body } }), { user: id });
    assert.deepEqual(findPlacedFaults("output", getUser.output, output), []);
  }
});

test("fails with user_not_found when the id is nobody's", async () => {
  const context = fakeContext({ [`GET /api/v1/users/${id}`]: { status: 404, body: { errorCode: "E0000007" } } });
  await assert.rejects(getUser.run(context, { user: id }), { code: "user_not_found" });
});

test.run();
