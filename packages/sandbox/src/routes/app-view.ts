import type { ApiRequest } from "../http/exchange.ts";
import type { Scope } from "../state/apps/access.ts";
import type { AppRecord, GroupAssignment } from "../state/apps/app.ts";
import type { GroupRecord } from "../state/groups/group.ts";
import { loginOf, type UserRecord } from "../state/users/user.ts";
import { showGroup } from "./group-view.ts";
import { userLister } from "./user-view.ts";

function logoOf(app: AppRecord): string {
  return `https://ok12static.oktacdn.com/fs/bcg/4/${app.name}.png`;
}

/** An application as Okta shows it, nulls included that its own document does not allow; `embedded` is the user asked for with it. */
export function showApp(app: AppRecord, request: ApiRequest, embedded?: object): string {
  const self = `${request.origin}/api/v1/apps/${app.id}`;
  const step = app.status === "ACTIVE" ? "deactivate" : "activate";
  return JSON.stringify({
    id: app.id,
    name: app.name,
    label: app.label,
    status: app.status,
    lastUpdated: app.lastUpdated,
    created: app.created,
    accessibility: { selfService: false, errorRedirectUrl: null, loginRedirectUrl: null },
    visibility: {
      autoSubmitToolbar: false,
      hide: { iOS: false, web: app.links.length === 0 },
      appLinks: Object.fromEntries(app.links.map(({ name }) => [name, true])),
    },
    features: app.features,
    signOnMode: app.signOnMode,
    credentials: { userNameTemplate: { template: "${source.login}", type: "BUILT_IN" }, signing: {} },
    universalLogout: null,
    settings: app.settings,
    ...(embedded && { _embedded: { user: embedded } }),
    _links: {
      self: { href: self },
      [step]: { href: `${self}/lifecycle/${step}` },
      appLinks: app.links.map(({ name, href }) => ({ name, href, type: "text/html" })),
      logo: [{ name: "medium", href: logoOf(app), type: "image/png" }],
      users: { href: `${self}/users` },
      groups: { href: `${self}/groups` },
    },
  });
}

/** A user's assignment as Okta shows it. */
export function showAppUser(of: { app: AppRecord; user: UserRecord; scope: Scope }, request: ApiRequest): string {
  const { app, user, scope } = of;
  const self = `${request.origin}/api/v1/apps/${app.id}/users/${user.id}`;
  const embedded = request.query.get("expand") === "user" ? { user: JSON.parse(userLister(request)(user)) as unknown } : undefined;
  return JSON.stringify({
    id: user.id,
    externalId: null,
    created: user.created,
    lastUpdated: user.lastUpdated,
    scope,
    status: app.features.includes("PUSH_NEW_USERS") ? "PROVISIONED" : "ACTIVE",
    statusChanged: user.created,
    passwordChanged: null,
    syncState: "DISABLED",
    credentials: { userName: loginOf(user) },
    profile: {},
    ...(embedded && { _embedded: embedded }),
    _links: {
      app: { href: `${request.origin}/api/v1/apps/${app.id}` },
      self: { href: self },
      user: { href: `${request.origin}/api/v1/users/${user.id}` },
    },
  });
}

/** A group's assignment as Okta shows it: bare, unless the group is asked for with it. */
export function showAppGroup(of: { app: AppRecord; assignment: GroupAssignment; group: GroupRecord }, request: ApiRequest): string {
  const { app, assignment, group } = of;
  const self = `${request.origin}/api/v1/apps/${app.id}/groups/${group.id}`;
  const embedded = request.query.get("expand") === "group" ? { group: JSON.parse(showGroup(group, request)) as unknown } : undefined;
  return JSON.stringify({
    id: group.id,
    lastUpdated: assignment.lastUpdated,
    priority: assignment.priority,
    profile: assignment.profile,
    ...(embedded && { _embedded: embedded }),
    _links: {
      app: { href: `${request.origin}/api/v1/apps/${app.id}` },
      self: { href: self },
      group: { href: `${request.origin}/api/v1/groups/${group.id}` },
    },
  });
}

/** The links of one application in a user's launcher. */
export function appLinksOf(app: AppRecord, user: UserRecord): readonly object[] {
  return app.links.map(({ name, href }, order) => ({
    id: `${user.id.slice(3)}${app.id.slice(3, 8)}${order}`,
    label: app.links.length > 1 ? `${app.label} ${name}` : app.label,
    linkUrl: href,
    logoUrl: logoOf(app),
    appName: app.name,
    appInstanceId: app.id,
    appAssignmentId: `0ua${user.id.slice(3)}`,
    credentialsSetup: false,
    hidden: false,
    sortOrder: order,
  }));
}
