import { type Answer, type ApiRequest, answer, noContent, objectMember, type Route } from "../http/exchange.ts";
import { answerPage, cursorAfter, type PageRequest, readPage, startOf } from "../http/paging.ts";
import { compilePredicate } from "../state/expressions/evaluate.ts";
import type { ExpressionRules } from "../state/expressions/rules.ts";
import { createGroup, deleteGroup, replaceGroup } from "../state/groups/change-group.ts";
import type { GroupRecord } from "../state/groups/group.ts";
import { groupFilterRules, groupSearchRules, readGroupAttribute } from "../state/groups/group-rules.ts";
import type { Org } from "../state/org.ts";
import { type Refusal, refuse, refuseInvalid, refuseUnknown } from "../state/refusal.ts";
import { readExpression } from "./expression.ts";
import { showGroup } from "./group-view.ts";

const maxLimit = 10_000;
const queryLimit = 300;

/** Finds the group that `{groupId}` names and goes on with it; else Okta's 404. */
export function withGroup(work: (request: ApiRequest, group: GroupRecord) => Answer | Refusal): (request: ApiRequest) => Answer | Refusal {
  return (request) => {
    const id = request.params["groupId"] as string;
    const group = request.org.groups.byId(id);
    return group ? work(request, group) : refuseUnknown(id, "UserGroup");
  };
}

/** The groups as the search index shows them now, in order of creation. */
function* indexedGroups(org: Org): Generator<GroupRecord> {
  for (let index = 0; index < org.groups.end; index += 1) {
    const group = org.groups.indexedAt(index, org.nowMs());
    if (group) yield group;
  }
}

function answerGroups(request: ApiRequest, page: PageRequest, groups: Iterable<GroupRecord>): Answer | Refusal {
  const start = startOf(page, (id) => request.org.groups.indexOfId(id));
  if (start.kind === "refused") return start;
  const items = [...groups].filter((group) => group.index >= start.index);
  return answerPage(request, {
    page,
    items,
    show: (group) => showGroup(group, request),
    cursor: (group) => cursorAfter(group.id),
  });
}

interface Asked {
  readonly parameter: "search" | "filter";
  readonly text: string;
  readonly rules: ExpressionRules;
  readonly groups: Iterable<GroupRecord>;
}

function listMatching(request: ApiRequest, page: PageRequest, { parameter, text, rules, groups }: Asked): Answer | Refusal {
  const read = readExpression(parameter, text, rules);
  if (read.kind === "refused") return read;
  const test = compilePredicate(read.expression, rules);
  return answerGroups(
    request,
    page,
    [...groups].filter((group) => test((attribute) => readGroupAttribute(group, attribute))),
  );
}

function list(request: ApiRequest): Answer | Refusal {
  const { query, org } = request;
  const q = query.get("q");
  const page = readPage(request, { defaultLimit: q ? queryLimit : maxLimit, maxLimit });
  if (page.kind === "refused") return page;
  const search = query.get("search");
  const filter = query.get("filter");
  if (search !== null && filter !== null) return refuse("E0000033");
  if (search !== null)
    return listMatching(request, page, {
      parameter: "search",
      text: search,
      rules: groupSearchRules(org),
      groups: indexedGroups(org),
    });
  if (filter !== null)
    return listMatching(request, page, {
      parameter: "filter",
      text: filter,
      rules: groupFilterRules,
      groups: org.groups.all(),
    });
  if (!q) return answerGroups(request, page, org.groups.all());
  const items = org.groups.all().filter((group) => group.profile.name.toLowerCase().startsWith(q.toLowerCase()));
  return answerPage(request, { page, items, show: (group) => showGroup(group, request) });
}

function create(request: ApiRequest): Answer | Refusal {
  const profile = objectMember(request, "profile");
  if (!profile) return refuseInvalid("profile", "profile: The field cannot be left blank");
  const outcome = createGroup(request.org, profile);
  if (outcome.kind === "refused") return outcome;
  return answer(showGroup(outcome.group, request), {
    effects: [{ effect: "group.created", object: outcome.group.id, changed: true }],
  });
}

function replace(request: ApiRequest, group: GroupRecord): Answer | Refusal {
  const profile = objectMember(request, "profile");
  if (!profile) return refuseInvalid("profile", "profile: The field cannot be left blank");
  const outcome = replaceGroup(request.org, group, profile);
  if (outcome.kind === "refused") return outcome;
  return answer(showGroup(outcome.group, request), {
    effects: [{ effect: "group.replaced", object: group.id, changed: true }],
  });
}

function remove(request: ApiRequest, group: GroupRecord): Answer | Refusal {
  const outcome = deleteGroup(request.org, group);
  return outcome.kind === "refused" ? outcome : noContent({ effect: "group.deleted", object: group.id, changed: true });
}

/** Groups: create, read, list, change, delete. */
export const groupRoutes: readonly Route[] = [
  { method: "GET", template: "/api/v1/groups", handle: list },
  { method: "POST", template: "/api/v1/groups", handle: create },
  {
    method: "GET",
    template: "/api/v1/groups/{groupId}",
    handle: withGroup((request, group) => answer(showGroup(group, request))),
  },
  { method: "PUT", template: "/api/v1/groups/{groupId}", handle: withGroup(replace) },
  { method: "DELETE", template: "/api/v1/groups/{groupId}", handle: withGroup(remove) },
];
