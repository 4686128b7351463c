import assert from "node:assert/strict";
import { seededLogin } from "@longarm/sandbox";
import { withOktaOrg } from "../support/okta-org.ts";
import { suite } from "../support/suite.ts";

const test = suite("the log of the Okta spoke against an org");
const user = seededLogin(0);

test("streams what was done, over several pages, to an end", () =>
  withOktaOrg({ users: 1 }, async (org) => {
    for (let time = 0; time < 3; time += 1) {
      await org.run("okta.user.suspend", { user });
      await org.run("okta.user.unsuspend", { user });
    }
    const bounds = { since: "2020-01-01T00:00:00Z", until: "2999-01-01T00:00:00Z" };
    const events = await org.items("okta.log.stream", { ...bounds, pageSize: 2 });
    assert.deepEqual([events.length, new Set(events.map(({ uuid }) => uuid)).size], [6, 6]);
    const suspended = await org.items("okta.log.stream", { ...bounds, filter: 'eventType eq "user.lifecycle.suspend"', maxItems: 2 });
    assert.deepEqual(
      suspended.map(({ eventType }) => eventType),
      ["user.lifecycle.suspend", "user.lifecycle.suspend"],
    );
    await assert.rejects(org.items("okta.log.stream", { filter: "nonsense" }), { code: "invalid_request" });
  }));

test("follows what is logged while it reads", () =>
  withOktaOrg({ users: 1 }, async (org) => {
    await org.run("okta.user.suspend", { user });
    const following = org.items("okta.log.stream", { follow: true, maxItems: 2, since: "2020-01-01T00:00:00Z", pageSize: 1 });
    await org.run("okta.user.unsuspend", { user });
    assert.deepEqual(
      (await following).map(({ eventType }) => eventType),
      ["user.lifecycle.suspend", "user.lifecycle.unsuspend"],
    );
  }));

test.run();
