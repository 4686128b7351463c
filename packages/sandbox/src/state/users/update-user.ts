import { isDeepStrictEqual } from "node:util";
import { changed, type Effect } from "../effect.ts";
import type { Org } from "../org.ts";
import { type Refusal, refuse, refuseInvalid, refuseUnknown } from "../refusal.ts";
import { applyRules } from "../groups/rules/apply-rules.ts";
import { duplicateFault, readType } from "./create-user.ts";
import { checkCredentials, credentialChange } from "./credentials.ts";
import { changeUser, isUnderWay } from "./lifecycle.ts";
import { checkProfile } from "./profile-schema.ts";
import { loginOf, type UserProfile, type UserRecord } from "./user.ts";

/** What a request to change a user asks for; null where the body has no such member. */
export interface UserEdit {
  readonly mode: "merge" | "replace";
  readonly profile: Readonly<Record<string, unknown>> | null;
  readonly credentials: unknown;
  /** Another type of user, which only a replacement may name. */
  readonly type: unknown;
  /** Are passwords held to the rules on history too? Of a user's history only the present password is kept. */
  readonly strict: boolean;
  /** The `If-Match` header. */
  readonly ifMatch: string | null;
}

export type Updated = { readonly kind: "updated"; readonly user: UserRecord; readonly effects: readonly Effect[] } | Refusal;

/** The version of a user as the `ETag` header names it. */
export function etagOf(user: UserRecord): string {
  return `W/"${user.index.toString(36)}-${user.version.toString(36)}"`;
}

function matchFault(user: UserRecord, ifMatch: string | null): Refusal | undefined {
  if (ifMatch === null || ifMatch === "*") return undefined;
  if (!/^(W\/)?"[^"]*"$/.test(ifMatch)) return refuse("E0000242");
  return ifMatch.replace(/^W\//, "") === etagOf(user).replace(/^W\//, "") ? undefined : refuse("E0000231");
}

interface NextProfile {
  readonly kind: "profile";
  readonly profile: UserProfile;
  readonly typeId: string;
}

function nextProfile(org: Org, user: UserRecord, edit: UserEdit): NextProfile | Refusal {
  if (edit.profile === null) return { kind: "profile", profile: user.profile, typeId: user.typeId };
  const typed = readType(org, edit.mode === "replace" && edit.type ? edit.type : { id: user.typeId });
  if (typed.kind === "refused") return typed;
  const checked = checkProfile(edit.mode === "merge" ? { ...user.profile, ...edit.profile } : edit.profile, {
    subject: "user",
    custom: typed.type.attributes,
  });
  if (checked.kind === "refused") return checked;
  const owner = org.users.byLogin(String(checked.profile["login"]));
  return owner && owner.index !== user.index ? refuseInvalid("login", duplicateFault("login")) : { ...checked, typeId: typed.type.id };
}

function changedAttributes(before: UserProfile, after: UserProfile): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !isDeepStrictEqual(before[name] ?? null, after[name] ?? null));
}

// A body that brings nothing but a password is told of as nothing else.
function effectsOf(before: UserRecord, after: UserRecord, edit: UserEdit): readonly Effect[] {
  const hasPassword = after.passwordChanged !== before.passwordChanged || after.password !== before.password;
  const attributes = changedAttributes(before.profile, after.profile);
  const isEdited = edit.profile !== null || !hasPassword;
  return [
    ...(isEdited ? [changed(edit.mode === "merge" ? "user.updated" : "user.replaced", after.id, { attributes })] : []),
    ...(hasPassword ? [changed("user.passwordSet", after.id)] : []),
  ];
}

/** Changes a user's profile or credentials, or says why Okta would not. */
export function updateUser(org: Org, user: UserRecord, edit: UserEdit): Updated {
  if (user.status === "DEPROVISIONED") return refuseUnknown(user.id, "User");
  if (isUnderWay(user)) return refuse("E0000112");
  const fault = matchFault(user, edit.ifMatch);
  if (fault) return fault;
  const next = nextProfile(org, user, edit);
  if (next.kind === "refused") return next;
  const read = checkCredentials(edit.credentials, loginOf({ ...user, profile: next.profile }));
  if (read.kind === "refused") return read;
  if (edit.strict && user.password !== null && read.credentials.password === user.password)
    return refuseInvalid("password", "password: Password has been used too recently");
  const change = credentialChange(org, user, read.credentials);
  if ("kind" in change) return change;
  const updated = changeUser(org, user, { ...change, profile: next.profile, typeId: next.typeId });
  return { kind: "updated", user: updated, effects: [...effectsOf(user, updated, edit), ...applyRules(org, updated)] };
}
