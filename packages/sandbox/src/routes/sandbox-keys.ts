import type { ControlAnswer, ControlRoute } from "../http/control.ts";
import { usersWithAccess } from "../state/apps/access.ts";
import type { Org } from "../state/org.ts";

type Keys = (org: Org) => Iterable<string>;

function* users(org: Org): Generator<string> {
  for (let index = 0; index < org.users.end; index += 1) {
    const user = org.users.at(index);
    if (user) yield user.id;
  }
}

function* groupMembers(org: Org): Generator<string> {
  for (const group of org.groups.all())
    for (const index of org.groups.membersOf(group).from(0, org.users.end)) {
      const user = org.users.at(index);
      if (user) yield `${group.id} ${user.id}`;
    }
}

function* appUsers(org: Org): Generator<string> {
  for (const app of org.apps.all()) for (const { user } of usersWithAccess(org, app, 0)) yield `${app.id} ${user.id}`;
}

function* appGroups(org: Org): Generator<string> {
  // An assignment may outlive its group; then it is shown nowhere.
  for (const app of org.apps.all()) for (const id of org.apps.groupsOf(app).keys()) if (org.groups.byId(id)) yield `${app.id} ${id}`;
}

const keysOf: Readonly<Record<string, Keys>> = {
  users,
  groups: (org) => org.groups.all().map(({ id }) => id),
  group_members: groupMembers,
  apps: (org) => org.apps.all().map(({ id }) => id),
  app_users: appUsers,
  app_groups: appGroups,
  logs: (org) => [...org.log.after(0)].map(({ event }) => event.uuid),
};

function list(org: Org, table: string): ControlAnswer {
  const keys = Object.hasOwn(keysOf, table) ? keysOf[table] : undefined;
  if (!keys) return { status: 404, body: { error: `There are keys of ${Object.keys(keysOf).join(", ")}.` } };
  return { status: 200, body: { keys: [...keys(org)] } };
}

/** What there is in the org, past its API and its pages: the ids of a kind of object, or of both objects that belong together. */
export function keyRoutes(org: Org): readonly ControlRoute[] {
  return [{ method: "GET", template: "/sandbox/keys/{table}", handle: ({ params }) => list(org, params["table"] ?? "") }];
}
