import type { SandboxOrg } from "./sandbox.ts";

/** The user that is changed. */
export const user = "user000001@example.com";
const userPath = "/api/v1/users/{id}";
const passwordSet = "user.passwordSet";
const hook = { name: "Hook", events: ["user.lifecycle.create"], uri: "https://hooks.example.com/in", authValue: "a-secret", verify: false };
/** A profile that nobody has. */
export const ada = { firstName: "Ada", lastName: "Lovelace", email: "ada@example.com", login: "ada@example.com" };

/** A changing call whose answer is lost, and how its run ends. */
export interface Change {
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The changing call, and what it does to the org. */
  readonly call: readonly [method: string, path: string];
  readonly effect: string;
  /** What the user has to be. Default ACTIVE. */
  readonly status?: string;
  /** Makes what it takes; resolves to more inputs. `hookUri` is of an endpoint that proves itself. */
  readonly prepare?: (org: SandboxOrg, hookUri: string) => Promise<Readonly<Record<string, unknown>>>;
  /** How often the org may see the effect; where it is harmless, twice. Default 1. */
  readonly atMost?: number;
  /** How it ends when the call was applied, and when it was not. Default: `succeeded`, both. */
  readonly ends?: readonly [applied: string, cutBefore: string];
}

/** How a run ends that nobody can tell the end of. */
export const unknown = "outcome_unknown";
async function idOf(org: SandboxOrg, path: string): Promise<string> {
  const { body } = await org.call("GET", path);
  return ((Array.isArray(body) ? body[0] : body) as { id: string }).id;
}

async function joinQuarantine(org: SandboxOrg): Promise<Readonly<Record<string, unknown>>> {
  const [group, id] = [await idOf(org, "/api/v1/groups?q=Quarantine"), await idOf(org, `/api/v1/users/${user}`)];
  await org.call("PUT", `/api/v1/groups/${group}/users/${id}`);
  return {};
}

async function assignApp(org: SandboxOrg): Promise<Readonly<Record<string, unknown>>> {
  const id = await idOf(org, `/api/v1/users/${user}`);
  const made = await org.call("POST", "/api/v1/apps", {
    name: "bookmark",
    label: "Maps",
    signOnMode: "BOOKMARK",
    settings: { app: { url: "https://maps.example.com" } },
  });
  const app = (made.body as { id: string }).id;
  await org.call("POST", `/api/v1/apps/${app}/users`, { id, scope: "USER" });
  return { app };
}

/** An event hook that has gone through one step of its life. */
function makeHook(step: "" | "deactivate", { hasSecret = true } = {}) {
  return async (org: SandboxOrg, uri: string): Promise<Readonly<Record<string, unknown>>> => {
    const authScheme = hasSecret ? { authScheme: { type: "HEADER", key: "Authorization", value: "x" } } : {};
    const channel = { type: "HTTP", version: "1.0.0", config: { uri, headers: [], ...authScheme } };
    const made = await org.call("POST", "/api/v1/eventHooks", {
      ...{ name: "Hook", events: { type: "EVENT_TYPE", items: ["user.lifecycle.create"] }, channel },
    });
    const { id } = made.body as { id: string };
    if (step !== "") await org.call("POST", `/api/v1/eventHooks/${id}/lifecycle/${step}`);
    return { hook: id };
  };
}

/** One of each action that changes something. */
export const changes: readonly Change[] = [
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
    ...{ effect: passwordSet },
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
    ...{ action: "okta.user.reactivate", input: { user, sendEmail: false }, call: ["POST", `${userPath}/lifecycle/reactivate`] },
    ...{ effect: "user.reactivated", status: "PROVISIONED", ends: [unknown, unknown] },
  },
  {
    action: "okta.user.changePassword",
    input: { user, oldPassword: "Welcome-2-Sandbox-1", newPassword: "Quiet-7-Rivers" },
    call: ["POST", `${userPath}/credentials/change_password`],
    ...{ effect: "user.passwordChanged", ends: [unknown, unknown] },
  },
  {
    ...{ action: "okta.user.setPassword", input: { user, password: "Quiet-7-Rivers", strict: true }, call: ["POST", userPath] },
    ...{ effect: passwordSet, ends: ["succeeded", unknown] },
  },
  {
    ...{ action: "okta.user.resetFactors", input: { user }, call: ["POST", `${userPath}/lifecycle/reset_factors`] },
    ...{ effect: "user.factorsReset", atMost: 2 },
  },
  {
    ...{ action: "okta.group.removeUser", input: { group: "name:Quarantine", user }, effect: "group.memberRemoved" },
    ...{ call: ["DELETE", "/api/v1/groups/{groupId}/users/{userId}"], prepare: joinQuarantine },
  },
  {
    ...{ action: "okta.app.revokeUser", input: { user }, effect: "app.userUnassigned", prepare: assignApp },
    call: ["DELETE", "/api/v1/apps/{appId}/users/{userId}"],
  },
  {
    ...{ action: "okta.eventHook.update", input: { name: "Renamed", verify: false }, call: ["PUT", "/api/v1/eventHooks/{eventHookId}"] },
    ...{ effect: "eventHook.replaced", prepare: makeHook("", { hasSecret: false }) },
  },
  {
    ...{ action: "okta.eventHook.update", input: { name: "Renamed", authValue: "other", verify: false }, atMost: 2 },
    ...{ call: ["PUT", "/api/v1/eventHooks/{eventHookId}"], effect: "eventHook.replaced", prepare: makeHook("") },
  },
  {
    ...{ action: "okta.eventHook.deactivate", input: {}, call: ["POST", "/api/v1/eventHooks/{eventHookId}/lifecycle/deactivate"] },
    ...{ effect: "eventHook.deactivated", prepare: makeHook("") },
  },
  {
    ...{ action: "okta.eventHook.activate", input: {}, call: ["POST", "/api/v1/eventHooks/{eventHookId}/lifecycle/activate"] },
    ...{ effect: "eventHook.activated", prepare: makeHook("deactivate") },
  },
  {
    ...{ action: "okta.eventHook.verify", input: {}, call: ["POST", "/api/v1/eventHooks/{eventHookId}/lifecycle/verify"] },
    ...{ effect: "eventHook.verified", prepare: makeHook("") },
  },
  {
    ...{ action: "okta.user.resetToTemporaryPassword", input: { user }, effect: "user.passwordExpired", ends: [unknown, unknown] },
    call: ["POST", `${userPath}/lifecycle/expire_password_with_temp_password`],
  },
];
