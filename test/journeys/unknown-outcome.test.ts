import assert from "node:assert/strict";
import type { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import { connect, withJourney } from "../support/journey.ts";
import { effectsOf, type RunShown, submit } from "../support/journey-runs.ts";
import type { SandboxOrg } from "../support/sandbox.ts";
import { suite } from "../support/suite.ts";

const test = suite("an answer that is lost on its way");

const user = "user000001@example.com";
const userPath = "/api/v1/users/{id}";
const hook = { name: "Hook", events: ["user.lifecycle.create"], uri: "https://hooks.example.com/in", authValue: "a-secret", verify: false };
const ada = { firstName: "Ada", lastName: "Lovelace", email: "ada@example.com", login: "ada@example.com" };

interface Change {
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The changing call, and what it does to the org. */
  readonly call: readonly [method: string, path: string];
  readonly effect: string;
  /** What the user has to be. */
  readonly status?: string;
  /** How often the org may see the effect; where it is harmless, twice. Default 1. */
  readonly atMost?: number;
  /** How it ends when the call was applied, and when it was not. Default: `succeeded`, both. */
  readonly ends?: readonly [applied: string, cutBefore: string];
}

const unknown = "outcome_unknown";
const changes: readonly Change[] = [
  { action: "okta.user.create", input: { profile: ada, activate: false }, call: ["POST", "/api/v1/users"], effect: "user.created" },
  { action: "okta.group.create", input: { name: "Navigators" }, call: ["POST", "/api/v1/groups"], effect: "group.created" },
  {
    ...{ action: "okta.eventHook.create", input: hook, call: ["POST", "/api/v1/eventHooks"], effect: "eventHook.created" },
    ends: ["succeeded", unknown],
  },
  { action: "okta.user.suspend", input: { user }, call: ["POST", `${userPath}/lifecycle/suspend`], effect: "user.suspended" },
  {
    ...{ action: "okta.user.unsuspend", input: { user }, call: ["POST", `${userPath}/lifecycle/unsuspend`], effect: "user.unsuspended" },
    status: "SUSPENDED",
  },
  { action: "okta.user.deactivate", input: { user }, call: ["POST", `${userPath}/lifecycle/deactivate`], effect: "user.deactivated" },
  { action: "okta.user.delete", input: { user }, call: ["DELETE", userPath], effect: "user.deleted", status: "DEPROVISIONED" },
  {
    ...{ action: "okta.user.updateProfile", input: { user, set: { title: "Countess" } } },
    ...{ call: ["POST", userPath], effect: "user.updated" },
  },
  {
    ...{ action: "okta.user.setPassword", input: { user, password: "Quiet-7-Rivers" }, call: ["POST", userPath] },
    ...{ effect: "user.updated" },
  },
  {
    ...{ action: "okta.user.expirePassword", input: { user }, effect: "user.passwordExpired" },
    call: ["POST", `${userPath}/lifecycle/expire_password`],
  },
  {
    ...{ action: "okta.user.unlock", input: { user }, call: ["POST", `${userPath}/lifecycle/unlock`], effect: "user.unlocked" },
    status: "LOCKED_OUT",
  },
  {
    ...{ action: "okta.user.clearSessions", input: { user }, call: ["DELETE", `${userPath}/sessions`], effect: "user.sessionsCleared" },
    atMost: 2,
  },
  {
    ...{ action: "okta.group.addUser", input: { group: "name:Quarantine", user }, effect: "group.memberAdded" },
    ...{ call: ["PUT", "/api/v1/groups/{groupId}/users/{userId}"], atMost: 2 },
  },
  {
    ...{ action: "okta.group.update", input: { group: "name:Quarantine", description: "Nobody leaves" }, effect: "group.replaced" },
    call: ["PUT", "/api/v1/groups/{groupId}"],
  },
  {
    ...{ action: "okta.user.activate", input: { user, sendEmail: false }, call: ["POST", `${userPath}/lifecycle/activate`] },
    ...{ effect: "user.activated", status: "STAGED", ends: [unknown, unknown] },
  },
  {
    ...{ action: "okta.user.resetToTemporaryPassword", input: { user }, effect: "user.passwordExpired", ends: [unknown, unknown] },
    call: ["POST", `${userPath}/lifecycle/expire_password_with_temp_password`],
  },
];

async function lose(org: SandboxOrg, change: Change, kind: "cutAfterApply" | "cutBefore"): Promise<void> {
  const [method, path] = change.call;
  const { status } = await org.call("POST", "/sandbox/faults", { match: { method, path, count: 1 }, kind });
  assert.equal(status, 201);
}

function run(api: ApiClient, { action, input }: Change): Promise<RunShown> {
  return submit(api, { action, connection: "sandbox", input }, { wait: 20 });
}

for (const [title, kind, at] of [
  ["was applied: it is found out, and nothing is done twice", "cutAfterApply", 0],
  ["was not applied: it is sent again where that is safe", "cutBefore", 1],
] as const) {
  test(
    `although the call ${title}`,
    () =>
      withJourney(async (journey) => {
        const controller = await journey.controller();
        await Promise.all(
          changes.map(async (change) => {
            const { action, effect, status = "ACTIVE", atMost = 1, ends = ["succeeded", "succeeded"] } = change;
            const org = await journey.sandbox({ users: 5, indexLagMs: 50 });
            const name = `to-${action.replaceAll(".", "-")}`;
            await controller.api.ask("PUT", `/v1/credentials/${name}`, { body: { scheme: "ssws", token: org.token } });
            await controller.api.ask("PUT", `/v1/connections/${name}`, { body: { baseUrl: org.url, credential: name } });
            await org.call("POST", `/sandbox/users/${user}/status`, { status });
            await lose(org, change, kind);
            const before = (await effectsOf(org, effect)).length;
            const ended = await submit(controller.api, { action, connection: name, input: change.input }, { wait: 20 });
            assert.equal(ended.status, ends[at], `${action}: ${ended.error?.code} ${ended.error?.message}`);
            const times = (await effectsOf(org, effect)).length - before;
            assert.ok(times <= atMost, `${action} was applied ${times} times`);
            assert.ok(times >= (kind === "cutAfterApply" || ends[at] === "succeeded" ? 1 : 0), `${action} was not applied`);
            const shown = ended.calls.map(({ outcome }) => outcome);
            assert.ok(shown.includes("unknown"), `${action}: ${shown.join(", ")}`);
          }),
        );
      }),
    { timeoutMs: 60_000 },
  );
}

test("is no reason to take for ours what somebody else had made before", () =>
  withJourney(async (journey) => {
    const [controller, org] = await Promise.all([journey.controller(), journey.sandbox({ users: 5 })]);
    await connect(controller.api, org);
    const change = changes[0] as Change;
    await org.call("POST", "/api/v1/users?activate=false", { profile: ada });
    await lose(org, change, "cutBefore");
    const elsewhere = { ...change, input: { profile: { ...ada, firstName: "Augusta" }, activate: false } };
    const ended = await run(controller.api, elsewhere);
    assert.deepEqual([ended.status, ended.error?.code], ["failed", "conflict"]);
    assert.match(ended.error?.message ?? "", /is not this run's/);
  }));

test("that nobody may repeat is settled by a person, who is shown the user and what the system log says", () =>
  withJourney(async (journey) => {
    const [controller, org] = await Promise.all([journey.controller(), journey.sandbox({ users: 5 })]);
    await connect(controller.api, org);
    const reset = changes.find(({ action }) => action === "okta.user.resetToTemporaryPassword") as Change;
    await lose(org, reset, "cutAfterApply");
    const { id, status, error } = await run(controller.api, reset);
    assert.equal(status, unknown);
    assert.ok(error?.details);
    const { user: seen, systemLog } = error.details["evidence"] as { user: { status: string }; systemLog: { eventType: string }[] };
    assert.equal(seen.status, "PASSWORD_EXPIRED");
    assert.ok(
      systemLog.some(({ eventType }) => eventType === "user.account.expire_password"),
      JSON.stringify(systemLog),
    );
    const word = { status: "succeeded", note: "The log shows it." };
    const [settled, again] = [
      await controller.api.post<RunShown>(`/v1/runs/${id}/resolve`, { body: word }),
      await controller.api.post(`/v1/runs/${id}/resolve`, { body: word }).catch((reason: { code: string }) => reason.code),
    ];
    assert.deepEqual([settled.status, settled.resolved?.note, again], ["succeeded", word.note, "invalid_state"]);
    const listed = await controller.api.get<{ runs: { id: string }[] }>("/v1/runs?status=succeeded");
    assert.deepEqual(
      listed.runs.map((row) => row.id),
      [id],
    );
  }));

test.run();
