import { type Answer, type ApiRequest } from "../http/exchange.ts";
import { answerPage, cursorAfter, type PageRequest, readPage, startOf } from "../http/paging.ts";
import { type Refusal, refuse } from "../state/refusal.ts";
import type { UserRecord } from "../state/users/user.ts";
import { activeUsers, queryUsers, userFilterRules, usersByPrefix, userSearchRules } from "../state/users/user-search.ts";
import { readExpression } from "./expression.ts";
import { sortedPage } from "./sorted-page.ts";
import { fieldsOf, projectUser } from "./user-fields.ts";
import { userLister } from "./user-view.ts";

const defaultLimit = 200;
const queryLimit = 10;

function listerOf(request: ApiRequest): (user: UserRecord) => string {
  const fields = fieldsOf(request);
  const show = userLister(request);
  return fields ? (user) => projectUser(show(user), fields) : show;
}

function answerUsers(request: ApiRequest, page: PageRequest, itemsFrom: (start: number) => Iterable<UserRecord>): Answer | Refusal {
  const start = startOf(page, (id) => request.org.users.indexOfId(id));
  if (start.kind === "refused") return start;
  return answerPage(request, {
    page,
    items: itemsFrom(start.index),
    show: listerOf(request),
    cursor: (user) => cursorAfter(user.id),
  });
}

function search(request: ApiRequest, page: PageRequest, text: string): Answer | Refusal {
  const rules = userSearchRules(request.org);
  const read = readExpression("search", text, rules);
  if (read.kind === "refused") return read;
  const query = { expression: read.expression, rules, lagging: true };
  const sortBy = request.query.get("sortBy");
  if (sortBy !== null)
    return sortedPage(request, {
      page,
      sortBy,
      users: queryUsers(request.org, query, 0),
      show: listerOf(request),
    });
  return answerUsers(request, page, (start) => queryUsers(request.org, query, start));
}

function filter(request: ApiRequest, page: PageRequest, text: string): Answer | Refusal {
  const read = readExpression("filter", text, userFilterRules);
  if (read.kind === "refused") return read;
  const query = { expression: read.expression, rules: userFilterRules, lagging: false };
  return answerUsers(request, page, (start) => queryUsers(request.org, query, start));
}

/** `GET /users`: by `search`, `filter` or `q`, or all but the DEPROVISIONED. */
export function listUsers(request: ApiRequest): Answer | Refusal {
  const { query, org } = request;
  const q = query.get("q");
  const page = readPage(request, { defaultLimit: q ? queryLimit : defaultLimit, maxLimit: 200 });
  if (page.kind === "refused") return page;
  const searchText = query.get("search");
  const filterText = query.get("filter");
  if (searchText !== null && filterText !== null) return refuse("E0000033");
  if (searchText !== null) return search(request, page, searchText);
  if (filterText !== null) return filter(request, page, filterText);
  if (q) return answerPage(request, { page, items: usersByPrefix(org, q), show: listerOf(request) });
  return answerUsers(request, page, (start) => activeUsers(org, start));
}
