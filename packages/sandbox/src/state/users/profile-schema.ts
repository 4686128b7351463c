import { type Refusal, refuseInvalid } from "../refusal.ts";
import type { CustomAttributes } from "../schemas/custom-attributes.ts";
import type { ProfileValue, UserProfile } from "./user.ts";

/** What Okta demands of one attribute; lengths in characters. */
export interface Attribute {
  readonly required?: true;
  readonly min?: number;
  readonly max?: number;
}

/** The base attributes of the default user type, and the lengths that Okta enforces. */
export const profileAttributes: Readonly<Record<string, Attribute>> = {
  login: { required: true, min: 5, max: 100 },
  email: { required: true, min: 5, max: 100 },
  firstName: { required: true, min: 1, max: 50 },
  lastName: { required: true, min: 1, max: 50 },
  secondEmail: { max: 100 },
  middleName: {},
  honorificPrefix: {},
  honorificSuffix: {},
  title: {},
  displayName: {},
  nickName: {},
  profileUrl: {},
  primaryPhone: { max: 100 },
  mobilePhone: { max: 100 },
  streetAddress: { max: 1024 },
  city: { max: 128 },
  state: { max: 128 },
  zipCode: { max: 50 },
  countryCode: { max: 2 },
  postalAddress: { max: 4096 },
  preferredLanguage: {},
  locale: {},
  timezone: {},
  userType: {},
  employeeNumber: {},
  costCenter: {},
  organization: {},
  division: {},
  department: {},
  managerId: {},
  manager: {},
};

/** Is this the name of an attribute of the user profile? */
export function isProfileAttribute(name: string): boolean {
  return Object.hasOwn(profileAttributes, name);
}

const emailPattern = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

function lengthFault(name: string, value: string, { min = 0, max = Infinity }: Attribute): string | undefined {
  if (value.length < min) return `${name}: String is too short (${value.length} chars), minimum ${min}`;
  return value.length > max ? `${name}: The field is too long` : undefined;
}

function valueFault(name: string, value: unknown): string | undefined {
  const attribute = profileAttributes[name] as Attribute;
  if (value === null || value === undefined || value === "")
    return attribute.required ? `${name}: The field cannot be left blank` : undefined;
  if (typeof value !== "string") return `${name}: Incorrect type. Expecting string.`;
  if (name === "login" && !emailPattern.test(value)) return "login: Username must be in the form of an email address";
  if ((name === "email" || name === "secondEmail") && !emailPattern.test(value)) return `${name}: Does not match required pattern`;
  return lengthFault(name, value, attribute);
}

function faultsOf(profile: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(profileAttributes)
    .map((name) => valueFault(name, profile[name]))
    .filter((fault) => fault !== undefined);
}

function withoutAbsent(profile: Readonly<Record<string, unknown>>): UserProfile {
  const entries = Object.entries(profile).filter(([, value]) => value !== undefined && value !== null);
  return {
    mobilePhone: null,
    secondEmail: null,
    ...(Object.fromEntries(entries) as Record<string, ProfileValue>),
  };
}

/** A profile as Okta would store it, or why it would not. `subject` is what the error is about (`newUser`, `user`). */
export function checkProfile(
  profile: Readonly<Record<string, unknown>>,
  { subject, custom }: { readonly subject: string; readonly custom: CustomAttributes },
): { readonly kind: "profile"; readonly profile: UserProfile } | Refusal {
  const unknown = Object.keys(profile).find((name) => !isProfileAttribute(name) && !custom.has(name));
  if (unknown !== undefined) return refuseInvalid(subject, `Property name '${unknown}' is not defined in profile`);
  const faults = [...faultsOf(profile), ...custom.faults(profile)];
  const first = faults[0];
  if (first !== undefined) return refuseInvalid(first.slice(0, first.indexOf(":")), ...faults);
  return { kind: "profile", profile: withoutAbsent(profile) };
}
