import { type Answer, type ApiRequest, answer, type Handler, noContent, type Route } from "../http/exchange.ts";
import {
  activateHook,
  createHook,
  deactivateHook,
  deleteHook,
  type HookOutcome,
  replaceHook,
  verifyHook,
} from "../state/hooks/change-hook.ts";
import type { HookRecord } from "../state/hooks/hook.ts";
import { readHook } from "../state/hooks/read-hook.ts";
import type { Org } from "../state/org.ts";
import { type Refusal, refuseUnknown } from "../state/refusal.ts";
import { showHook } from "./event-hook-view.ts";

function withHook<T>(work: (request: ApiRequest, hook: HookRecord) => T): (request: ApiRequest) => T | Refusal {
  return (request) => {
    const id = request.params["eventHookId"] as string;
    const hook = request.org.hooks.byId(id);
    return hook ? work(request, hook) : refuseUnknown(id, "Webhook");
  };
}

function answerHook(request: ApiRequest, outcome: HookOutcome, effect: string): Answer | Refusal {
  if (outcome.kind === "refused") return outcome;
  const { hook, changed } = outcome;
  return answer(showHook(hook, request), { effects: [{ effect, object: hook.id, changed }] });
}

function list(request: ApiRequest): Answer {
  return answer(
    `[${request.org.hooks
      .all()
      .map((hook) => showHook(hook, request))
      .join(",")}]`,
  );
}

function create(request: ApiRequest): Answer | Refusal {
  const read = readHook(request.body);
  return read.kind === "refused" ? read : answerHook(request, createHook(request.org, read.draft), "eventHook.created");
}

function replace(request: ApiRequest, hook: HookRecord): Answer | Refusal {
  const read = readHook(request.body);
  return read.kind === "refused" ? read : answerHook(request, replaceHook(request.org, hook, read.draft), "eventHook.replaced");
}

function remove({ org }: ApiRequest, hook: HookRecord): Answer | Refusal {
  const outcome = deleteHook(org, hook);
  return outcome.kind === "refused" ? outcome : noContent({ effect: "eventHook.deleted", object: hook.id, changed: true });
}

function step(change: (org: Org, hook: HookRecord) => HookOutcome, effect: string): Handler {
  return withHook((request, hook) => answerHook(request, change(request.org, hook), effect));
}

const one = "/api/v1/eventHooks/{eventHookId}";

/** Event hooks: create, read, list, replace, delete, and their lifecycle. */
export const eventHookRoutes: readonly Route[] = [
  { method: "GET", template: "/api/v1/eventHooks", handle: list },
  { method: "POST", template: "/api/v1/eventHooks", handle: create },
  { method: "GET", template: one, handle: withHook((request, hook) => answer(showHook(hook, request))) },
  { method: "PUT", template: one, handle: withHook(replace) },
  { method: "DELETE", template: one, handle: withHook(remove) },
  { method: "POST", template: `${one}/lifecycle/activate`, handle: step(activateHook, "eventHook.activated") },
  { method: "POST", template: `${one}/lifecycle/deactivate`, handle: step(deactivateHook, "eventHook.deactivated") },
  {
    method: "POST",
    template: `${one}/lifecycle/verify`,
    handle: withHook(async (request, hook) => answerHook(request, await verifyHook(request.org, hook), "eventHook.verified")),
  },
];
