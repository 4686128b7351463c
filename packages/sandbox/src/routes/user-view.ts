import type { ApiRequest } from "../http/exchange.ts";
import { isUnderWay } from "../state/users/lifecycle.ts";
import { isAllowed, type LifecycleOperation, transitions } from "../state/users/transitions.ts";
import { type UserRecord, type UserStatus, userStatuses } from "../state/users/user.ts";

/** What a client asked to be left out of the users it gets, by `Content-Type: application/json; okta-response="…"`. */
export interface Omissions {
  readonly credentials: boolean;
  readonly credentialsLinks: boolean;
  readonly transitioningTo: boolean;
}

const nothing: Omissions = { credentials: false, credentialsLinks: false, transitioningTo: false };

/** Reads the `okta-response` parameter of the content type. */
export function omissionsOf(request: ApiRequest): Omissions {
  const type = request.headers["content-type"];
  if (!type?.includes("okta-response")) return nothing;
  const names = new Set(
    (/okta-response=(?:"([^"]*)"|([^;]*))/.exec(type)?.slice(1).find(Boolean) ?? "").split(",").map((name) => name.trim()),
  );
  return {
    credentials: names.has("omitCredentials"),
    credentialsLinks: names.has("omitCredentialsLinks"),
    transitioningTo: names.has("omitTransitioningToStatus"),
  };
}

const unlockLink = ["unlock", "unlock", "lifecycle/unlock"] as const;

const lifecycleLinks: readonly (readonly [string, LifecycleOperation, string])[] = [
  ["activate", "activate", "lifecycle/activate"],
  ["reactivate", "reactivate", "lifecycle/reactivate"],
  ["deactivate", "deactivate", "lifecycle/deactivate"],
  ["suspend", "suspend", "lifecycle/suspend"],
  ["unsuspend", "unsuspend", "lifecycle/unsuspend"],
  unlockLink,
  ["resetFactors", "resetFactors", "lifecycle/reset_factors"],
];

const credentialLinks: readonly (readonly [string, LifecycleOperation, string])[] = [
  ["expirePassword", "expirePassword", "lifecycle/expire_password"],
  ["resetPassword", "resetPassword", "lifecycle/reset_password"],
  ["changePassword", "changePassword", "credentials/change_password"],
];

function allowedIn(status: UserStatus, links: typeof lifecycleLinks): typeof lifecycleLinks {
  return links.filter(([, operation]) => isAllowed(transitions[operation][status]));
}

const linksByStatus = new Map(
  userStatuses.map((status) => [
    status,
    {
      lifecycle: allowedIn(status, lifecycleLinks),
      credentials: allowedIn(status, credentialLinks),
    },
  ]),
);

function linksOf(user: UserRecord, request: ApiRequest, omitted: Omissions): string {
  const self = `${request.origin}/api/v1/users/${user.id}`;
  const allowed = isUnderWay(user) ? undefined : linksByStatus.get(user.status);
  const credentials = omitted.credentialsLinks || user.password === null ? [] : (allowed?.credentials ?? []);
  const freed = allowed && user.deviceBlocked && user.status === "ACTIVE" ? [unlockLink] : [];
  const steps = [...(allowed?.lifecycle ?? []), ...freed, ...credentials].map(
    ([name, , path]) => `"${name}":{"href":"${self}/${path}","method":"POST"}`,
  );
  const schemaId = request.org.userTypes.byId(user.typeId)?.schemaId;
  const fixed = [
    `"schema":{"href":"${request.origin}/api/v1/meta/schemas/user/${schemaId}"}`,
    `"self":{"href":"${self}"}`,
    `"type":{"href":"${request.origin}/api/v1/meta/types/user/${user.typeId}"}`,
  ];
  return `{${[...steps, ...fixed].join(",")}}`;
}

function credentialsOf(user: UserRecord): string {
  const password = user.password === null ? "" : `"password":{},`;
  const question = user.recoveryQuestion ? `"recovery_question":${JSON.stringify({ question: user.recoveryQuestion.question })},` : "";
  const emails = `"emails":[{"value":${JSON.stringify(user.profile["email"])},"status":"VERIFIED","type":"PRIMARY"}]`;
  return `{${password}${question}${emails},"provider":${JSON.stringify(user.provider)}}`;
}

function time(at: string | null): string {
  return at === null ? "null" : `"${at}"`;
}

/** All of a user but its links, the closing brace left open. Put together by hand: ids and times need no escaping, and lists are long. */
function coreOf(user: UserRecord, request: ApiRequest, omitted: Omissions): string {
  const { id, status, created, activated, statusChanged, lastLogin, lastUpdated, passwordChanged, typeId } = user;
  const moving = user.transitioningTo && !omitted.transitioningTo ? `"transitioningToStatus":"${user.transitioningTo}",` : "";
  const head = `{"id":"${id}","status":"${status}",${moving}"created":"${created}","activated":${time(activated)}`;
  const times = `"statusChanged":${time(statusChanged)},"lastLogin":${time(lastLogin)},"lastUpdated":"${lastUpdated}","passwordChanged":${time(passwordChanged)}`;
  const core = `${head},${times},"type":{"id":"${typeId}"},"profile":${request.org.users.profileJson(user)}`;
  return omitted.credentials ? core : `${core},"credentials":${credentialsOf(user)}`;
}

/** A user by itself, with links to what may be done to it now. */
export function showUser(user: UserRecord, request: ApiRequest): string {
  const omitted = omissionsOf(request);
  return `${coreOf(user, request, omitted)},"_links":${linksOf(user, request, omitted)}}`;
}

/** Shows users as members of a list: their only link is to themselves. */
export function userLister(request: ApiRequest): (user: UserRecord) => string {
  const omitted = omissionsOf(request);
  const base = `${request.origin}/api/v1/users/`;
  return (user) => `${coreOf(user, request, omitted)},"_links":{"self":{"href":"${base}${user.id}"}}}`;
}
