import { LongarmError } from "@longarm/shared";
import type { ActionResponse, ActionRest } from "@longarm/spoke";
import { accept, requestIdIn } from "./errors.ts";
import { compare } from "./expressions.ts";
import { listItems } from "./paging.ts";
import { membersOf, readGroup, readUser, type Group, type User } from "./schemas.ts";

const userIdPattern = /^00u[A-Za-z0-9]{17}$/;
const groupIdPattern = /^00g[A-Za-z0-9]{17}$/;
const byName = "name:";

/** A user that was read, and the etag of what was read. */
export interface FoundUser {
  readonly user: User;
  readonly etag: string | null;
  /** The id of the schema of its type; null where Okta does not tell. */
  readonly schema: string | null;
}

/** Does `text` have the form of a user's id? */
export function isUserId(text: string): boolean {
  return userIdPattern.test(text);
}

// Okta resolves `GET /users/{x}` generously, a short name to whoever it finds; only an exact match is the user that was meant.
function isLoginOf(user: User, login: string): boolean {
  const own = user.profile["login"];
  if (typeof own !== "string") return false;
  const compared = login.includes("@") ? own : (own.split("@", 1)[0] ?? own);
  return compared.toLowerCase() === login.toLowerCase() || own.toLowerCase() === login.toLowerCase();
}

/** `response` when it is a 2xx, undefined when it is a 404; anything else throws. */
export function acceptOrAbsent(response: ActionResponse): ActionResponse | undefined {
  return response.status === 404 ? undefined : accept(response);
}

async function readDirectly(
  rest: ActionRest,
  key: string,
): Promise<{ readonly found: FoundUser | undefined; readonly response: ActionResponse }> {
  const response = await rest.get({ path: ["api", "v1", "users", key] });
  const there = acceptOrAbsent(response);
  const found = there && { user: readUser(there.body), etag: there.headers["etag"] ?? null, schema: schemaIn(there.body) };
  return { found, response };
}

function schemaIn(user: unknown): string | null {
  const { href } = membersOf(membersOf(membersOf(user)["_links"])["schema"]);
  return typeof href === "string" ? (/\/meta\/schemas\/user\/([A-Za-z0-9]+)$/.exec(href)?.[1] ?? null) : null;
}

/** The user with exactly this login, or with this name before the @ of its login; undefined when there is none. One direct GET. */
export async function findUserByLogin(rest: ActionRest, login: string): Promise<FoundUser | undefined> {
  const { found } = await readDirectly(rest, login);
  return found && isLoginOf(found.user, login) ? found : undefined;
}

/** The error for a user that is not there, as `response` has told. */
export function userNotFound(user: string, response?: ActionResponse): LongarmError {
  const hint = user.includes("/") ? " A login with a slash can only be found by its id." : "";
  return new LongarmError("user_not_found", `No user in the org has exactly the identity "${user}".${hint}`, {
    details: { user, next: "Check the id or the login, and that the connection is to the right org", ...requestIdIn(response) },
  });
}

/** The user of an action's `user` input. Throws `user_not_found`. One direct GET. */
export async function requireUser(rest: ActionRest, user: string): Promise<FoundUser> {
  const { found, response } = await readDirectly(rest, user);
  if (found && (isUserId(user) ? found.user.id === user : isLoginOf(found.user, user))) return found;
  throw userNotFound(user, response);
}

/**
 * The id of an action's `user` input: an id is taken as it is, without a call. Only for paths in which Okta takes nothing but an id: in
 * others it would take one that is gone for somebody's short name. Throws `user_not_found`.
 */
export async function resolveUserId(rest: ActionRest, user: string): Promise<string> {
  return isUserId(user) ? user : (await requireUser(rest, user)).user.id;
}

/** The groups with exactly this name. Search reads an index that lags: a group made a moment ago may not be found yet. */
export async function findGroupsByName(rest: ActionRest, name: string): Promise<readonly Group[]> {
  const search = compare("profile.name", "eq", name);
  const exact: Group[] = [];
  for await (const item of listItems(rest, { path: ["api", "v1", "groups"], query: { search, limit: 200 } })) {
    const group = readGroup(item);
    if (group.name === name) exact.push(group);
  }
  return exact;
}

/** Of several groups the one OKTA_GROUP; undefined when there is none at all. Throws `name_ambiguous` with the candidates. */
export function chooseGroup(groups: readonly Group[], name: string): Group | undefined {
  const ours = groups.filter((group) => group.type === "OKTA_GROUP");
  const [chosen, ...others] = ours.length > 0 ? ours : groups;
  if (others.length === 0) return chosen;
  const candidates = groups.slice(0, 20).map((group) => ({ id: group.id, name: group.name, type: group.type }));
  throw new LongarmError(
    "name_ambiguous",
    `${others.length + 1} groups are named "${name}"; name the one that is meant by its id: ${candidates.map(({ id }) => id).join(", ")}.`,
    { details: { candidates } },
  );
}

/** The group with exactly this name, as `chooseGroup` chooses. */
export async function findGroupByName(rest: ActionRest, name: string): Promise<Group | undefined> {
  return chooseGroup(await findGroupsByName(rest, name), name);
}

/** The error for a group that is not there, as `response` has told. */
export function groupNotFound(group: string, response?: ActionResponse): LongarmError {
  return new LongarmError("group_not_found", `No group in the org has the identity "${group}".`, {
    details: { group, next: "Check the id or the whole name, and that the connection is to the right org", ...requestIdIn(response) },
  });
}

/** The id of an action's `group` input: an id is taken as it is, `name:…` is looked up. Throws `group_not_found`, `name_ambiguous`. */
export async function resolveGroupId(rest: ActionRest, group: string): Promise<string> {
  return groupIdPattern.test(group) ? group : (await requireGroup(rest, group)).id;
}

/** The group of an action's `group` input. Throws `group_not_found`, `name_ambiguous`. One direct GET for an id, a search for a name. */
export async function requireGroup(rest: ActionRest, group: string): Promise<Group> {
  if (!groupIdPattern.test(group)) {
    const found = await findGroupByName(rest, nameIn(group));
    if (found) return found;
    throw groupNotFound(group);
  }
  const response = await rest.get({ path: ["api", "v1", "groups", group] });
  if (acceptOrAbsent(response)) return readGroup(response.body);
  throw groupNotFound(group, response);
}

function nameIn(group: string): string {
  if (group.startsWith(byName)) return group.slice(byName.length);
  throw new LongarmError("invalid_request", `"${group}" is neither a group's id nor name: and a name.`);
}
