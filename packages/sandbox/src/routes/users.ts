import { type Answer, type ApiRequest, answer, flag, objectMember, type Route } from "../http/exchange.ts";
import { answerPage, cursorAfter, readPage, startOf } from "../http/paging.ts";
import type { Effect } from "../state/effect.ts";
import { type Refusal, refuse, refuseInvalid, refuseUnknown } from "../state/refusal.ts";
import { administratorOf } from "../state/users/administrator.ts";
import { createUser } from "../state/users/create-user.ts";
import { etagOf, updateUser } from "../state/users/update-user.ts";
import type { UserRecord } from "../state/users/user.ts";
import { showGroup } from "./group-view.ts";
import { enrol, listBlocks, listFactors } from "./user-factors.ts";
import { listUsers } from "./user-list.ts";
import { showUser } from "./user-view.ts";

/** Finds the user that `{id}` names, by id, login or short name, and goes on with it; else Okta's 404. */
export function withUser<T>(work: (request: ApiRequest, user: UserRecord) => T): (request: ApiRequest) => T | Refusal {
  return (request) => {
    const reference = request.params["id"] as string;
    const user = request.org.users.find(reference);
    return user ? work(request, user) : refuseUnknown(reference, "User");
  };
}

function answerUser(request: ApiRequest, user: UserRecord, effects: readonly Effect[] = []): Answer {
  return answer(showUser(user, request), { headers: ["etag", etagOf(user)], effects });
}

function create(request: ApiRequest): Answer | Refusal {
  const profile = objectMember(request, "profile");
  if (!profile) return refuse("E0000001", "profile", ["profile: The field cannot be left blank"]);
  const groupIds = request.body["groupIds"] ?? [];
  if (!Array.isArray(groupIds) || !groupIds.every((id) => typeof id === "string"))
    return refuseInvalid("groupIds", "groupIds: Expecting a list of ids");
  const created = createUser(request.org, {
    profile,
    credentials: request.body["credentials"],
    groupIds,
    type: request.body["type"],
    activate: flag(request, "activate", true),
    provider: flag(request, "provider", false),
    nextLogin: request.query.get("nextLogin"),
  });
  return created.kind === "refused" ? created : answerUser(request, created.user, created.effects);
}

function edit(mode: "merge" | "replace"): (request: ApiRequest, user: UserRecord) => Answer | Refusal {
  return (request, user) => {
    const profile = objectMember(request, "profile");
    if (!profile && mode === "replace") return refuseInvalid("profile", "profile: The field cannot be left blank");
    const ifMatch = request.headers["if-match"] ?? null;
    const updated = updateUser(request.org, user, {
      mode,
      profile,
      credentials: request.body["credentials"],
      type: request.body["type"],
      strict: flag(request, "strict", false),
      ifMatch,
    });
    return updated.kind === "refused" ? updated : answerUser(request, updated.user, updated.effects);
  };
}

function listGroups(request: ApiRequest, user: UserRecord): Answer | Refusal {
  const page = readPage(request, { defaultLimit: 200, maxLimit: 200 });
  if (page.kind === "refused") return page;
  const { groups } = request.org;
  const start = startOf(page, (id) => groups.indexOfId(id));
  if (start.kind === "refused") return start;
  const items = groups.all().filter((group) => group.index >= start.index && groups.membersOf(group).has(user.index));
  return answerPage(request, {
    page,
    items,
    show: (group) => showGroup(group, request),
    cursor: (group) => cursorAfter(group.id),
  });
}

/** The administrator whom the API token belongs to; a service app is nobody. */
function showMe(request: ApiRequest): Answer | Refusal {
  const { org, headers } = request;
  return headers.authorization?.startsWith("SSWS ") === true
    ? answer(showUser(administratorOf(org), request))
    : refuseUnknown("me", "User");
}

/** Users: create, read, list, change, delete, and the groups, factors and blocks of one. */
export const userRoutes: readonly Route[] = [
  { method: "GET", template: "/api/v1/users", handle: listUsers },
  { method: "POST", template: "/api/v1/users", handle: create },
  { method: "GET", template: "/api/v1/users/me", handle: showMe },
  {
    method: "GET",
    template: "/api/v1/users/{id}",
    handle: withUser((request, user) => answerUser(request, user)),
  },
  { method: "POST", template: "/api/v1/users/{id}", handle: withUser(edit("merge")) },
  { method: "PUT", template: "/api/v1/users/{id}", handle: withUser(edit("replace")) },
  { method: "GET", template: "/api/v1/users/{id}/groups", handle: withUser(listGroups) },
  { method: "GET", template: "/api/v1/users/{id}/factors", handle: withUser(listFactors) },
  { method: "POST", template: "/api/v1/users/{id}/factors", handle: withUser(enrol) },
  { method: "GET", template: "/api/v1/users/{id}/blocks", handle: withUser(listBlocks) },
];
