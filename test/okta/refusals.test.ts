import assert from "node:assert/strict";
import type { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import { connect, withJourney } from "../support/journey.ts";
import { createUser, submit } from "../support/journey-runs.ts";
import type { SandboxOrg } from "../support/sandbox.ts";
import { suite } from "../support/suite.ts";

const test = suite("what Okta refuses, in words that help");

interface Refusal {
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** What is answered instead of what the org would say, to the first call that changes something or else to the first read. */
  readonly answers?: readonly [status: number, oktaCode: string];
  /** How our own error is called, and what its message must tell. */
  readonly code: string;
  readonly says?: RegExp;
}

// Users of an org of mixed statuses, by the last two digits of their index.
const inStatus = { provisioned: 94, locked: 96, deprovisioned: 97, suspended: 98, staged: 99 } as const;
const user = (index: number): string => `user${String(index).padStart(6, "0")}@example.com`;
const [active, nobody, nowhere] = [user(1), "nobody@example.com", "00u00000000000000000"];
const { input: fresh } = createUser("fresh@example.com") as { input: Readonly<Record<string, unknown>> };
const profile = (fresh as { profile: object }).profile;
const set = { title: "Countess" };
const hook = "who00000000000000000";

const byState: readonly Refusal[] = [
  { action: "okta.user.activate", input: { user: active }, code: "invalid_state", says: /is ACTIVE/ },
  { action: "okta.user.reactivate", input: { user: active }, code: "invalid_state", says: /is ACTIVE/ },
  {
    action: "okta.user.suspend",
    input: { user: user(inStatus.staged) },
    code: "invalid_state",
    says: /STAGED; only a user that is ACTIVE/,
  },
  {
    action: "okta.user.unsuspend",
    input: { user: user(inStatus.staged) },
    code: "invalid_state",
    says: /STAGED; only a user that is SUSPENDED/,
  },
  { action: "okta.user.delete", input: { user: active }, code: "invalid_state", says: /ACTIVE; only a user that is DEPROVISIONED/ },
  { action: "okta.user.expirePassword", input: { user: user(inStatus.suspended) }, code: "invalid_state", says: /is SUSPENDED/ },
  { action: "okta.user.resetToTemporaryPassword", input: { user: user(inStatus.staged) }, code: "invalid_state", says: /is STAGED/ },
  {
    action: "okta.user.updateProfile",
    input: { user: user(inStatus.deprovisioned), set },
    code: "invalid_state",
    says: /is DEPROVISIONED/,
  },
  {
    ...{ action: "okta.user.changePassword", code: "invalid_state", says: /is LOCKED_OUT/ },
    input: { user: user(inStatus.locked), oldPassword: "Welcome-2-Sandbox-96", newPassword: "Quiet-7-Rivers" },
  },
  {
    ...{ action: "okta.user.changePassword", code: "call_rejected", says: /Check the old password/ },
    input: { user: active, oldPassword: "wrong", newPassword: "Quiet-7-Rivers" },
  },
  { action: "okta.user.setPassword", input: { user: active, password: "weak" }, code: "call_rejected", says: /E0000001.*password/ },
  { action: "okta.user.create", input: { ...fresh, password: "weak" }, code: "call_rejected", says: /E0000001.*password/ },
  { action: "okta.user.create", input: { profile: { ...profile, login: active } }, code: "already_exists", says: /00u/ },
  { action: "okta.user.create", input: { profile: { ...profile, shoeSize: 7 } }, code: "invalid_request", says: /shoeSize/ },
  { action: "okta.user.create", input: { ...fresh, nextLogin: "changePassword" }, code: "invalid_request", says: /E0000124/ },
  { action: "okta.user.create", input: { profile, nextLogin: "changePassword" }, code: "invalid_request", says: /E0000125/ },
  { action: "okta.user.updateProfile", input: { user: active, set, ifMatch: 'W/"0"' }, code: "conflict", says: /E0000231/ },
  { action: "okta.user.updateProfile", input: { user: active, set, ifMatch: "yesterday" }, code: "invalid_request", says: /E0000242/ },
  { action: "okta.group.create", input: { name: "Engineering" }, code: "already_exists", says: /00g/ },
  { action: "okta.group.removeUser", input: { group: "name:Everyone", user: active }, code: "call_rejected", says: /BUILT_IN/ },
  { action: "okta.group.addUser", input: { group: "name:Nowhere", user: active }, code: "group_not_found" },
  { action: "okta.group.addUser", input: { group: "name:Engineering", user: nobody }, code: "user_not_found" },
  { action: "okta.group.get", input: { group: "00g00000000000000000" }, code: "group_not_found" },
  { action: "okta.group.streamMembers", input: { group: "00g00000000000000000" }, code: "group_not_found" },
  { action: "okta.user.get", input: { user: nobody }, code: "user_not_found" },
  { action: "okta.user.deactivate", input: { user: nowhere }, code: "user_not_found" },
  { action: "okta.user.clearSessions", input: { user: nowhere }, code: "user_not_found" },
  { action: "okta.user.resetFactors", input: { user: nowhere }, code: "user_not_found" },
  { action: "okta.user.streamGroups", input: { user: nowhere }, code: "user_not_found" },
  { action: "okta.user.stream", input: { search: 'profile.title zz "x"' }, code: "invalid_request", says: /E0000031/ },
  { action: "okta.user.stream", input: { filter: 'profile.title eq "x"' }, code: "invalid_request", says: /E0000053/ },
  { action: "okta.log.stream", input: { filter: 'eventType zz "x"' }, code: "invalid_request", says: /E0000053/ },
  { action: "okta.app.get", input: { app: "0oa00000000000000000" }, code: "app_not_found" },
  { action: "okta.app.streamUsers", input: { app: "0oa00000000000000000" }, code: "app_not_found" },
  { action: "okta.eventHook.get", input: { hook }, code: "hook_not_found" },
  { action: "okta.eventHook.verify", input: { hook }, code: "hook_not_found" },
];

/** Refusals that the org gives for no state that can be had here. */
const byAnswer: readonly Refusal[] = [
  { action: "okta.user.get", input: { user: active }, answers: [401, "E0000011"], code: "authentication_failed", says: /revoked/ },
  { action: "okta.user.get", input: { user: active }, answers: [401, "E0000004"], code: "authentication_failed" },
  { action: "okta.user.get", input: { user: active }, answers: [403, "E0000005"], code: "authentication_failed" },
  { action: "okta.user.get", input: { user: active }, answers: [401, "E0000015"], code: "permission_missing", says: /feature/ },
  { action: "okta.user.get", input: { user: active }, answers: [403, "E0000006"], code: "permission_missing", says: /role/ },
  { action: "okta.user.get", input: { user: active }, answers: [500, "E0000009"], code: "target_error" },
  { action: "okta.user.get", input: { user: active }, answers: [503, "E0000010"], code: "target_error", says: /read-only/ },
  { action: "okta.user.get", input: { user: active }, answers: [503, "E0000181"], code: "target_error" },
  { action: "okta.user.activate", input: { user: user(inStatus.staged) }, answers: [409, "E0000112"], code: "invalid_state" },
  { action: "okta.user.updateProfile", input: { user: active, set }, answers: [403, "E0000023"], code: "call_rejected", says: /masters/ },
  { action: "okta.user.updateProfile", input: { user: active, set }, answers: [403, "E0000077"], code: "call_rejected", says: /read-only/ },
  { action: "okta.user.updateProfile", input: { user: active, set }, answers: [403, "E0000078"], code: "call_rejected", says: /read-only/ },
  { action: "okta.user.updateProfile", input: { user: active, set }, answers: [409, "E0000112"], code: "invalid_state" },
  { action: "okta.user.create", input: fresh, answers: [400, "E0000093"], code: "invalid_request", says: /fewer groups/ },
  { action: "okta.user.stream", input: {}, answers: [400, "E0000029"], code: "call_rejected", says: /start the stream again/ },
  { action: "okta.user.stream", input: {}, answers: [400, "E0000033"], code: "invalid_request" },
  { action: "okta.user.stream", input: {}, answers: [409, "E0000145"], code: "conflict" },
  { action: "okta.user.stream", input: {}, answers: [503, "E0000100"], code: "target_error" },
  { action: "okta.group.create", input: { name: "Fresh" }, answers: [409, "E0000055"], code: "already_exists" },
  { action: "okta.group.create", input: { name: "Fresh" }, answers: [423, "E0000239"], code: "conflict" },
  { action: "okta.group.update", input: { group: "name:Engineering", description: "x" }, answers: [409, "E0000249"], code: "conflict" },
  { action: "okta.user.unlock", input: { user: active }, answers: [403, "E0000006"], code: "permission_missing" },
];

async function answerInstead(org: SandboxOrg, { action, answers }: Refusal): Promise<void> {
  if (!answers) return;
  const [status, errorCode] = answers;
  const isReading = action.endsWith(".get") || action.endsWith(".stream");
  const match = { method: isReading ? "GET" : action === "okta.group.update" ? "PUT" : "POST" };
  const body = { errorCode, errorSummary: "As the test wants it", errorLink: errorCode, errorId: "oaeTest", errorCauses: [] };
  await org.call("POST", "/sandbox/faults", { match, kind: "status", status, body });
}

async function refused(
  api: ApiClient,
  org: SandboxOrg,
  { on, refusal }: { readonly on: string; readonly refusal: Refusal },
): Promise<void> {
  const { action, input, answers, code, says } = refusal;
  await answerInstead(org, refusal);
  const run = await submit(api, { action, connection: "sandbox", input, on, retry: { attempts: 1 } });
  await org.call("DELETE", "/sandbox/faults");
  const what = `${action} ${JSON.stringify(input)} ${answers?.join(" ") ?? ""} ${on}`;
  assert.equal(run.status, "failed", `${what}: ${run.status}`);
  const { message, details = {} } = run.error ?? { message: "" };
  assert.equal(run.error?.code, code, `${what}: ${message}`);
  if (says) assert.match(message, says, what);
  assert.match(message, /^[^\n]{20,600}$/, what);
  // What Okta itself has said is found again by its support, and a reader is told what to do.
  if (details["oktaCode"] !== undefined) assert.ok(details["oktaRequestId"] !== undefined && details["next"] !== undefined, what);
}

for (const [where, on] of [
  ["here", "local"],
  ["through an agent", "labels.site == 'hq'"],
] as const) {
  test(
    where,
    () =>
      withJourney(async (journey) => {
        const [controller, org] = await Promise.all([
          journey.controller(),
          journey.sandbox({ users: 100, statuses: "mixed", indexLagMs: 0 }),
        ]);
        await connect(controller.api, org);
        if (on !== "local") await journey.agent(controller, { name: "hq-1", labels: { site: "hq" } });
        for (const refusal of [...byState, ...byAnswer]) await refused(controller.api, org, { on, refusal });
      }),
    { timeoutMs: 90_000 },
  );
}

test.run();
