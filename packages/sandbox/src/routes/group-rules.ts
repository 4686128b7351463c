import { type Answer, type ApiRequest, answer, flag, objectMember, type Route } from "../http/exchange.ts";
import { answerPage, cursorAfter, readPage, startOf } from "../http/paging.ts";
import type { Effect } from "../state/effect.ts";
import { activateRule, deactivateRule, deleteRule } from "../state/groups/rules/apply-rules.ts";
import { createRule, replaceRule, type RuleOutcome, type RuleWish } from "../state/groups/rules/change-rule.ts";
import type { RuleRecord } from "../state/groups/rules/rule.ts";
import type { Org } from "../state/org.ts";
import { type Refusal, refuseUnknown } from "../state/refusal.ts";

type Members = Readonly<Record<string, unknown>>;

function show({ id, name, status, created, lastUpdated, expression, excludedUsers, groupIds }: RuleRecord): string {
  return JSON.stringify({
    id,
    type: "group_rule",
    name,
    status,
    created,
    lastUpdated,
    conditions: {
      people: { users: { exclude: excludedUsers }, groups: { exclude: [] } },
      expression: { value: expression, type: "urn:okta:expression:1.0" },
    },
    actions: { assignUserToGroups: { groupIds } },
  });
}

function members(value: unknown): Members {
  return typeof value === "object" && value !== null ? (value as Members) : {};
}

function wishOf(request: ApiRequest): RuleWish {
  const conditions = objectMember(request, "conditions") ?? {};
  const users = members(members(conditions["people"])["users"]);
  return {
    type: request.body["type"],
    name: request.body["name"],
    expression: members(conditions["expression"])["value"],
    excludedUsers: users["exclude"] ?? [],
    groupIds: members(members(request.body["actions"])["assignUserToGroups"])["groupIds"],
  };
}

function withRule(work: (request: ApiRequest, rule: RuleRecord) => Answer | Refusal): (request: ApiRequest) => Answer | Refusal {
  return (request) => {
    const id = request.params["groupRuleId"] as string;
    const rule = request.org.groupRules.byId(id);
    return rule ? work(request, rule) : refuseUnknown(id, "GroupRule");
  };
}

function list(request: ApiRequest): Answer | Refusal {
  const page = readPage(request, { defaultLimit: 50, maxLimit: 200 });
  if (page.kind === "refused") return page;
  const { groupRules } = request.org;
  const start = startOf(page, (id) => groupRules.indexOfId(id));
  if (start.kind === "refused") return start;
  const wanted = (request.query.get("search") ?? "").toLowerCase();
  const items = groupRules
    .all()
    .filter((rule) => (groupRules.indexOfId(rule.id) ?? 0) >= start.index && rule.name.toLowerCase().includes(wanted));
  return answerPage(request, { page, items, show, cursor: (rule) => cursorAfter(rule.id) });
}

function answerRule(outcome: RuleOutcome, effect: string): Answer | Refusal {
  if (outcome.kind === "refused") return outcome;
  return answer(show(outcome.rule), { effects: [{ effect, object: outcome.rule.id, changed: true }] });
}

function step(status: RuleRecord["status"], change: (org: Org, rule: RuleRecord) => readonly Effect[]) {
  return (request: ApiRequest, rule: RuleRecord): Answer => {
    const changed = rule.status !== status;
    const memberships = changed ? change(request.org, rule) : [];
    const effect = `groupRule.${status === "ACTIVE" ? "activated" : "deactivated"}`;
    return answer("", { status: 204, effects: [{ effect, object: rule.id, changed }, ...memberships] });
  };
}

// Okta removes a rule in its own time and says so by 202; here it is gone at once.
function remove(request: ApiRequest, rule: RuleRecord): Answer {
  const memberships = deleteRule(request.org, rule, flag(request, "removeUsers", false));
  return answer("", { status: 202, effects: [{ effect: "groupRule.deleted", object: rule.id, changed: true }, ...memberships] });
}

const base = "/api/v1/groups/rules";
const one = `${base}/{groupRuleId}`;

/** Rules that put users into groups by what their profiles hold. */
export const groupRuleRoutes: readonly Route[] = [
  { method: "GET", template: base, handle: list },
  { method: "POST", template: base, handle: (request) => answerRule(createRule(request.org, wishOf(request)), "groupRule.created") },
  { method: "GET", template: one, handle: withRule((_, rule) => answer(show(rule))) },
  {
    method: "PUT",
    template: one,
    handle: withRule((request, rule) => answerRule(replaceRule(request.org, rule, wishOf(request)), "groupRule.replaced")),
  },
  { method: "DELETE", template: one, handle: withRule(remove) },
  { method: "POST", template: `${one}/lifecycle/activate`, handle: withRule(step("ACTIVE", activateRule)) },
  { method: "POST", template: `${one}/lifecycle/deactivate`, handle: withRule(step("INACTIVE", deactivateRule)) },
];
