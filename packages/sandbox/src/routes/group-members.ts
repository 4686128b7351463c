import { type Answer, type ApiRequest, noContent, type Route } from "../http/exchange.ts";
import { answerPage, cursorAfter, readPage, startOf } from "../http/paging.ts";
import type { GroupRecord } from "../state/groups/group.ts";
import { addMember, type MembershipOutcome, removeMember } from "../state/groups/members.ts";
import type { Org } from "../state/org.ts";
import { type Refusal, refuseUnknown } from "../state/refusal.ts";
import type { UserRecord } from "../state/users/user.ts";
import { withGroup } from "./groups.ts";
import { userLister } from "./user-view.ts";

const defaultLimit = 1_000;
const maxLimit = 1_000;

function* membersFrom(org: Org, group: GroupRecord, start: number): Generator<UserRecord> {
  for (const index of org.groups.membersOf(group).from(start, org.users.end)) {
    const user = org.users.at(index);
    if (user) yield user;
  }
}

function list(request: ApiRequest, group: GroupRecord): Answer | Refusal {
  const page = readPage(request, { defaultLimit, maxLimit });
  if (page.kind === "refused") return page;
  const { org } = request;
  const start = startOf(page, (id) => org.users.indexOfId(id));
  if (start.kind === "refused") return start;
  const items = membersFrom(org, group, start.index);
  return answerPage(request, {
    page,
    items,
    show: userLister(request),
    cursor: (user) => cursorAfter(user.id),
  });
}

type Change = (org: Org, group: GroupRecord, user: UserRecord) => MembershipOutcome;

function membership(change: Change): (request: ApiRequest, group: GroupRecord) => Answer | Refusal {
  return (request, group) => {
    const id = request.params["userId"] as string;
    const user = request.org.users.find(id);
    if (!user) return refuseUnknown(id, "User");
    const outcome = change(request.org, group, user);
    return outcome.kind === "refused" ? outcome : noContent(...outcome.effects);
  };
}

/** Who is in a group. */
export const groupMemberRoutes: readonly Route[] = [
  { method: "GET", template: "/api/v1/groups/{groupId}/users", handle: withGroup(list) },
  {
    method: "PUT",
    template: "/api/v1/groups/{groupId}/users/{userId}",
    handle: withGroup(membership(addMember)),
  },
  {
    method: "DELETE",
    template: "/api/v1/groups/{groupId}/users/{userId}",
    handle: withGroup(membership(removeMember)),
  },
];
