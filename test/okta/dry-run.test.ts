import assert from "node:assert/strict";
import { suite } from "../support/suite.ts";
import { type AgentOptions, connect, withJourney } from "../support/journey.ts";
import { createUser, finished, type RunShown, someone, submit } from "../support/journey-runs.ts";
import type { SandboxOrg } from "../support/sandbox.ts";
import type { ApiClient } from "../../packages/cli/src/api/api-client.ts";

const test = suite("dry runs against an org");

interface Plan {
  readonly calls: readonly { readonly method: string; readonly path: string; readonly body?: unknown }[];
  readonly difference: readonly { readonly object: string; readonly pointer: string; readonly from: unknown; readonly to: unknown }[];
  readonly output: unknown;
}

async function effects(org: SandboxOrg): Promise<number> {
  return ((await org.call("GET", "/sandbox/ledger")).body as { total: number }).total;
}

async function tried(
  api: ApiClient,
  action: string,
  { on = "local", ...input }: { readonly on?: string; readonly [member: string]: unknown },
): Promise<Plan> {
  const run = await submit(api, { action, connection: "sandbox", input, on, dryRun: true });
  assert.equal(run.status, "succeeded", `${action}: ${run.error?.message}`);
  return run.output as Plan;
}

async function withApi(
  work: (api: ApiClient, org: SandboxOrg, addAgent: (options: AgentOptions) => Promise<void>) => Promise<void>,
): Promise<void> {
  await withJourney(async (journey) => {
    const [controller, org] = await Promise.all([journey.controller(), journey.sandbox()]);
    await connect(controller.api, org);
    await work(controller.api, org, (options) => journey.agent(controller, options));
  });
}

test("tell for every kind of change what would be sent and what would be other, and change nothing", () =>
  withApi(async (api, org) => {
    const suspend = await tried(api, "okta.user.suspend", { user: someone });
    const { path = "" } = suspend.calls[0] ?? {};
    const id = /users\/(00u\w{17})\/lifecycle\/suspend$/.exec(path)?.[1] ?? assert.fail(path);
    assert.deepEqual(suspend.difference, [{ object: `user ${id}`, pointer: "/status", from: "ACTIVE", to: "SUSPENDED" }]);

    const profile = await tried(api, "okta.user.updateProfile", {
      user: id,
      set: { title: "Countess", city: "Paris" },
      clear: ["nickName"],
    });
    assert.deepEqual(
      profile.difference.map(({ pointer, to }) => [pointer, to]),
      [
        ["/profile/title", "Countess"],
        ["/profile/city", "Paris"],
      ],
    );

    const password = await tried(api, "okta.user.setPassword", { user: id, password: "Quiet-7-Rivers" });
    assert.deepEqual(password.calls[0]?.body, { credentials: { password: { value: { $secret: "sealed" } } } });

    const gone = await tried(api, "okta.user.delete", { user: id, ifActive: "deactivateFirst" });
    assert.deepEqual(
      gone.calls.map((call) => call.method),
      ["POST", "DELETE"],
    );
    assert.deepEqual(
      gone.difference.map(({ pointer, to }) => [pointer, to]),
      [
        ["/status", "DEPROVISIONED"],
        ["", null],
      ],
    );

    const { calls, output } = await tried(api, "okta.user.unsuspend", { user: id });
    assert.deepEqual([calls, output], [[], { status: "ACTIVE", changed: false }]);
    assert.equal(await effects(org), 0);
  }));

test("find a namesake before they tell of a creation", () =>
  withApi(async (api, org) => {
    const { input } = createUser(someone) as { input: Record<string, unknown> };
    const refused = await submit(api, { action: "okta.user.create", connection: "sandbox", input, dryRun: true });
    assert.deepEqual([refused.status, refused.error?.code], ["failed", "already_exists"]);
    const { input: fresh } = createUser("fresh@example.com", { password: "Quiet-7-Rivers" }) as { input: Record<string, unknown> };
    const plan = await tried(api, "okta.user.create", fresh);
    assert.deepEqual([plan.calls.length, plan.difference[0]?.object], [1, 'user "fresh@example.com"']);
    assert.doesNotMatch(JSON.stringify(plan), /Quiet-7/);
    assert.equal(await effects(org), 0);
  }));

test("read through the agent that would carry the change", () =>
  withApi(async (api, org, addAgent) => {
    await addAgent({ name: "hq-1", labels: { site: "hq" } });
    const plan = await tried(api, "okta.group.addUser", { group: "name:Quarantine", user: someone, on: "labels.site == 'hq'" });
    assert.deepEqual(
      plan.difference.map(({ from, to }) => [from, to]),
      [[false, true]],
    );
    assert.equal(await effects(org), 0);
  }));

test("are refused for what only reads, and are another request than the real run", () =>
  withApi(async (api, org) => {
    const read = { action: "okta.user.get", connection: "sandbox", input: { user: someone }, dryRun: true };
    await assert.rejects(submit(api, read), { code: "invalid_request" });
    const body = { action: "okta.user.suspend", connection: "sandbox", input: { user: someone } };
    const dry: RunShown = await submit(api, { ...body, dryRun: true }, { key: "same" });
    assert.equal((await finished(api, dry.id)).status, "succeeded");
    await assert.rejects(submit(api, body, { key: "same" }), { code: "idempotency_conflict" });
    assert.equal(await effects(org), 0);
  }));

test.run();
