import { LongarmError } from "@longarm/shared";
import { expectsKeyword } from "@longarm/shared/schema";
import { choicesKeyword, closed, nullable } from "@longarm/spoke";
import Type, { type Static } from "typebox";

export { closed, nullable };

/** A user as actions take it. */
export const userInput = Type.String({
  minLength: 1,
  maxLength: 256,
  pattern: "^(?!\\.{1,2}$)[^\\u0000-\\u001f\\u007f]+$",
  [expectsKeyword]: "a user's id, login or short name",
  description: "A user's id (00u…), login, or the part of the login before its @.",
});

/** A text in which no control character stands: neither Okta nor an expression takes one. */
export function plainText(options: { readonly minLength?: number; readonly maxLength: number; readonly description?: string }) {
  return Type.String({
    ...options,
    pattern: "^[^\\u0000-\\u001f\\u007f]*$",
    [expectsKeyword]: "text without control characters",
  });
}

/** A group as actions take it. */
export const groupInput = Type.String({
  pattern: "^(00g[A-Za-z0-9]{17}|name:.{1,255})$",
  [expectsKeyword]: "a group's id, e.g. 00g…, or name: and its name",
  [choicesKeyword]: "okta.metadata.groups",
  description: "A group's id (00g…), or name: and the group's exact name.",
});

/** A user's profile as Okta holds it: standard and custom fields, each of any type. */
export const profileSchema = Type.Record(Type.String(), Type.Unknown());

/** A user as streams yield it. Only its id is sure to be there. */
export const userSchema = closed({
  id: Type.String(),
  status: nullable(Type.String()),
  created: nullable(Type.String()),
  activated: nullable(Type.String()),
  statusChanged: nullable(Type.String()),
  lastLogin: nullable(Type.String()),
  lastUpdated: nullable(Type.String()),
  passwordChanged: nullable(Type.String()),
  type: nullable(Type.String({ description: "The id of the user's type." })),
  provider: nullable(closed({ type: nullable(Type.String()), name: nullable(Type.String()) })),
  transitioningTo: nullable(Type.String({ description: "The status that the user is on the way to." })),
  profile: profileSchema,
});

export type User = Static<typeof userSchema>;

type Members = Readonly<Record<string, unknown>>;

/** The members of what should be an object; none where it is null or something else. */
export function membersOf(value: unknown): Members {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

/** A text; null for anything else. */
export function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** An object with its members, copied; null for anything else. */
export function record(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...(value as Record<string, unknown>) } : null;
}

/** The error for an answer that holds no such thing. */
export function unexpected(what: string): LongarmError {
  return new LongarmError(
    "unexpected_response",
    `Okta's answer holds no ${what}; check that the connection's base URL is that of an Okta org.`,
  );
}

function providerOf(credentials: unknown): User["provider"] {
  const provider = membersOf(credentials)["provider"];
  if (typeof provider !== "object" || provider === null) return null;
  return { type: text(membersOf(provider)["type"]), name: text(membersOf(provider)["name"]) };
}

/** A user of Okta's as we give it. Throws `unexpected_response` when it has no id. */
export function readUser(value: unknown): User {
  const user = membersOf(value);
  const id = text(user["id"]);
  if (id === null) throw unexpected("user");
  return {
    id,
    status: text(user["status"]),
    created: text(user["created"]),
    activated: text(user["activated"]),
    statusChanged: text(user["statusChanged"]),
    lastLogin: text(user["lastLogin"]),
    lastUpdated: text(user["lastUpdated"]),
    passwordChanged: text(user["passwordChanged"]),
    type: text(membersOf(user["type"])["id"]),
    provider: providerOf(user["credentials"]),
    transitioningTo: text(user["transitioningToStatus"]),
    profile: { ...membersOf(user["profile"]) },
  };
}

/** A group, as far as identity is concerned. */
export interface GroupName {
  readonly id: string;
  readonly name: string | null;
  readonly type: string | null;
}

/** The identity of a group of Okta's. Throws `unexpected_response` when it has no id. */
export function readGroupName(value: unknown): GroupName {
  const group = membersOf(value);
  const id = text(group["id"]);
  if (id === null) throw unexpected("group");
  return { id, name: text(membersOf(group["profile"])["name"]), type: text(group["type"]) };
}

/** A group as actions and streams give it. Only its id is sure to be there. */
export const groupSchema = closed({
  id: Type.String(),
  type: nullable(Type.String({ description: "OKTA_GROUP, APP_GROUP or BUILT_IN." })),
  name: nullable(Type.String()),
  description: nullable(Type.String()),
  created: nullable(Type.String()),
  lastUpdated: nullable(Type.String({ description: "When the profile last changed." })),
  lastMembershipUpdated: nullable(Type.String()),
  source: nullable(Type.String({ description: "The id of the application that an APP_GROUP comes from." })),
  profile: profileSchema,
});

export type Group = Static<typeof groupSchema>;

/** A group of Okta's as we give it. Throws `unexpected_response` when it has no id. */
export function readGroup(value: unknown): Group {
  const group = membersOf(value);
  const profile = membersOf(group["profile"]);
  return {
    ...readGroupName(value),
    description: text(profile["description"]),
    created: text(group["created"]),
    lastUpdated: text(group["lastUpdated"]),
    lastMembershipUpdated: text(group["lastMembershipUpdated"]),
    source: text(membersOf(group["source"])["id"]),
    profile: { ...profile },
  };
}

/** A list of Okta's. Throws `unexpected_response` when the body is none. */
export function readList(body: unknown): readonly unknown[] {
  if (Array.isArray(body)) return body;
  throw unexpected("list");
}
