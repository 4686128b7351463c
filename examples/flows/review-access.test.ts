import assert from "node:assert/strict";
import { test } from "node:test";
import { tryFlow } from "@longarm/spoke/testing";
import { reviewAccess } from "./review-access.ts";

const now = Date.UTC(2026, 5, 1);
const member = (id: string, lastLogin: string | null) => ({ id, created: "2024-01-01T00:00:00Z", lastLogin, profile: { login: id } });
const members = [member("ada", "2026-05-20T00:00:00Z"), member("bob", "2026-01-20T00:00:00Z"), member("eve", null)];
const input = { group: "name:Engineering", inactiveDays: 90, dryRun: false };

test("removes who has not come for a quarter, and who never came", async () => {
  const answers = { "okta.group.streamMembers": members, "okta.group.removeUser": { changed: true } };
  const tried = await tryFlow(reviewAccess, input, { answers, submittedAtMs: now });
  const { reviewed, removed } = tried.output as { reviewed: number; removed: readonly { id: string }[] };
  assert.deepEqual([reviewed, removed.map(({ id }) => id)], [3, ["bob", "eve"]]);
  assert.equal(tried.asked.filter((name) => name === "okta.group.removeUser").length, 2);
});

test("only tells when nothing is to be done", async () => {
  const answers = { "okta.group.streamMembers": members };
  const tried = await tryFlow(reviewAccess, { ...input, dryRun: true }, { answers, submittedAtMs: now });
  assert.deepEqual(tried.asked, ["okta.group.streamMembers"]);
});
