import { type Answer, type ApiRequest, answer, noContent, type Route } from "../http/exchange.ts";
import { answerPage, cursorAfter, readPage, startOf } from "../http/paging.ts";
import { endAccess, scopeOf, usersWithAccess } from "../state/apps/access.ts";
import type { AppRecord } from "../state/apps/app.ts";
import { type Refusal, refuseInvalid, refuseUnknown } from "../state/refusal.ts";
import { loginOf, type UserRecord } from "../state/users/user.ts";
import { appLinksOf, showAppGroup, showAppUser } from "./app-view.ts";
import { withApp } from "./apps.ts";
import { withUser } from "./users.ts";

function startsWith(user: UserRecord, q: string): boolean {
  const { firstName, lastName, email } = user.profile;
  return [firstName, lastName, email, loginOf(user)].some((text) => String(text).toLowerCase().startsWith(q));
}

function listUsers(request: ApiRequest, app: AppRecord): Answer | Refusal {
  const page = readPage(request, { defaultLimit: 50, maxLimit: 500 });
  if (page.kind === "refused") return page;
  const { org, query } = request;
  const start = startOf(page, (id) => org.users.indexOfId(id));
  if (start.kind === "refused") return start;
  const q = query.get("q")?.toLowerCase();
  const items = usersWithAccess(org, app, start.index).filter(({ user }) => q === undefined || startsWith(user, q));
  return answerPage(request, {
    page,
    items,
    show: (item) => showAppUser({ app, ...item }, request),
    cursor: ({ user }) => cursorAfter(user.id),
    forgets: ["expand"],
  });
}

type OnUser = (request: ApiRequest, of: { readonly app: AppRecord; readonly user: UserRecord }) => Answer | Refusal;

function withAssigned(work: OnUser): (request: ApiRequest, app: AppRecord) => Answer | Refusal {
  return (request, app) => {
    const id = request.params["userId"] as string;
    const user = request.org.users.byId(id);
    const scope = user && scopeOf(request.org, app, user.index);
    return user && scope ? work(request, { app, user }) : refuseUnknown(id, "AppUser");
  };
}

function showOne(request: ApiRequest, { app, user }: { readonly app: AppRecord; readonly user: UserRecord }): Answer {
  return answer(showAppUser({ app, user, scope: scopeOf(request.org, app, user.index) ?? "USER" }, request));
}

function assign(request: ApiRequest, app: AppRecord): Answer | Refusal {
  const id = request.body["id"];
  if (typeof id !== "string") return refuseInvalid("id", "id: The field cannot be left blank");
  const user = request.org.users.byId(id);
  if (!user) return refuseUnknown(id, "User");
  const changed = request.org.apps.usersOf(app).add(user.index);
  const effects = [{ effect: "app.userAssigned", object: `${app.id}/${user.id}`, changed }];
  return { ...showOne(request, { app, user }), effects };
}

function unassign({ org }: ApiRequest, { app, user }: { readonly app: AppRecord; readonly user: UserRecord }): Answer | Refusal {
  const outcome = endAccess(org, app, user);
  return outcome.kind === "refused" ? outcome : noContent({ effect: "app.userUnassigned", object: `${app.id}/${user.id}`, changed: true });
}

function listGroups(request: ApiRequest, app: AppRecord): Answer | Refusal {
  const page = readPage(request, { defaultLimit: 20, maxLimit: 200, minLimit: 20 });
  if (page.kind === "refused") return page;
  const { org } = request;
  const start = startOf(page, (id) => org.groups.indexOfId(id));
  if (start.kind === "refused") return start;
  const items = [...org.apps.groupsOf(app).values()]
    .flatMap((assignment) => {
      const group = org.groups.byId(assignment.groupId);
      return group && group.index >= start.index ? [{ app, assignment, group }] : [];
    })
    .toSorted((a, b) => a.group.index - b.group.index);
  return answerPage(request, {
    page,
    items,
    show: (item) => showAppGroup(item, request),
    cursor: ({ group }) => cursorAfter(group.id),
    forgets: ["expand"],
  });
}

function assignGroup(request: ApiRequest, app: AppRecord): Answer | Refusal {
  const { org, params } = request;
  const id = params["groupId"] as string;
  const group = org.groups.byId(id);
  if (!group) return refuseUnknown(id, "UserGroup");
  const groups = org.apps.groupsOf(app);
  const changed = !groups.has(id);
  const assignment = groups.get(id) ?? { groupId: id, priority: groups.size, lastUpdated: org.now(), profile: {} };
  groups.set(id, assignment);
  const effects = [{ effect: "app.groupAssigned", object: `${app.id}/${id}`, changed }];
  return answer(showAppGroup({ app, assignment, group }, request), { effects });
}

function unassignGroup({ org, params }: ApiRequest, app: AppRecord): Answer {
  const id = params["groupId"] as string;
  return noContent({ effect: "app.groupUnassigned", object: `${app.id}/${id}`, changed: org.apps.groupsOf(app).delete(id) });
}

function links({ org }: ApiRequest, user: UserRecord): Answer {
  const apps = org.apps.all().filter((app) => app.status === "ACTIVE" && scopeOf(org, app, user.index) !== undefined);
  return answer(JSON.stringify(apps.flatMap((app) => appLinksOf(app, user))));
}

const users = "/api/v1/apps/{appId}/users";
const groups = "/api/v1/apps/{appId}/groups";

/** Who may use an application, and what a user finds in the launcher. */
export const appAccessRoutes: readonly Route[] = [
  { method: "GET", template: users, handle: withApp(listUsers) },
  { method: "POST", template: users, handle: withApp(assign) },
  { method: "GET", template: `${users}/{userId}`, handle: withApp(withAssigned(showOne)) },
  { method: "DELETE", template: `${users}/{userId}`, handle: withApp(withAssigned(unassign)) },
  { method: "GET", template: groups, handle: withApp(listGroups) },
  { method: "PUT", template: `${groups}/{groupId}`, handle: withApp(assignGroup) },
  { method: "DELETE", template: `${groups}/{groupId}`, handle: withApp(unassignGroup) },
  { method: "GET", template: "/api/v1/users/{id}/appLinks", handle: withUser(links) },
];
