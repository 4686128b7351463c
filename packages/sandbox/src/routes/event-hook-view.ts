import type { ApiRequest } from "../http/exchange.ts";
import type { HookRecord } from "../state/hooks/hook.ts";

function linksOf(hook: HookRecord, { origin }: ApiRequest) {
  const self = `${origin}/api/v1/eventHooks/${hook.id}`;
  const step = (verb: string) => ({ href: `${self}/lifecycle/${verb}`, hints: { allow: ["POST"] } });
  const steps =
    hook.status === "ACTIVE"
      ? { verify: step("verify"), deactivate: step("deactivate") }
      : { activate: step("activate"), delete: { href: self, hints: { allow: ["DELETE"] } } };
  return { self: { href: self }, ...steps };
}

function filterOf({ filters }: HookRecord) {
  if (!filters) return null;
  const eventFilterMap = filters.map(({ event, expression }) => ({ event, condition: { version: null, expression } }));
  return { type: "EXPRESSION_LANGUAGE", eventFilterMap };
}

/** A hook as Okta shows it: never with the value of its auth header. */
export function showHook(hook: HookRecord, request: ApiRequest): string {
  const { id, status, verificationStatus, name, description, created, createdBy, lastUpdated, events, channel } = hook;
  return JSON.stringify({
    id,
    status,
    verificationStatus,
    name,
    description,
    created,
    createdBy,
    lastUpdated,
    events: { type: "EVENT_TYPE", items: events, filter: filterOf(hook) },
    channel: {
      type: "HTTP",
      version: "1.0.0",
      config: {
        uri: channel.uri,
        headers: channel.headers,
        method: "POST",
        authScheme: channel.authScheme && { type: "HEADER", key: channel.authScheme.key },
      },
    },
    _links: linksOf(hook, request),
  });
}
