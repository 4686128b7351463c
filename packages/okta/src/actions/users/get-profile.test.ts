import assert from "node:assert/strict";
import { fakeContext } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { getProfile } from "./get-profile.ts";
import { absent, id, read, userIn } from "./user.fixture.ts";

const test = suite("okta.user.getProfile");

test("gives every field of the profile as Okta holds it, and the etag", async () => {
  const profile = { login: "ada@example.com", secondEmail: null, nickName: "", badges: [1, 2], shoeSize: 42 };
  const context = fakeContext({ [read]: userIn("ACTIVE", { profile }) });
  assert.deepEqual(await getProfile.run(context, { user: id }), { profile, etag: 'W/"1"' });
  assert.deepEqual(context.asked, [read]);
});

test("bears a user without profile and etag", async () => {
  const context = fakeContext({ [read]: { status: 200, body: { id, profile: null } } });
  assert.deepEqual(await getProfile.run(context, { user: id }), { profile: {}, etag: null });
});

test("fails with user_not_found when the id is nobody's", async () => {
  await assert.rejects(getProfile.run(fakeContext({ [read]: absent }), { user: id }), { code: "user_not_found" });
});

test.run();
