import assert from "node:assert/strict";
import type { IncomingHttpHeaders } from "node:http";
import { withHookReceiver } from "../../../../../test/support/hook-receiver.ts";
import { type SandboxOrg, withSandbox } from "../../../../../test/support/sandbox.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { until } from "../../../../../test/support/until.ts";

const test = suite("event hook deliveries of the simulated org");

interface Delivered {
  readonly eventId: string;
  readonly data: {
    readonly events: readonly { readonly eventType: string; readonly target: readonly { readonly displayName: string }[] }[];
  };
}

/** Runs `work` with an org whose verified hook, for new groups where nothing else is wanted, leads to a receiver that answers with these statuses in turn. */
function withHook(
  statuses: readonly number[],
  work: (org: SandboxOrg, bodies: readonly Delivered[], seen: readonly IncomingHttpHeaders[]) => Promise<void>,
  wanted: object = { items: ["group.lifecycle.create"] },
) {
  return withSandbox({}, (org) => {
    const bodies: Delivered[] = [];
    const seen: IncomingHttpHeaders[] = [];
    return withHookReceiver(
      (headers, body) => {
        const challenge = headers["x-okta-verification-challenge"];
        if (challenge !== undefined) return { status: 200, body: { verification: challenge } };
        seen.push(headers);
        bodies.push(JSON.parse(body) as Delivered);
        return { status: statuses[bodies.length - 1] ?? 204, body: {} };
      },
      async (uri) => {
        const channel = {
          type: "HTTP",
          version: "1.0.0",
          config: { uri, authScheme: { type: "HEADER", key: "Authorization", value: "s3cret" } },
        };
        const events = { type: "EVENT_TYPE", ...wanted };
        const { id } = (await org.call("POST", "/api/v1/eventHooks", { name: "groups", events, channel })).body as { id: string };
        await makeGroup(org, "Before it was verified");
        assert.equal((await org.call("POST", `/api/v1/eventHooks/${id}/lifecycle/verify`)).status, 200);
        await work(org, bodies, seen);
      },
    );
  });
}

async function makeGroup(org: SandboxOrg, name: string): Promise<void> {
  assert.equal((await org.call("POST", "/api/v1/groups", { profile: { name } })).status, 200);
}

interface Done {
  readonly answers: readonly number[];
  readonly eventTypes: readonly string[];
}

async function settled(org: SandboxOrg, count: number): Promise<readonly Done[]> {
  const done = async () => ((await org.call("GET", "/sandbox/deliveries")).body as { deliveries: readonly Done[] }).deliveries;
  await until(`${count} deliveries are done`, async () => (await done()).length >= count);
  return done();
}

function namesIn(bodies: readonly Delivered[]): unknown[] {
  return bodies.map(({ data }) => data.events[0]?.target[0]?.displayName);
}

test("reach a verified hook only, with its secret and what has happened", () =>
  withHook([], async (org, bodies, seen) => {
    await makeGroup(org, "Pilots");
    assert.deepEqual((await settled(org, 1))[0]?.answers, [204]);
    assert.deepEqual([namesIn(bodies), seen[0]?.authorization], [["Pilots"], "s3cret"]);
  }));

test("are tried once more after a 5xx, with the same id, and not after a 4xx", () =>
  withHook([500, 204, 410], async (org, bodies) => {
    await makeGroup(org, "Pilots");
    await settled(org, 1);
    await makeGroup(org, "Divers");
    const done = await settled(org, 2);
    assert.deepEqual(
      done.map(({ answers }) => answers),
      [[500, 204], [410]],
    );
    assert.equal(bodies[0]?.eventId, bodies[1]?.eventId);
  }));

test("come twice, or in reverse order, on request", () =>
  withHook([], async (org, bodies) => {
    await org.call("POST", "/sandbox/deliveries", { duplicates: 1 });
    await makeGroup(org, "Pilots");
    await settled(org, 2);
    assert.deepEqual([namesIn(bodies), new Set(bodies.map(({ eventId }) => eventId)).size], [["Pilots", "Pilots"], 1]);
    await org.call("POST", "/sandbox/deliveries", { reverse: 2 });
    await makeGroup(org, "First");
    await makeGroup(org, "Second");
    await settled(org, 4);
    assert.deepEqual(namesIn(bodies.slice(2)), ["Second", "First"]);
  }));

test("hold together what one request brought about, and leave out what their filter keeps back", () =>
  withHook(
    [],
    async (org, bodies) => {
      const { body } = await org.call("POST", "/api/v1/groups", { profile: { name: "Pilots" } });
      const profile = { firstName: "Ada", lastName: "L", email: "ada@example.com", login: "ada@example.com" };
      const other = (await org.call("POST", "/api/v1/groups", { profile: { name: "Divers" } })).body as { id: string };
      const groupIds = [(body as { id: string }).id, other.id];
      await org.call("POST", "/api/v1/users?activate=false", { profile, groupIds });
      const done = await settled(org, 1);
      assert.deepEqual(
        bodies.map(({ data }) => data.events.map(({ eventType, target }) => [eventType, target[0]?.displayName])),
        [
          [
            ["user.lifecycle.create", "Ada L"],
            ["group.user_membership.add", "Divers"],
          ],
        ],
      );
      const log = (await org.call("GET", `/api/v1/logs?filter=${encodeURIComponent('target.displayName eq "Ada L"')}`)).body;
      const [created, , added] = log as readonly unknown[];
      assert.deepEqual(bodies[0]?.data.events, [created, added]);
      assert.deepEqual(done[0]?.eventTypes, ["user.lifecycle.create", "group.user_membership.add"]);
    },
    {
      items: ["user.lifecycle.create", "group.user_membership.add"],
      filter: {
        eventFilterMap: [
          { event: "group.user_membership.add", condition: { expression: "event.target.?[displayName eq 'Divers'].size() > 0" } },
        ],
      },
    },
  ));

test("are lost as often as was asked, and then reach the hook again", () =>
  withHook([], async (org, bodies) => {
    await org.call("POST", "/sandbox/deliveries", { drop: 2 });
    for (const name of ["Lost", "Lost too", "Sent"]) await makeGroup(org, name);
    const done = await settled(org, 3);
    assert.deepEqual(
      done.map(({ answers }) => answers),
      [[], [], [204]],
    );
    assert.deepEqual(namesIn(bodies), ["Sent"]);
  }));

test.run();
