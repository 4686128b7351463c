import { profileAttributes, type Attribute } from "../users/profile-schema.ts";

/** A property of a profile as Okta's schemas show it. */
export interface PropertyDefinition {
  readonly title: string;
  readonly type: "string" | "boolean" | "integer" | "number" | "array";
  readonly [keyword: string]: unknown;
}

/** A part of a profile's schema: what Okta defines (`base`), or what the org added (`custom`). */
export interface ProfileDefinition {
  readonly properties: Readonly<Record<string, PropertyDefinition>>;
  readonly required: readonly string[];
}

const titles: Readonly<Record<string, string>> = { login: "Username", email: "Primary email", secondEmail: "Secondary email" };

const formats: Readonly<Record<string, string>> = {
  email: "email",
  secondEmail: "email",
  profileUrl: "uri",
  countryCode: "country-code",
  preferredLanguage: "language-code",
  locale: "locale",
  timezone: "timezone",
};

function titleOf(name: string): string {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return titles[name] ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

// Recorded schemas have `UNIQUE_VALIDATED` where the API's own document says boolean.
function userProperty([name, { required, min, max }]: readonly [string, Attribute]): [string, PropertyDefinition] {
  const property = {
    title: titleOf(name),
    type: "string",
    ...(name in formats && { format: formats[name] }),
    ...(required && { required }),
    ...(name === "login" && { unique: "UNIQUE_VALIDATED" }),
    mutability: "READ_WRITE",
    scope: "NONE",
    ...(min !== undefined && { minLength: min }),
    ...(max !== undefined && { maxLength: max }),
    permissions: [{ principal: "SELF", action: "READ_ONLY" }],
    master: { type: "PROFILE_MASTER" },
  } as const;
  return [name, property];
}

/** The base properties of a user's profile: those that users are checked by. */
export const userBase: ProfileDefinition = {
  properties: Object.fromEntries(Object.entries(profileAttributes).map(userProperty)),
  required: Object.keys(profileAttributes).filter((name) => profileAttributes[name]?.required),
};

const ofProfile = { mutability: "READ_WRITE", scope: "NONE", permissions: [{ principal: "SELF", action: "READ_ONLY" }] } as const;

/** The base properties of a group's profile. */
export const groupBase: ProfileDefinition = {
  properties: {
    name: { title: "Name", description: "Group name", type: "string", required: true, ...ofProfile, maxLength: 255 },
    description: { title: "Description", description: "Group description", type: "string", ...ofProfile, maxLength: 1024 },
  },
  required: ["name"],
};

/** The base properties of a user's profile in an application. */
export const appUserBase: ProfileDefinition = {
  properties: {
    userName: { title: "Username", type: "string", required: true, ...ofProfile, maxLength: 100 },
    email: { title: "Primary email", type: "string", format: "email", ...ofProfile, maxLength: 100 },
  },
  required: ["userName"],
};

/** No attributes at all. */
export const noCustom: ProfileDefinition = { properties: {}, required: [] };
