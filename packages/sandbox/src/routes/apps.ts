import { type Answer, type ApiRequest, answer, flag, noContent, type Route } from "../http/exchange.ts";
import { answerPage, readPage, refuseCursor } from "../http/paging.ts";
import { scopeOf } from "../state/apps/access.ts";
import type { AppRecord } from "../state/apps/app.ts";
import { appFilterRules, readAppAttribute } from "../state/apps/app-rules.ts";
import { type AppOutcome, type AppWish, createApp, deleteApp, replaceApp, setAppStatus } from "../state/apps/change-app.ts";
import { compilePredicate } from "../state/expressions/evaluate.ts";
import { comparisonsOf } from "../state/expressions/expression.ts";
import { type Refusal, refuseInvalid, refuseUnknown } from "../state/refusal.ts";
import type { UserRecord } from "../state/users/user.ts";
import { showApp, showAppUser } from "./app-view.ts";
import { readExpression } from "./expression.ts";

/** Finds the application that `{appId}` names and goes on with it; else Okta's 404. */
export function withApp(work: (request: ApiRequest, app: AppRecord) => Answer | Refusal): (request: ApiRequest) => Answer | Refusal {
  return (request) => {
    const id = request.params["appId"] as string;
    const app = request.org.apps.byId(id);
    return app ? work(request, app) : refuseUnknown(id, "AppInstance");
  };
}

type Test = (app: AppRecord) => boolean;

function filterOf({ org }: ApiRequest, text: string | null): { readonly kind: "test"; readonly test: Test } | Refusal {
  if (text === null) return { kind: "test", test: () => true };
  const read = readExpression("filter", text, appFilterRules);
  if (read.kind === "refused") return read;
  const predicate = compilePredicate(read.expression, appFilterRules);
  const askedUsers = comparisonsOf(read.expression).flatMap(({ attribute, value }) => (attribute === "user.id" ? [String(value)] : []));
  return { kind: "test", test: (app) => predicate((attribute) => readAppAttribute(org, app, { attribute, askedUsers })) };
}

/** The user of `expand=user/{id}`, with whom each application is shown if it has access. */
function expanded({ org, query }: ApiRequest): { readonly kind: "user"; readonly user: UserRecord | undefined } | Refusal {
  const expand = query.get("expand");
  if (expand === null) return { kind: "user", user: undefined };
  const user = expand.startsWith("user/") ? org.users.byId(expand.slice("user/".length)) : undefined;
  return user ? { kind: "user", user } : refuseInvalid("RequestParams", "expand: Invalid value");
}

function startOf({ org }: ApiRequest, after: string | null): number | undefined {
  if (after === null) return 0;
  const index = org.apps.indexOfId(after);
  return index === undefined ? undefined : index + 1;
}

function list(request: ApiRequest): Answer | Refusal {
  const { org, query } = request;
  const page = readPage(request, { defaultLimit: 20, maxLimit: 200 });
  if (page.kind === "refused") return page;
  const filter = filterOf(request, query.get("filter"));
  if (filter.kind === "refused") return filter;
  const expand = expanded(request);
  if (expand.kind === "refused") return expand;
  const start = startOf(request, page.after);
  if (start === undefined) return refuseCursor();
  const q = (query.get("q") ?? "").toLowerCase();
  const items = org.apps
    .all()
    .filter((app) => app.index >= start && filter.test(app))
    .filter(({ name, label }) => name.toLowerCase().startsWith(q) || label.toLowerCase().startsWith(q));
  const { user } = expand;
  const show = (app: AppRecord): string => {
    const scope = user && scopeOf(org, app, user.index);
    const plain = { ...request, query: new URLSearchParams() };
    return showApp(app, request, user && scope && (JSON.parse(showAppUser({ app, user, scope }, plain)) as object));
  };
  return answerPage(request, { page, items, show, cursor: (app) => app.id });
}

function wishOf({ body }: ApiRequest): AppWish {
  return { name: body["name"], label: body["label"], signOnMode: body["signOnMode"], settings: body["settings"] };
}

function answerApp(request: ApiRequest, outcome: AppOutcome, effect: string): Answer | Refusal {
  if (outcome.kind === "refused") return outcome;
  return answer(showApp(outcome.app, request), { effects: [{ effect, object: outcome.app.id, changed: true }] });
}

function step(status: AppRecord["status"]): (request: ApiRequest, app: AppRecord) => Answer {
  const effect = status === "ACTIVE" ? "app.activated" : "app.deactivated";
  return ({ org }, app) => answer("{}", { effects: [{ effect, object: app.id, changed: setAppStatus(org, app, status) }] });
}

function remove({ org }: ApiRequest, app: AppRecord): Answer | Refusal {
  const outcome = deleteApp(org, app);
  return outcome.kind === "refused" ? outcome : noContent({ effect: "app.deleted", object: app.id, changed: true });
}

const base = "/api/v1/apps";
const one = `${base}/{appId}`;

/** Applications: create, read, list, change, delete, and their lifecycle. */
export const appRoutes: readonly Route[] = [
  { method: "GET", template: base, handle: list },
  {
    method: "POST",
    template: base,
    handle: (request) => answerApp(request, createApp(request.org, wishOf(request), flag(request, "activate", true)), "app.created"),
  },
  { method: "GET", template: one, handle: withApp((request, app) => answer(showApp(app, request))) },
  {
    method: "PUT",
    template: one,
    handle: withApp((request, app) => answerApp(request, replaceApp(request.org, app, wishOf(request)), "app.replaced")),
  },
  { method: "DELETE", template: one, handle: withApp(remove) },
  { method: "POST", template: `${one}/lifecycle/activate`, handle: withApp(step("ACTIVE")) },
  { method: "POST", template: `${one}/lifecycle/deactivate`, handle: withApp(step("INACTIVE")) },
];
