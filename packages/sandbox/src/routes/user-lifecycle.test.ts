import assert from "node:assert/strict";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { until } from "../../../../test/support/until.ts";
import { suite } from "../../../../test/support/suite.ts";
import { type SandboxOrg, withSandbox } from "../../../../test/support/sandbox.ts";
import { type Operation, operations, userIn } from "../../../../test/support/user-operations.ts";
import { seededPassword } from "../state/seed/people.ts";
import { userStatuses } from "../state/users/user.ts";

const test = suite("the user lifecycle");

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

interface Seen {
  readonly status: string;
  readonly transitioningToStatus?: string;
  readonly _links: object;
}

/** Runs `work` with an org whose transitions take a second of a clock that stands still, and ways to ask for user number 3. */
function withSlowOrg(
  work: (of: {
    readonly org: SandboxOrg;
    readonly clock: ManualClock;
    readonly see: () => Promise<readonly unknown[]>;
    readonly ask: (method: string, below: string, prefer?: string) => Promise<number>;
  }) => Promise<void>,
) {
  const clock = new ManualClock();
  return withSandbox({ users: 4, clock, transitionMs: 1_000 }, (org) => {
    const path = "/api/v1/users/user000003";
    const see = async () => {
      const { status, body } = await org.call("GET", path);
      const user = body as Seen;
      return status === 200 ? [user.status, user.transitioningToStatus, Object.keys(user._links).length > 3] : [status];
    };
    const ask = async (method: string, below: string, prefer?: string) =>
      (await org.request({ method, path: path + below, ...(prefer !== undefined && { headers: { prefer } }) })).status;
    return work({ org, clock, see, ask });
  });
}

test("a deactivation is answered when it is over, and shows meanwhile where it leads", () =>
  withSlowOrg(async ({ clock, see, ask }) => {
    let isAnswered = false;
    const answered = ask("POST", "/lifecycle/deactivate").finally(() => (isAnswered = true));
    await until("the deactivation is under way", async () => (await see())[1] !== undefined);
    assert.deepEqual(await see(), ["ACTIVE", "DEPROVISIONED", false]);
    assert.deepEqual([await ask("POST", "/lifecycle/suspend"), isAnswered], [409, false]);
    await clock.advance(1_000);
    assert.equal(await answered, 200);
    assert.deepEqual(await see(), ["DEPROVISIONED", undefined, true]);
  }));

for (const [method, below, status] of [
  ["POST", "/lifecycle/deactivate", 200],
  ["DELETE", "", 204],
] as const) {
  test(`${method} ${below || "of the user"} deactivates behind its answer for a client that does not wait`, () =>
    withSlowOrg(async ({ org, clock, see, ask }) => {
      const effects = async () =>
        ((await org.call("GET", "/sandbox/ledger")).body as { entries: { effect: string }[] }).entries.map(({ effect }) => effect);
      assert.equal(await ask(method, below, "respond-async"), status);
      assert.deepEqual([await see(), await effects()], [["ACTIVE", "DEPROVISIONED", false], ["user.deactivated"]]);
      await clock.advance(1_000);
      assert.deepEqual(await see(), ["DEPROVISIONED", undefined, true]);
      assert.deepEqual(await effects(), ["user.deactivated", "app.userUnassigned"]);
    }));
}

test("a deletion removes the user behind its answer for a client that does not wait, who may do nothing more meanwhile", () =>
  withSlowOrg(async ({ org, clock, see, ask }) => {
    await org.call("POST", "/sandbox/users/user000003/status", { status: "DEPROVISIONED" });
    assert.equal(await ask("DELETE", "", "respond-async"), 204);
    assert.deepEqual(await see(), ["DEPROVISIONED", undefined, false]);
    assert.deepEqual([await ask("DELETE", ""), await ask("POST", "/lifecycle/activate")], [409, 409]);
    await clock.advance(1_000);
    assert.deepEqual(await see(), [404]);
  }));

test.run();
