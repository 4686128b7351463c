import assert from "node:assert/strict";
import { okta } from "@longarm/okta";
import { createCatalogue } from "@longarm/spoke";
import { connect, withJourney } from "../support/journey.ts";
import { submit } from "../support/journey-runs.ts";
import type { SandboxOrg } from "../support/sandbox.ts";
import { suite } from "../support/suite.ts";

const test = suite("the dry run of every action that changes something");
const catalogue = createCatalogue([okta]);

interface Row {
  /** Absent: that of the action's first example. */
  readonly input?: object;
  /** Ids stand as `*`. */
  readonly calls: readonly string[];
  readonly changes: readonly (readonly [pointer: string, from: unknown, to: unknown])[];
}

const sealed = { $secret: "sealed" };
const [active, inactive] = ["whoactive", "whoinactive"];
const status = (from: string, to: string): Row["changes"] => [["/status", from, to]];
const lifecycle = (verb: string): readonly string[] => [`POST /api/v1/users/*/lifecycle/${verb}`];
const whole = "everything";

/** By name. `whole` stands for a value that is an object. */
const rows: Readonly<Record<string, Row>> = {
  "okta.app.revokeUser": { calls: ["DELETE /api/v1/apps/*/users/*"], changes: [["", whole, null]] },
  "okta.eventHook.activate": {
    ...{ input: { hook: inactive }, calls: ["POST /api/v1/eventHooks/*/lifecycle/activate"], changes: status("INACTIVE", "ACTIVE") },
  },
  "okta.eventHook.create": {
    ...{ calls: ["POST /api/v1/eventHooks", "POST /api/v1/eventHooks/{id}/lifecycle/verify"], changes: [["", null, whole]] },
  },
  "okta.eventHook.deactivate": {
    ...{ input: { hook: active }, calls: ["POST /api/v1/eventHooks/*/lifecycle/deactivate"], changes: status("ACTIVE", "INACTIVE") },
  },
  "okta.eventHook.update": {
    input: { hook: active, name: "Renamed", authValue: "a long random text" },
    calls: ["PUT /api/v1/eventHooks/*", "POST /api/v1/eventHooks/*/lifecycle/verify"],
    changes: [["/name", "active", "Renamed"]],
  },
  "okta.eventHook.verify": {
    ...{ input: { hook: active }, calls: ["POST /api/v1/eventHooks/*/lifecycle/verify"] },
    changes: [["/verificationStatus", null, "VERIFIED"]],
  },
  "okta.group.addUser": { calls: ["PUT /api/v1/groups/*/users/*"], changes: [["", false, true]] },
  "okta.group.create": { calls: ["POST /api/v1/groups"], changes: [["", null, whole]] },
  "okta.group.removeUser": {
    ...{ input: { group: "name:Quarantine", user: "user000042@example.com" }, calls: ["DELETE /api/v1/groups/*/users/*"] },
    changes: [["", true, false]],
  },
  "okta.group.update": {
    ...{ calls: ["PUT /api/v1/groups/*"], changes: [["/profile/description", "Nobody, until somebody is put here", "Nobody leaves"]] },
  },
  "okta.user.activate": { calls: lifecycle("activate"), changes: status("STAGED", "PROVISIONED") },
  "okta.user.changePassword": {
    ...{ calls: ["POST /api/v1/users/*/credentials/change_password"], changes: [["/credentials/password", sealed, sealed]] },
  },
  "okta.user.clearSessions": { calls: ["DELETE /api/v1/users/*/sessions"], changes: [["/sessions", "any", null]] },
  "okta.user.create": { calls: ["POST /api/v1/users"], changes: [["", null, whole]] },
  "okta.user.deactivate": { calls: lifecycle("deactivate"), changes: status("ACTIVE", "DEPROVISIONED") },
  "okta.user.delete": {
    calls: [...lifecycle("deactivate"), "DELETE /api/v1/users/*"],
    changes: [...status("ACTIVE", "DEPROVISIONED"), ["", whole, null]],
  },
  "okta.user.expirePassword": { calls: lifecycle("expire_password"), changes: status("ACTIVE", "PASSWORD_EXPIRED") },
  "okta.user.reactivate": { calls: lifecycle("reactivate"), changes: [] },
  "okta.user.resetFactors": { calls: lifecycle("reset_factors"), changes: [["/factors", null, null]] },
  "okta.user.resetToTemporaryPassword": {
    ...{ calls: lifecycle("expire_password_with_temp_password"), changes: [["/credentials/password", sealed, sealed]] },
  },
  "okta.user.setPassword": { calls: ["POST /api/v1/users/*"], changes: [["/credentials/password", sealed, sealed]] },
  "okta.user.suspend": { calls: lifecycle("suspend"), changes: status("ACTIVE", "SUSPENDED") },
  "okta.user.unlock": { calls: lifecycle("unlock"), changes: status("LOCKED_OUT", "ACTIVE") },
  "okta.user.unsuspend": { calls: lifecycle("unsuspend"), changes: status("SUSPENDED", "ACTIVE") },
  "okta.user.updateProfile": { calls: ["POST /api/v1/users/*"], changes: [["/profile/title", "Director", "Countess"]] },
};

interface Plan {
  readonly calls: readonly { readonly method: string; readonly path: string }[];
  readonly difference: readonly { readonly pointer: string; readonly from: unknown; readonly to: unknown }[];
}

/** Two hooks, one of them inactive, and a member of the group Quarantine; resolves to the hooks' ids by their names above. */
async function prepare(org: SandboxOrg): Promise<ReadonlyMap<string, string>> {
  const make = async (name: string): Promise<string> => {
    const channel = {
      ...{ type: "HTTP", version: "1.0.0" },
      config: { uri: `https://hooks.example.com/${name}`, headers: [], authScheme: { type: "HEADER", key: "Authorization", value: "x" } },
    };
    const made = await org.call("POST", "/api/v1/eventHooks", {
      ...{ name, events: { type: "EVENT_TYPE", items: ["user.lifecycle.create"] }, channel },
    });
    return (made.body as { id: string }).id;
  };
  const [one, two] = [await make("active"), await make("inactive")];
  await org.call("POST", `/api/v1/eventHooks/${two}/lifecycle/deactivate`);
  const groups = (await org.call("GET", "/api/v1/groups?q=Quarantine")).body as { id: string }[];
  const user = (await org.call("GET", "/api/v1/users/user000042@example.com")).body as { id: string };
  await org.call("PUT", `/api/v1/groups/${groups[0]?.id}/users/${user.id}`);
  return new Map([
    [active, one],
    [inactive, two],
  ]);
}

const shown = (value: unknown): unknown => (typeof value === "object" && value !== null && !("$secret" in value) ? whole : value);

test("has a row in this table", () => {
  const changing = catalogue.list().filter(({ effect }) => effect !== "read");
  assert.deepEqual(
    changing.map(({ name }) => name),
    Object.keys(rows),
  );
});

test("tells the calls that would be sent and the difference from the org's state, and changes nothing", () =>
  withJourney(async (journey) => {
    const [controller, org] = await Promise.all([journey.controller(), journey.sandbox({ users: 100, statuses: "mixed", indexLagMs: 0 })]);
    await connect(controller.api, org);
    const hooks = await prepare(org);
    const total = async (): Promise<number> => ((await org.call("GET", "/sandbox/ledger")).body as { total: number }).total;
    const before = await total();
    for (const [action, row] of Object.entries(rows)) {
      const example = row.input ?? (catalogue.get(action)?.examples[0]?.input as object);
      const input = Object.fromEntries(
        Object.entries(example).map(([name, value]) => [name, hooks.get(String(value)) ?? (value as unknown)]),
      );
      const run = await submit(controller.api, { action, connection: "sandbox", input, dryRun: true });
      assert.equal(run.status, "succeeded", `${action}: ${run.error?.message}`);
      const { calls, difference } = run.output as Plan;
      assert.deepEqual(
        calls.map(({ method, path }) => `${method} ${path.replaceAll(/\/(?:00u|00g|0oa|who)\w{17}/g, "/*")}`),
        row.calls,
        action,
      );
      assert.deepEqual(
        difference.map(({ pointer, from, to }) => [pointer, shown(from), shown(to)]),
        row.changes,
        action,
      );
    }
    assert.equal(await total(), before);
  }));

test.run();
