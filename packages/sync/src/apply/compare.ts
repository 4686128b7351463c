import type { CompiledMap } from "./compile.ts";
import type { CurrentUser, DesiredUser, FieldValue } from "./people.ts";

/** How a field's value is compared: nothing is nothing however it is written, and Okta knows logins and addresses whatever their case. */
export function comparable(field: string, value: unknown): string {
  if (value === undefined || value === null || value === "") return "null";
  const isCaseless = (field === "login" || field === "email") && typeof value === "string";
  return JSON.stringify(isCaseless ? value.toLowerCase() : value);
}

/** The fields in which a user differs from what a row asks for. */
export function differingFields(desired: DesiredUser, current: CurrentUser): readonly (readonly [field: string, value: FieldValue])[] {
  return Object.entries(desired.profile).filter(([field, value]) => comparable(field, value) !== comparable(field, current.profile[field]));
}

/** What a status comes to for a map: people wait for activation, a password or an unlock in several that all count as active. */
export type StatusClass = "active" | "staged" | "suspended" | "deactivated";

/** The class of one of Okta's statuses. */
export function classOf(status: string): StatusClass {
  if (status === "DEPROVISIONED") return "deactivated";
  if (status === "SUSPENDED") return "suspended";
  return status === "STAGED" ? "staged" : "active";
}

/** A fingerprint of what a row asks for; a user of the same fingerprint has nothing to be changed. */
export function printOfDesired(map: CompiledMap, desired: DesiredUser): number {
  return fingerprint(map, { ...desired, status: desired.status ?? "any", groups: desired.groups ?? [] });
}

/** The same of a user as it is. */
export function printOfCurrent(map: CompiledMap, user: CurrentUser): number {
  const groups = user.groups.filter((group) => map.memberships?.owned.has(group)).toSorted();
  return fingerprint(map, { profile: user.profile, groups, status: statusIn(map, classOf(user.status)) });
}

// A deactivated user is never what a map without statuses asks for, so it never looks settled there.
function statusIn({ status, create }: CompiledMap, kind: StatusClass): string {
  if (status === undefined) return kind === "deactivated" ? kind : "any";
  return kind === "staged" && create === "staged" ? "active" : kind;
}

interface Shape {
  readonly profile: Readonly<Record<string, unknown>>;
  readonly groups: readonly string[];
  readonly status: string;
}

function fingerprint({ fields, memberships }: CompiledMap, { profile, groups, status }: Shape): number {
  if (status === "deactivated") return hashOf(status);
  const values = fields.map(([field]) => comparable(field, profile[field]));
  return hashOf(JSON.stringify([status, values, memberships === undefined ? [] : groups]));
}

/**
 * 53 bits of a text (cyrb53): with 100,000 rows one of ten billion plans would take a difference for none, and the next plan
 * compares it again.
 */
function hashOf(text: string): number {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 2_654_435_761);
    low = Math.imul(low ^ unit, 1_597_334_677);
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return 4_294_967_296 * (2_097_151 & low) + (high >>> 0);
}
