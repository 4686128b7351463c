import { isDeepStrictEqual } from "node:util";
import type { Org } from "../org.ts";
import { type Refusal, refuseInvalid, refuseUnknown } from "../refusal.ts";
import type { HookDraft, HookRecord } from "./hook.ts";
import { challenge } from "./verify-hook.ts";

/** The hook as it now is, or why nothing was done. */
export type HookOutcome = { readonly kind: "done"; readonly hook: HookRecord; readonly changed: boolean } | Refusal;

const mostActive = 25;

function done(hook: HookRecord, changed = true): HookOutcome {
  return { kind: "done", hook, changed };
}

// Okta's text for it is assumed.
function activeFault(org: Org): Refusal | undefined {
  const active = org.hooks.all().filter((hook) => hook.status === "ACTIVE").length;
  return active < mostActive ? undefined : refuseInvalid("status", `status: At most ${mostActive} event hooks can be active`);
}

/** Makes a hook: active, and not verified. Names need not be unique. */
export function createHook(org: Org, draft: HookDraft): HookOutcome {
  const fault = activeFault(org);
  if (fault) return fault;
  const now = org.now();
  const made = { status: "ACTIVE", verificationStatus: "UNVERIFIED", created: now, createdBy: org.adminId, lastUpdated: now } as const;
  return done(org.hooks.add({ ...draft, ...made }));
}

/** Replaces all that clients may say of a hook. Another channel must be verified again. */
export function replaceHook(org: Org, hook: HookRecord, draft: HookDraft): HookOutcome {
  const verificationStatus = isDeepStrictEqual(hook.channel, draft.channel) ? hook.verificationStatus : "UNVERIFIED";
  return done(org.hooks.put({ ...hook, ...draft, verificationStatus, lastUpdated: org.now() }));
}

/** Makes a hook active; an active one stays as it is. */
export function activateHook(org: Org, hook: HookRecord): HookOutcome {
  if (hook.status === "ACTIVE") return done(hook, false);
  return activeFault(org) ?? done(org.hooks.put({ ...hook, status: "ACTIVE", lastUpdated: org.now() }));
}

/** Makes a hook inactive; an inactive one stays as it is. */
export function deactivateHook(org: Org, hook: HookRecord): HookOutcome {
  if (hook.status === "INACTIVE") return done(hook, false);
  return done(org.hooks.put({ ...hook, status: "INACTIVE", lastUpdated: org.now() }));
}

/** Removes an inactive hook. The refusal of an active one is assumed. */
export function deleteHook(org: Org, hook: HookRecord): HookOutcome {
  if (hook.status === "ACTIVE") return refuseInvalid("status", "status: An active event hook cannot be deleted");
  org.departed.note(hook.id, { alternateId: "unknown", displayName: hook.name });
  org.hooks.remove(hook);
  return done(hook);
}

/** Asks the hook's endpoint to prove that it wants to be called. The refusal of an inactive hook is assumed. */
export async function verifyHook(org: Org, hook: HookRecord): Promise<HookOutcome> {
  if (hook.status === "INACTIVE") return refuseInvalid("status", "status: An inactive event hook cannot be verified");
  const answer = await challenge(hook.channel, org.newSecret(40));
  // The endpoint had seconds to answer, in which the hook may have been changed or deleted.
  const current = org.hooks.byId(hook.id);
  if (!current) return refuseUnknown(hook.id, "Webhook");
  if (answer.kind === "failed") return refuseInvalid("Event hook", `Event hook verification failed: ${answer.problem}`);
  if (!isDeepStrictEqual(current.channel, hook.channel)) return refuseInvalid("Event hook", "The event hook was changed meanwhile");
  if (current.verificationStatus === "VERIFIED") return done(current, false);
  return done(org.hooks.put({ ...current, verificationStatus: "VERIFIED", lastUpdated: org.now() }));
}
