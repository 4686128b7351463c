import type { Expression, Operator } from "../expressions/expression.ts";
import { compilePredicate, type Predicate, type ReadAttribute } from "../expressions/evaluate.ts";
import type { ExpressionRules } from "../expressions/rules.ts";
import type { Org } from "../org.ts";
import type { UserRecord } from "./user.ts";

const times: ReadonlySet<string> = new Set(["created", "activated", "statusChanged", "lastUpdated"]);
const order: readonly Operator[] = ["gt", "ge", "lt", "le"];
const containing: ReadonlySet<string> = new Set(["profile.firstName", "profile.lastName", "profile.email", "profile.login"]);
const topLevel: ReadonlySet<string> = new Set(["id", "status", "type.id"]);

function profileName(attribute: string): string | undefined {
  return attribute.startsWith("profile.") ? attribute.slice("profile.".length) : undefined;
}

/** `search` on users: every attribute of their schemas, values without regard to case, no `ne` and no `not`. */
export function userSearchRules({ userTypes }: Org): ExpressionRules {
  return {
    operatorsFor(attribute) {
      if (times.has(attribute)) return ["eq", ...order, "pr"];
      if (topLevel.has(attribute)) return ["eq", "sw", ...order, "pr"];
      const name = profileName(attribute);
      if (name === undefined || !userTypes.defines(name)) return undefined;
      return ["eq", "sw", "pr", ...order, ...(containing.has(attribute) ? (["co"] as const) : [])];
    },
    isTime: (attribute) => times.has(attribute),
    ignoreCase: true,
  };
}

const filterable: ReadonlySet<string> = new Set([
  "status",
  "id",
  "profile.login",
  "profile.email",
  "profile.firstName",
  "profile.lastName",
]);

/** `filter` on users: seven attributes, `eq` only (and order for `lastUpdated`), values as they are written. */
export const userFilterRules: ExpressionRules = {
  operatorsFor(attribute) {
    if (attribute === "lastUpdated") return ["eq", ...order];
    return filterable.has(attribute) ? ["eq"] : undefined;
  },
  isTime: (attribute) => attribute === "lastUpdated",
  ignoreCase: false,
};

/** One attribute of a user by its path. */
export function readUserAttribute(user: UserRecord, attribute: string): unknown {
  const name = profileName(attribute);
  if (name !== undefined) return user.profile[name];
  if (attribute === "type.id") return user.typeId;
  return user[attribute as keyof UserRecord];
}

/** The indexes that alone can satisfy the expression, where it names logins or ids; undefined when any user might. */
function candidates(org: Org, expression: Expression): Set<number> | undefined {
  if (expression.kind === "not") return undefined;
  if (expression.kind === "comparison") {
    if (expression.operator !== "eq" || typeof expression.value !== "string") return undefined;
    const { attribute, value } = expression;
    if (attribute !== "profile.login" && attribute !== "id") return undefined;
    const user = attribute === "id" ? org.users.byId(value) : org.users.byLogin(value);
    return new Set(user && [user.index]);
  }
  const sets = expression.terms.map((term) => candidates(org, term));
  if (expression.kind === "and") return sets.find((set) => set !== undefined);
  return sets.every((set) => set !== undefined) ? new Set(sets.flatMap((set) => [...set])) : undefined;
}

function* indexesFrom(org: Org, expression: Expression, start: number): Generator<number> {
  const few = candidates(org, expression);
  if (few) {
    // What the index still shows as it was is not found through the present names, so it is always looked at.
    for (const index of org.users.lagging()) few.add(index);
    yield* [...few].filter((index) => index >= start).toSorted((a, b) => a - b);
    return;
  }
  for (let index = start; index < org.users.end; index += 1) yield index;
}

interface UserQuery {
  readonly expression: Expression;
  readonly rules: ExpressionRules;
  /** Read the lagging search index instead of the users themselves? */
  readonly lagging: boolean;
}

function* present(org: Org, indexes: Iterable<number>, test: Predicate): Generator<UserRecord> {
  for (const index of indexes) {
    let user: UserRecord | undefined;
    // The status of a user that never changed is known without making the user: most filters ask for nothing else.
    const read: ReadAttribute = (attribute) => {
      if (attribute === "status") return org.users.statusAt(index);
      user ??= org.users.at(index);
      return user && readUserAttribute(user, attribute);
    };
    if (!test(read)) continue;
    user ??= org.users.at(index);
    if (user) yield user;
  }
}

function* indexed(org: Org, indexes: Iterable<number>, test: Predicate): Generator<UserRecord> {
  for (const index of indexes) {
    const user = org.users.indexedAt(index, org.nowMs());
    if (user && test((attribute) => readUserAttribute(user, attribute))) yield user;
  }
}

/** The users from this index on that satisfy the expression, in order of index. */
export function queryUsers(org: Org, query: UserQuery, start: number): Iterable<UserRecord> {
  const test = compilePredicate(query.expression, query.rules);
  const indexes = indexesFrom(org, query.expression, start);
  return query.lagging ? indexed(org, indexes, test) : present(org, indexes, test);
}

/** The users from this index on that are not DEPROVISIONED: Okta's plain list. */
export function* activeUsers(org: Org, start: number): Generator<UserRecord> {
  for (let index = start; index < org.users.end; index += 1) {
    if (org.users.statusAt(index) === "DEPROVISIONED") continue;
    const user = org.users.at(index);
    if (user) yield user;
  }
}

/** The users, DEPROVISIONED ones left out, whose first name, last name or email starts with the text. */
export function* usersByPrefix(org: Org, text: string): Generator<UserRecord> {
  const wanted = text.toLowerCase();
  for (const user of activeUsers(org, 0)) {
    const names = [user.profile["firstName"], user.profile["lastName"], user.profile["email"]];
    if (names.some((name) => typeof name === "string" && name.toLowerCase().startsWith(wanted))) yield user;
  }
}
