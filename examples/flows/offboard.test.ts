import assert from "node:assert/strict";
import { test } from "node:test";
import { LongarmError } from "@longarm/spoke";
import { tryFlow } from "@longarm/spoke/testing";
import { offboard } from "./offboard.ts";

const input = { login: "ada@example.com" };

test("suspends in both orgs and ends the sessions", async () => {
  const answers = { "okta.user.suspend": { changed: true }, "okta.user.clearSessions": {} };
  const tried = await tryFlow(offboard, input, { answers });
  assert.deepEqual(tried.output, { suspended: ["acme", "partner"] });
});

test("takes the first suspension back when the partner refuses", async () => {
  const orgs = [{ changed: true }, new LongarmError("user_not_found", "Nobody of that name.")];
  const answers = {
    "okta.user.suspend": () => {
      const answer = orgs.shift();
      if (answer instanceof LongarmError) throw answer;
      return answer;
    },
    "okta.user.unsuspend": { changed: true },
  };
  const tried = await tryFlow(offboard, input, { answers });
  assert.equal(tried.error?.code, "user_not_found");
  assert.deepEqual(tried.asked, ["okta.user.suspend", "okta.user.suspend", "okta.user.unsuspend"]);
  assert.equal(tried.steps.at(-1)?.connection, "acme");
});
