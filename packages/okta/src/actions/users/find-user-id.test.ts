import assert from "node:assert/strict";
import { fakeContext } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { findUserId } from "./find-user-id.ts";

const test = suite("okta.user.findId");

test("gives the id of the user with this login", async () => {
  const user = { id: "00u1", profile: { login: "ada@example.com" } };
  const context = fakeContext({ "GET /api/v1/users/ada%40example.com": { status: 200, body: user } });
  assert.deepEqual(await findUserId.run(context, { login: "ada@example.com" }), { found: true, id: "00u1" });
});

test("says that nobody has it, when nobody does or Okta finds somebody else", async () => {
  for (const answer of [
    { status: 404, body: { errorCode: "E0000007" } },
    { status: 200, body: { id: "00u1", profile: { login: "adam@example.com" } } },
  ]) {
    assert.deepEqual(await findUserId.run(fakeContext({ "GET /api/v1/users/ada": answer }), { login: "ada" }), { found: false, id: null });
  }
});

test("calls a page that is no user an unexpected response", async () => {
  const context = fakeContext({ "GET /api/v1/users/ada": { status: 200, body: "<html>Sign in</html>" } });
  await assert.rejects(findUserId.run(context, { login: "ada" }), { code: "unexpected_response" });
});

test.run();
