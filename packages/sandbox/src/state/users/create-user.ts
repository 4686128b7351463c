import { changed, type Effect } from "../effect.ts";
import type { GroupRecord } from "../groups/group.ts";
import type { Org } from "../org.ts";
import { type Refusal, refuse, refuseInvalid, refuseUnknown } from "../refusal.ts";
import { checkCredentials, type GivenCredentials } from "./credentials.ts";
import { applyRules } from "../groups/rules/apply-rules.ts";
import { addMember } from "../groups/members.ts";
import { checkProfile } from "./profile-schema.ts";
import type { UserProfile, UserRecord, UserStatus } from "./user.ts";
import type { UserType } from "./user-types.ts";

/** What a request to create a user asks for; the body's parts as they came. */
export interface NewUser {
  readonly profile: Readonly<Record<string, unknown>>;
  readonly credentials: unknown;
  readonly type: unknown;
  readonly groupIds: readonly string[];
  readonly activate: boolean;
  readonly provider: boolean;
  readonly nextLogin: string | null;
}

export type Created = { readonly kind: "created"; readonly user: UserRecord; readonly effects: readonly Effect[] } | Refusal;

const maxGroups = 20;

/** The cause that Okta gives for an attribute that must be unique. */
export function duplicateFault(attribute: string): string {
  return `${attribute}: An object with this field already exists in the current organization`;
}

function findGroups(org: Org, ids: readonly string[]): { kind: "groups"; groups: readonly GroupRecord[] } | Refusal {
  if (ids.length > maxGroups) return refuse("E0000093");
  const groups: GroupRecord[] = [];
  for (const id of ids) {
    const group = org.groups.byId(id);
    if (!group) return refuseUnknown(id, "UserGroup");
    if (group.type !== "OKTA_GROUP") return refuseInvalid("groupIds", `groupIds: Cannot modify the members of the group ${id}`);
    groups.push(group);
  }
  return { kind: "groups", groups };
}

function nextLoginFault(wanted: NewUser, credentials: GivenCredentials): Refusal | undefined {
  if (wanted.nextLogin === null) return undefined;
  if (wanted.nextLogin !== "changePassword") return refuseInvalid("nextLogin", "nextLogin: Invalid value");
  if (!wanted.activate) return refuse("E0000124");
  return credentials.password === null ? refuse("E0000125") : undefined;
}

function statusOf(wanted: NewUser, credentials: GivenCredentials): UserStatus {
  if (!wanted.activate) return "STAGED";
  if (wanted.nextLogin !== null) return "PASSWORD_EXPIRED";
  const external = credentials.provider !== null && credentials.provider.type !== "OKTA";
  return external || credentials.password !== null ? "ACTIVE" : "PROVISIONED";
}

function providerFault(wanted: NewUser, { provider, password }: GivenCredentials): Refusal | undefined {
  const external = provider !== null && provider.type !== "OKTA";
  if (external !== wanted.provider)
    return refuseInvalid("provider", "provider: The query parameter `provider` and credentials.provider must agree");
  return external && password !== null ? refuseInvalid("password", "password: Not allowed for a user of an external provider") : undefined;
}

interface Checked {
  readonly profile: UserProfile;
  readonly credentials: GivenCredentials;
  readonly typeId: string;
}

/** The type that a body's `type` member names, the default one where it names none. Okta's text for an unknown one is assumed. */
export function readType(org: Org, given: unknown): { readonly kind: "type"; readonly type: UserType } | Refusal {
  if (given === undefined || given === null) return { kind: "type", type: org.userTypes.default };
  const id = typeof given === "object" ? (given as { readonly id?: unknown }).id : undefined;
  const type = typeof id === "string" ? org.userTypes.byId(id) : undefined;
  return type ? { kind: "type", type } : refuseInvalid("type", `type: The user type ${JSON.stringify(id ?? null)} does not exist`);
}

function store(org: Org, wanted: NewUser, { credentials, profile, typeId }: Checked): UserRecord {
  const now = org.now();
  return org.users.put(
    {
      ...org.users.reserve(),
      version: 1,
      status: statusOf(wanted, credentials),
      created: now,
      activated: wanted.activate ? now : null,
      statusChanged: wanted.activate ? now : null,
      lastLogin: null,
      lastUpdated: now,
      passwordChanged: credentials.password === null ? null : now,
      typeId,
      profile,
      password: credentials.password,
      recoveryQuestion: credentials.recoveryQuestion,
      provider: credentials.provider ?? { type: "OKTA", name: "OKTA" },
    },
    org.nowMs(),
  );
}

/** Creates a user, or says why Okta would not. Nothing is stored unless everything is in order. */
export function createUser(org: Org, wanted: NewUser): Created {
  const typed = readType(org, wanted.type);
  if (typed.kind === "refused") return typed;
  const checked = checkProfile(wanted.profile, { subject: "newUser", custom: typed.type.attributes });
  if (checked.kind === "refused") return checked;
  const login = String(checked.profile["login"]);
  const read = checkCredentials(wanted.credentials, login);
  if (read.kind === "refused") return read;
  const fault = nextLoginFault(wanted, read.credentials) ?? providerFault(wanted, read.credentials);
  if (fault) return fault;
  const found = findGroups(org, wanted.groupIds);
  if (found.kind === "refused") return found;
  if (org.users.byLogin(login)) return refuseInvalid("login", duplicateFault("login"));
  const user = store(org, wanted, { profile: checked.profile, credentials: read.credentials, typeId: typed.type.id });
  const joined = found.groups.map((group) => addMember(org, group, user)).flatMap((one) => (one.kind === "done" ? one.effects : []));
  return { kind: "created", user, effects: [changed("user.created", user.id), ...joined, ...applyRules(org, user)] };
}
