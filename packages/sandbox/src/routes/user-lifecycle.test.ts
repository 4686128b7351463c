import assert from "node:assert/strict";
import fc from "fast-check";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { suite } from "../../../../test/support/suite.ts";
import { type SandboxOrg, withSandbox } from "../../../../test/support/sandbox.ts";
import { seededPassword } from "../state/seed/people.ts";
import { userStatuses, type UserStatus } from "../state/users/user.ts";

const test = suite("the user lifecycle");

type Operation = readonly [name: string, method: string, path: string, body?: (index: number) => unknown];

const operations: readonly Operation[] = [
  ["activate", "POST", "/lifecycle/activate?sendEmail=false"],
  ["reactivate", "POST", "/lifecycle/reactivate"],
  ["deactivate", "POST", "/lifecycle/deactivate"],
  ["suspend", "POST", "/lifecycle/suspend"],
  ["unsuspend", "POST", "/lifecycle/unsuspend"],
  ["unlock", "POST", "/lifecycle/unlock"],
  ["expire_password", "POST", "/lifecycle/expire_password"],
  ["expire_password_with_temp_password", "POST", "/lifecycle/expire_password_with_temp_password"],
  ["reset_password", "POST", "/lifecycle/reset_password?sendEmail=false"],
  [
    "change_password",
    "POST",
    "/credentials/change_password",
    (index) => ({ oldPassword: { value: seededPassword(index) }, newPassword: { value: "Fresh-Start-9" } }),
  ],
  ["set password", "POST", "", () => ({ credentials: { password: { value: "Fresh-Start-9" } } })],
  ["reset_factors", "POST", "/lifecycle/reset_factors"],
  ["delete", "DELETE", ""],
];

// One line per operation, one column per status in the order of `userStatuses`: STAGED, PROVISIONED, ACTIVE, RECOVERY,
// PASSWORD_EXPIRED, LOCKED_OUT, SUSPENDED, DEPROVISIONED. A number is a refusal's error code, `=` means that the status stays.
const expected: Readonly<Record<string, string>> = {
  activate: "ACTIVE 38 16 38 38 38 38 PROVISIONED",
  reactivate: "38 = 38 = 38 38 38 38",
  deactivate: "DEPROVISIONED DEPROVISIONED DEPROVISIONED DEPROVISIONED DEPROVISIONED DEPROVISIONED DEPROVISIONED 7",
  suspend: "1 1 SUSPENDED 1 1 1 1 1",
  unsuspend: "1 1 1 1 1 1 ACTIVE 1",
  unlock: "32 32 32 32 32 ACTIVE 32 32",
  expire_password: "38 38 PASSWORD_EXPIRED 38 = 38 38 38",
  expire_password_with_temp_password: "38 38 PASSWORD_EXPIRED 38 = 38 38 38",
  reset_password: "38 38 RECOVERY = RECOVERY RECOVERY 38 38",
  change_password: "= 35 = ACTIVE ACTIVE 35 35 35",
  "set password": "= ACTIVE = ACTIVE ACTIVE ACTIVE = 7",
  reset_factors: "= = = = = = = 38",
  delete: "DEPROVISIONED DEPROVISIONED DEPROVISIONED DEPROVISIONED DEPROVISIONED DEPROVISIONED DEPROVISIONED gone",
};

async function userIn(org: SandboxOrg, index: number, status: UserStatus): Promise<string> {
  const { body } = await org.call("POST", `/sandbox/users/user${String(index).padStart(6, "0")}/status`, { status });
  return (body as { id: string }).id;
}

async function outcomeOf(org: SandboxOrg, [, method, path, body]: Operation, user: { id: string; index: number }): Promise<string> {
  const reply = await org.call(method, `/api/v1/users/${user.id}${path}`, body?.(user.index));
  if (reply.status >= 300) return String(Number((reply.body as { errorCode: string }).errorCode.slice(1)));
  const after = await org.call("GET", `/api/v1/users/${user.id}`);
  return after.status === 404 ? "gone" : (after.body as { status: string }).status;
}

for (const operation of operations) {
  test(`${operation[0]} leads from each status where Okta leads it`, async () => {
    const cells = (expected[operation[0]] as string).split(" ");
    await withSandbox({ users: userStatuses.length }, async (org) => {
      for (const [index, status] of userStatuses.entries()) {
        const id = await userIn(org, index, status);
        const wanted = cells[index] === "=" ? status : cells[index];
        assert.equal(await outcomeOf(org, operation, { id, index }), wanted, `${operation[0]} of a ${status} user`);
      }
    });
  });
}

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

test("activation hands out a token only when it is not mailed", async () => {
  await withSandbox({ users: 2 }, async (org) => {
    const [mailed, shown] = [await userIn(org, 0, "STAGED"), await userIn(org, 1, "STAGED")];
    assert.deepEqual((await org.call("POST", `/api/v1/users/${mailed}/lifecycle/activate`)).body, {});
    const { body } = await org.call("POST", `/api/v1/users/${shown}/lifecycle/activate?sendEmail=false`);
    const { activationUrl, activationToken } = body as Record<string, string>;
    assert.equal(activationUrl, `${org.url}/tokens/${activationToken}/verify`);
  });
});

test("a temporary password lets its user choose a new one, and voids the one before", async () => {
  await withSandbox({ users: 1 }, async (org) => {
    const change = (old: string) =>
      org.call("POST", "/api/v1/users/user000000/credentials/change_password", {
        oldPassword: { value: old },
        newPassword: { value: "Fresh-Start-9" },
      });
    const { body } = await org.call("POST", "/api/v1/users/user000000/lifecycle/expire_password_with_temp_password");
    const { tempPassword } = body as { tempPassword: string };
    assert.match(tempPassword, /^[A-Za-z0-9]{8,12}$/);
    const refused = await change(seededPassword(0));
    assert.equal(refused.status, 403);
    assert.equal((refused.body as { errorCode: string }).errorCode, "E0000014");
    assert.equal((await change(tempPassword)).status, 200);
    assert.equal(((await org.call("GET", "/api/v1/users/user000000")).body as { status: string }).status, "ACTIVE");
  });
});

test("deleting answers 204 both for deactivating and for removing", async () => {
  await withSandbox({ users: 1 }, async (org) => {
    assert.equal((await org.call("DELETE", "/api/v1/users/user000000")).status, 204);
    assert.equal(((await org.call("GET", "/api/v1/users/user000000")).body as { status: string }).status, "DEPROVISIONED");
    assert.equal((await org.call("DELETE", "/api/v1/users/user000000")).status, 204);
    assert.equal((await org.call("GET", "/api/v1/users/user000000")).status, 404);
  });
});

test("an unlock frees an ACTIVE user that is blocked from unknown devices, once", async () => {
  await withSandbox({ users: 1 }, async (org) => {
    const path = "/api/v1/users/user000000";
    await org.call("POST", "/sandbox/users/user000000/status", { status: "ACTIVE", deviceBlocked: true });
    assert.deepEqual((await org.call("GET", `${path}/blocks`)).body, [{ type: "DEVICE_BASED", appliesTo: "UNKNOWN_DEVICES" }]);
    assert.ok("unlock" in ((await org.call("GET", path)).body as { _links: object })._links);
    assert.equal((await org.call("POST", `${path}/lifecycle/unlock`)).status, 200);
    assert.deepEqual((await org.call("GET", `${path}/blocks`)).body, []);
    assert.equal((await org.call("POST", `${path}/lifecycle/unlock`)).status, 403);
  });
});

test("factors are enrolled one by one and reset together", async () => {
  await withSandbox({ users: 1 }, async (org) => {
    const path = "/api/v1/users/user000000/factors";
    assert.deepEqual((await org.call("GET", path)).body, []);
    for (const factorType of ["sms", "push"]) assert.equal((await org.call("POST", path, { factorType, provider: "OKTA" })).status, 200);
    const factors = (await org.call("GET", path)).body as { id: string; factorType: string; status: string }[];
    assert.deepEqual(
      factors.map(({ factorType, status }) => [factorType, status]),
      [
        ["sms", "ACTIVE"],
        ["push", "ACTIVE"],
      ],
    );
    assert.match(String(factors[0]?.id), /^opf[A-Za-z0-9]{17}$/);
    assert.equal((await org.call("POST", path, { factorType: "carrier pigeon" })).status, 400);
    await org.call("POST", "/api/v1/users/user000000/lifecycle/reset_factors");
    assert.deepEqual((await org.call("GET", path)).body, []);
  });
});

test("a password is refused as used too recently only when the client asks for strictness", async () => {
  await withSandbox({ users: 1 }, async (org) => {
    const set = (query: string) =>
      org.call("POST", `/api/v1/users/user000000${query}`, { credentials: { password: { value: "Fresh-Start-9" } } });
    assert.deepEqual([(await set("?strict=true")).status, (await set("")).status, (await set("?strict=true")).status], [200, 200, 400]);
  });
});

test("an activation takes its time, and until then says where to, offers no step and lets none be taken", () => {
  const clock = new ManualClock();
  return withSandbox({ users: 0, clock, transitionMs: 1_000 }, async (org) => {
    const profile = { firstName: "Ada", lastName: "L", email: "ada@example.com", login: "ada@example.com" };
    const { id } = (await org.call("POST", "/api/v1/users?activate=false", { profile })).body as { id: string };
    const path = `/api/v1/users/${id}`;
    const read = async () => (await org.call("GET", path)).body as Readonly<Record<string, unknown>> & { _links: object };
    assert.equal((await org.call("POST", `${path}/lifecycle/activate?sendEmail=false`)).status, 200);
    const under = await read();
    assert.deepEqual([under["status"], under["transitioningToStatus"]], ["STAGED", "PROVISIONED"]);
    assert.deepEqual(Object.keys(under._links), ["schema", "self", "type"]);
    for (const [method, below, body] of [
      ["POST", "/lifecycle/suspend"],
      ["POST", "", { profile: { title: "x" } }],
      ["DELETE", ""],
    ] as const) {
      const refused = await org.call(method, path + below, body);
      assert.deepEqual([refused.status, (refused.body as { errorCode: string }).errorCode], [409, "E0000112"]);
    }
    await clock.advance(1_000);
    const done = await read();
    assert.deepEqual([done["status"], "transitioningToStatus" in done], ["PROVISIONED", false]);
  });
});

test("a deactivation takes its time only for a client that does not wait for it", () => {
  const clock = new ManualClock();
  return withSandbox({ users: 2, clock, transitionMs: 1_000 }, async (org) => {
    const statusOf = async (index: number) =>
      ((await org.call("GET", `/api/v1/users/user00000${index}`)).body as { status: string }).status;
    await org.call("POST", "/api/v1/users/user000000/lifecycle/deactivate");
    await org.request({ method: "POST", path: "/api/v1/users/user000001/lifecycle/deactivate", headers: { prefer: "respond-async" } });
    assert.deepEqual([await statusOf(0), await statusOf(1)], ["DEPROVISIONED", "ACTIVE"]);
    await clock.advance(1_000);
    assert.equal(await statusOf(1), "DEPROVISIONED");
  });
});

test.run();
