import type { Org } from "../org.ts";
import { type Refusal, refuse, refuseInvalid, refuseUnknown } from "../refusal.ts";
import { changeUser, isUnderWay, type UserChange } from "./lifecycle.ts";
import { passwordFault } from "./password-policy.ts";
import { isAllowed, transitions } from "./transitions.ts";
import { type AuthenticationProvider, loginOf, type UserRecord } from "./user.ts";

/** The credentials that a request gives, checked. Null: not given. */
export interface GivenCredentials {
  readonly password: string | null;
  readonly recoveryQuestion: UserRecord["recoveryQuestion"];
  readonly provider: AuthenticationProvider | null;
}

type Checked = { readonly kind: "credentials"; readonly credentials: GivenCredentials } | Refusal;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// A password that comes as a hash or through a hook cannot be compared here; any such password is this one.
const importedPassword = "Imported-Passw0rd";

function passwordOf(given: unknown): { imported: boolean; value: string } | undefined | Refusal {
  if (given === undefined || given === null) return undefined;
  if (!isRecord(given)) return refuseInvalid("password", "password: The field must be an object");
  if (isRecord(given["hash"]) || isRecord(given["hook"])) return { imported: true, value: importedPassword };
  if (given["value"] === undefined) return undefined;
  return typeof given["value"] === "string"
    ? { imported: false, value: given["value"] }
    : refuseInvalid("password", "password: Expecting string.");
}

function questionOf(given: unknown): UserRecord["recoveryQuestion"] {
  if (!isRecord(given) || typeof given["question"] !== "string" || typeof given["answer"] !== "string") return null;
  return { question: given["question"], answer: given["answer"] };
}

const providerTypes = ["OKTA", "FEDERATION", "SOCIAL", "ACTIVE_DIRECTORY", "LDAP", "IMPORT"] as const;

function providerOf(given: unknown): AuthenticationProvider | null {
  if (!isRecord(given)) return null;
  const type = providerTypes.find((known) => known === given["type"]);
  return type === undefined ? null : { type, name: typeof given["name"] === "string" ? given["name"] : type };
}

/** Reads the `credentials` member of a request for a user with that login. */
export function checkCredentials(given: unknown, login: string): Checked {
  const credentials = isRecord(given) ? given : {};
  const password = passwordOf(credentials["password"]);
  if (password && "kind" in password) return password;
  const fault = password && !password.imported ? passwordFault(password.value, login) : undefined;
  if (fault !== undefined) return refuseInvalid("password", fault);
  return {
    kind: "credentials",
    credentials: {
      password: password?.value ?? null,
      recoveryQuestion: questionOf(credentials["recovery_question"]),
      provider: providerOf(credentials["provider"]),
    },
  };
}

/** What an administrator's new credentials change about the user. */
export function credentialChange(org: Org, user: UserRecord, given: GivenCredentials): UserChange | Refusal {
  const question = given.recoveryQuestion ? { recoveryQuestion: given.recoveryQuestion } : {};
  if (given.password === null) return question;
  const cell = transitions.setPassword[user.status];
  if (!isAllowed(cell)) return refuseUnknown(user.id, "User");
  if (user.provider.type !== "OKTA")
    return refuseInvalid("password", "password: Cannot set password for a user whose provider is not Okta");
  const status = cell === "stays" || cell === "gone" ? user.status : cell;
  return { ...question, password: given.password, passwordChanged: org.now(), status };
}

/** Changes the password of a user who knows the old one. */
export function changePassword(
  org: Org,
  user: UserRecord,
  given: { oldPassword: string; newPassword: string },
): { kind: "done"; user: UserRecord } | Refusal {
  if (isUnderWay(user)) return refuse("E0000112");
  const cell = transitions.changePassword[user.status];
  if (!isAllowed(cell)) return refuse("E0000035");
  if (user.password === null || user.password !== given.oldPassword) return refuse("E0000014", undefined, ["Old Password is not correct"]);
  const fault = passwordFault(given.newPassword, loginOf(user));
  if (fault !== undefined) return refuse("E0000014", undefined, [fault]);
  const status = cell === "stays" || cell === "gone" ? user.status : cell;
  return {
    kind: "done",
    user: changeUser(org, user, {
      password: given.newPassword,
      passwordChanged: org.now(),
      status,
    }),
  };
}
