import { LongarmError, secretKeyword } from "@longarm/shared";
import { expectsKeyword } from "@longarm/shared/schema";
import { action, type ActionRest, type Check, fieldsKeyword, type ReadBack } from "@longarm/spoke";
import Type, { type Static } from "typebox";
import { docsOf } from "../../docs-link.ts";
import { accept, explain } from "../../errors.ts";
import { findUserByLogin } from "../../identity.ts";
import { againstSchema } from "../../profile-check.ts";
import { applied, isMadeSince, notApplied, unclear } from "../../read-back.ts";
import { closed, nullable, profileSchema, readUser, type User } from "../../schemas.ts";
import { make } from "../../plan.ts";
import { isObject } from "../../answers.ts";

const name = "okta.user.create";
const personName = Type.String({ minLength: 1, maxLength: 50 });

// What is no field of a profile would be refused too late: by then it would stand in the run for everybody to read.
const notInProfile = Type.Never({ [expectsKeyword]: "nothing: a password is given beside the profile" });

const input = closed({
  profile: Type.Object(
    {
      firstName: personName,
      lastName: personName,
      email: Type.String({ minLength: 5, maxLength: 100 }),
      login: Type.String({ minLength: 5, maxLength: 100 }),
      password: Type.Optional(notInProfile),
      credentials: Type.Optional(notInProfile),
    },
    {
      additionalProperties: Type.Unknown(),
      [fieldsKeyword]: "okta.metadata.userFields",
      description: "The four fields that Okta asks for, and any other field of the org's user schema.",
    },
  ),
  password: Type.Optional(Type.String({ minLength: 1, maxLength: 256, [secretKeyword]: true })),
  recoveryQuestion: Type.Optional(
    closed({
      question: Type.String({ minLength: 1, maxLength: 100 }),
      answer: Type.String({ minLength: 1, maxLength: 100, [secretKeyword]: true }),
    }),
  ),
  groups: Type.Optional(
    Type.Array(Type.String({ pattern: "^00g[A-Za-z0-9]{17}$", [expectsKeyword]: "a group's id, e.g. 00g…" }), {
      maxItems: 20,
      uniqueItems: true,
      description: "Ids of groups that the user joins at once.",
    }),
  ),
  activate: Type.Boolean({ default: true, description: "Without a password an activation mails the user." }),
  nextLogin: Type.Optional(Type.Enum(["changePassword"], { description: "The user must choose another password at the first login." })),
  userType: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: "The id of a user type; absent: the default type." })),
  provider: Type.Optional(
    closed({
      type: Type.Enum(["ACTIVE_DIRECTORY", "FEDERATION", "IMPORT", "LDAP", "OKTA", "SOCIAL"]),
      name: Type.Optional(Type.String({ minLength: 1 })),
    }),
  ),
  ifExists: Type.Enum(["fail", "return"], { default: "fail", description: "What a user that has this login already means." }),
});

type Input = Static<typeof input>;

/** Row "Create User". The login is what makes a user the same user. */
export const createUser = action({
  name,
  title: "Create User",
  summary: "Creates a user, or finds the one that has this login already.",
  category: "User management",
  docs: docsOf("User", "createUser"),
  version: 1,
  effect: "create",
  destructive: false,
  scopes: ["okta.users.manage", "okta.schemas.read"],
  input,
  output: closed({ id: Type.String(), created: Type.Boolean(), status: nullable(Type.String()), profile: profileSchema }),
  examples: [
    {
      title: "Not activated yet",
      input: {
        profile: { firstName: "Ada", lastName: "Lovelace", email: "ada@example.com", login: "ada@example.com" },
        activate: false,
        ifExists: "fail",
      },
    },
  ],
  async run({ rest, dryRun }, wish) {
    const { login } = wish.profile;
    const namesake = dryRun ? await ownerOf(rest, login) : undefined;
    if (namesake) return present(existing(namesake, wish), false);
    const body = bodyOf(wish);
    const plan = make(`user "${login}"`, body);
    const response = await rest.post({
      ...{ path: ["api", "v1", "users"], query: queryOf(wish), body, plan },
      isAnswer: isObject,
      ifUnknown: readingBack(wish),
      ...(wish.userType === undefined && { check: checkOf(wish) }),
    });
    if (response.status === 400) {
      const found = await ownerOf(rest, login);
      if (!found) throw explain(response);
      return present(existing(found, wish), false);
    }
    return present(readUser(accept(response).body), true);
  },
});

// A user type's schema is known by its link alone; what another type than the default one takes is left to Okta.
function checkOf({ profile }: Input): Check {
  const placeOf = (field: string): string => `/profile/${field.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  return againstSchema({ definition: name, kind: "user", wanted: profile, placeOf, isNew: true });
}

// Okta finds a user by its login at once, but by a short name it may find another.
function readingBack({ profile }: Input): ReadBack {
  return {
    request: { path: ["api", "v1", "users", profile.login] },
    judge: (answer, { sentAgoMs }) => {
      if (answer.status === 404) return notApplied;
      if (answer.status !== 200) return unclear;
      const user = readUser(answer.body);
      if (!hasWholeLogin(user, profile.login)) return notApplied;
      if (isMadeSince(user.created, answer, sentAgoMs) === true && isSamePerson(user, profile)) return applied(answer);
      return { kind: "conflict", error: madeByOthers(user) };
    },
  };
}

// Other fields may stand otherwise than they were sent: Okta has rules for some, and other systems master some.
function isSamePerson(user: User, profile: Input["profile"]): boolean {
  const same = (given: string, held: unknown): boolean =>
    typeof held === "string" && held.trim().toLowerCase() === given.trim().toLowerCase();
  return (["firstName", "lastName", "email"] as const).every((field) => same(profile[field], user.profile[field]));
}

function madeByOthers({ id, profile, created }: User): LongarmError {
  const message = `The user ${id} has this login, but was made at another time or with another profile than this run's, so it is not this run's.`;
  return new LongarmError("conflict", message, { details: { id, login: profile["login"], created } });
}

function queryOf({ activate, nextLogin, provider }: Input) {
  return { activate, ...(nextLogin !== undefined && { nextLogin }), ...(provider !== undefined && { provider: true }) };
}

function bodyOf({ profile, password, recoveryQuestion, groups, userType, provider }: Input) {
  const credentials = {
    ...(password !== undefined && { password: { value: password } }),
    ...(recoveryQuestion !== undefined && { recovery_question: recoveryQuestion }),
    ...(provider !== undefined && { provider }),
  };
  return {
    profile,
    ...(Object.keys(credentials).length > 0 && { credentials }),
    ...(groups !== undefined && groups.length > 0 && { groupIds: groups }),
    ...(userType !== undefined && { type: { id: userType } }),
  };
}

// Whether a refusal means "the login is taken" is asked of the org, since Okta's code for it is the one for every invalid field.
async function ownerOf(rest: ActionRest, login: string): Promise<User | undefined> {
  const found = await findUserByLogin(rest, login);
  return found && hasWholeLogin(found.user, login) ? found.user : undefined;
}

function existing(user: User, { profile, ifExists }: Input): User {
  if (ifExists === "return") return user;
  const details = { id: user.id, login: profile.login, status: user.status };
  throw new LongarmError("already_exists", `A user with the login "${profile.login}" exists already: ${user.id}.`, { details });
}

function hasWholeLogin(user: User, login: string): boolean {
  return typeof user.profile["login"] === "string" && user.profile["login"].toLowerCase() === login.toLowerCase();
}

function present({ id, status, profile }: User, created: boolean) {
  return { id, created, status, profile };
}
