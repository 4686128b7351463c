import assert from "node:assert/strict";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { isUserLocked } from "./is-user-locked.ts";
import { absent, id, read, refused, userIn } from "./user.fixture.ts";

const test = suite("okta.user.isLocked");
const blocks = `GET /api/v1/users/${id}/blocks`;

function ask(answers: Readonly<Record<string, Answer>>) {
  return isUserLocked.run(fakeContext(answers), { user: id });
}

test("says yes for a user that is LOCKED_OUT", async () => {
  assert.deepEqual(await ask({ [read]: userIn("LOCKED_OUT"), [blocks]: { status: 200, body: [] } }), {
    locked: true,
    status: "LOCKED_OUT",
    blocks: [],
  });
});

test("says no for a user that is only blocked from unknown devices, and names the block", async () => {
  const body = [{ type: "DEVICE_BASED", appliesTo: "UNKNOWN_DEVICES" }, { type: null }];
  assert.deepEqual(await ask({ [read]: userIn("ACTIVE"), [blocks]: { status: 200, body } }), {
    locked: false,
    status: "ACTIVE",
    blocks: [
      { type: "DEVICE_BASED", appliesTo: "UNKNOWN_DEVICES" },
      { type: null, appliesTo: null },
    ],
  });
});

test("gives null for the blocks where the org has none, though Okta answers as if the credential were wrong", async () => {
  for (const answer of [refused(401, "E0000015"), refused(404, "E0000008")]) {
    assert.deepEqual(await ask({ [read]: userIn("ACTIVE"), [blocks]: answer }), { locked: false, status: "ACTIVE", blocks: null });
  }
});

test("does not hide that the blocks could not be read", async () => {
  const user = userIn("ACTIVE");
  await assert.rejects(ask({ [read]: user, [blocks]: refused(401, "E0000011") }), { code: "authentication_failed" });
  await assert.rejects(ask({ [read]: user, [blocks]: { status: 200, body: "<html>" } }), { code: "unexpected_response" });
  await assert.rejects(ask({ [read]: absent }), { code: "user_not_found" });
});

test.run();
