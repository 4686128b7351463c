import assert from "node:assert/strict";
import fc from "fast-check";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { suite } from "../../../../test/support/suite.ts";
import { type SandboxOrg, withSandbox } from "../../../../test/support/sandbox.ts";
import { type Operation, operations, userIn } from "../../../../test/support/user-operations.ts";
import { seededPassword } from "../state/seed/people.ts";
import { userStatuses, type UserStatus } from "../state/users/user.ts";

const test = suite("the links of a user");

const linkNames = [
  "activate",
  "reactivate",
  "deactivate",
  "suspend",
  "unsuspend",
  "unlock",
  "expirePassword",
  "resetPassword",
  "changePassword",
  "resetFactors",
];
const operationOf: Readonly<Record<string, string>> = {
  expirePassword: "expire_password",
  resetPassword: "reset_password",
  changePassword: "change_password",
  resetFactors: "reset_factors",
};

test("a link to an operation is shown exactly when the operation succeeds, after any history", async () => {
  const history = fc.array(fc.constantFrom(...operations.filter(([name]) => name !== "delete")), { maxLength: 5 });
  await withSandbox({ users: 2_000, limits: "off" }, async (org) => {
    let index = -1;
    await fc.assert(
      fc.asyncProperty(history, fc.constantFrom(...linkNames), fc.boolean(), async (steps, link, isFresh) => {
        index += 1;
        const id = isFresh ? await createUser(org, index) : await userIn(org, index, "ACTIVE");
        for (const step of steps) await org.call(step[1], `/api/v1/users/${id}${step[2]}`, step[3]?.(index));
        const user = (await org.call("GET", `/api/v1/users/${id}`)).body as { _links: Record<string, { href: string }> };
        const operation = operations.find(([name]) => name === (operationOf[link] ?? link)) as Operation;
        const knowsPassword = steps.every(
          ([name]) => !/password|temp/.test(name) || name === "expire_password" || name === "reset_password",
        );
        if (link === "changePassword" && !knowsPassword) return;
        const reply = await org.call(operation[1], `/api/v1/users/${id}${operation[2]}`, operation[3]?.(index));
        assert.equal(link in user._links, reply.status < 300, `${link} after ${steps.map(([name]) => name).join(", ")}: ${reply.status}`);
      }),
      { numRuns: 150 },
    );
  });
});

async function createUser(org: SandboxOrg, index: number): Promise<string> {
  const profile = { firstName: "New", lastName: "Comer", login: `new${index}@example.org`, email: `new${index}@example.org` };
  const reply = await org.call("POST", "/api/v1/users?activate=false", { profile });
  return (reply.body as { id: string }).id;
}

const kinds: Readonly<Record<string, { readonly query: string; readonly credentials: object }>> = {
  "with a password": { query: "?activate=false", credentials: { password: { value: seededPassword(0) } } },
  "without a password": { query: "?activate=false", credentials: {} },
  "of an external provider": {
    query: "?activate=false&provider=true",
    credentials: { provider: { type: "FEDERATION", name: "FEDERATION" } },
  },
};

/** A user of that kind in that status, blocked from unknown devices or not; its path. */
async function userOf(org: SandboxOrg, kind: string, of: { status: UserStatus; deviceBlocked: boolean; login: string }): Promise<string> {
  const { query, credentials } = kinds[kind] ?? assert.fail(kind);
  const profile = { firstName: "Ada", lastName: "L", email: of.login, login: of.login };
  const made = (await org.call("POST", `/api/v1/users${query}`, { profile, credentials })).body as { id: string };
  await org.call("POST", `/sandbox/users/${made.id}/status`, { status: of.status, deviceBlocked: of.deviceBlocked });
  return `/api/v1/users/${made.id}`;
}

async function linksOf(org: SandboxOrg, path: string): Promise<object> {
  return ((await org.call("GET", path)).body as { _links: object })._links;
}

async function succeeds(org: SandboxOrg, path: string, link: string): Promise<boolean> {
  const [, method, below, body] = operations.find(([name]) => name === (operationOf[link] ?? link)) ?? assert.fail(link);
  const headers = { prefer: "respond-async" };
  const reply = await org.request({ method, path: path + below, headers, ...(body && { body: body(0) }) });
  return reply.status < 300;
}

const standings = Object.keys(kinds).flatMap((kind) =>
  userStatuses.flatMap((status) => [false, true].map((deviceBlocked) => ({ kind, status, deviceBlocked }))),
);

test(
  "a link is shown exactly when its operation succeeds: in each status, with and without a password, provider and block",
  async () => {
    await withSandbox({ limits: "off", transitionMs: 1_000, clock: new ManualClock() }, async (org) => {
      for (const [at, { kind, ...standing }] of standings.entries()) {
        let path: string | undefined;
        for (const link of linkNames) {
          path ??= await userOf(org, kind, { ...standing, login: `${link.toLowerCase()}-${at}@example.com` });
          const isShown = link in (await linksOf(org, path));
          const hasSucceeded = await succeeds(org, path, link);
          assert.equal(isShown, hasSucceeded, `${link} of a ${JSON.stringify(standing)} user ${kind}`);
          if (hasSucceeded) path = undefined;
        }
      }
    });
  },
  { timeoutMs: 40_000 },
);

const transitions = [
  ["POST", "/lifecycle/activate"],
  ["POST", "/lifecycle/deactivate"],
  ["DELETE", ""],
] as const;

test(
  "no link is shown and no operation succeeds while a transition is under way, from whatever status",
  async () => {
    await withSandbox({ limits: "off", transitionMs: 1_000, clock: new ManualClock() }, async (org) => {
      const begun = new Set<string>();
      for (const [at, { kind, ...standing }] of standings.entries()) {
        for (const [way, [method, below]] of transitions.entries()) {
          const path = await userOf(org, kind, { ...standing, login: `on-the-way-${way}-${at}@example.com` });
          const begin = await org.request({ method, path: path + below, headers: { prefer: "respond-async" } });
          if (begin.status >= 300) continue;
          begun.add(`${standing.status} ${way}`);
          assert.deepEqual(Object.keys(await linksOf(org, path)), ["schema", "self", "type"]);
          for (const link of linkNames)
            assert.equal(await succeeds(org, path, link), false, `${link} of a ${standing.status} user ${kind}`);
        }
      }
      // Activations from two statuses, deactivations from seven, DELETE from all.
      assert.equal(begun.size, 2 + 7 + 8);
    });
  },
  { timeoutMs: 40_000 },
);

test.run();
