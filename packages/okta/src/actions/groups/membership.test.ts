import assert from "node:assert/strict";
import { suite } from "../../../../../test/support/suite.ts";
import { groupId, userId } from "./group.fixture.ts";
import { readingMembership } from "./membership.ts";

const test = suite("what a user's groups tell of a lost call");
const at = { sentAgoMs: 0 };
const page = (ids: readonly string[], next?: string) => ({
  status: 200,
  headers: next === undefined ? {} : { link: `<https://acme.okta.com/api/v1/users/x/groups?after=${next}>; rel="next"` },
  body: ids.map((id) => ({ id, profile: { name: "Any" } })),
});
const other = "00gotherotherotherot";

for (const [isWanted, seen, unseen] of [
  [true, "applied", "not_applied"],
  [false, "not_applied", "applied"],
] as const) {
  const { judge, request } = readingMembership({ groupId, userId }, isWanted);
  test(`${isWanted ? "an addition" : "a removal"} is ${seen.replace("_", " ")} when the group is among them, and ${unseen.replace("_", " ")} when it is on no page`, () => {
    assert.deepEqual(request.path, ["api", "v1", "users", userId, "groups"]);
    assert.equal(judge(page([other, groupId]), at).kind, seen);
    assert.equal(judge(page([other]), at).kind, unseen);
    assert.equal(judge({ status: 500, headers: {}, body: null }, at).kind, "unclear");
  });

  test(`${isWanted ? "an addition" : "a removal"} is looked for on the next page`, () => {
    const finding = judge(page([other], "c1"), at);
    assert.ok(finding.kind === "readOn");
    assert.deepEqual(finding.request.query, { after: "c1" });
  });
}

test.run();
