import { stream, streamMembers } from "@longarm/spoke";
import { hookSchema, readHook } from "../actions/webhooks/hook.ts";
import { docsOf } from "../docs-link.ts";
import { closed, readList } from "../schemas.ts";

/** The event hooks of an org, for whoever wants them as a stream; `okta.eventHook.list` gives them at once. */
export const streamEventHooks = stream({
  name: "okta.eventHook.stream",
  title: "Look up Event Hooks Stream",
  summary: "Yields the event hooks of the org.",
  category: "Webhooks",
  docs: docsOf("EventHook", "listEventHooks"),
  version: 1,
  scopes: ["okta.eventHooks.read"],
  input: closed(streamMembers),
  item: hookSchema,
  examples: [{ title: "All", input: {} }],
  start: () => ({ method: "GET", path: ["api", "v1", "eventHooks"] }),
  page: (response) => ({ items: readList(response.body).map(readHook), last: true }),
  identify: (hook) => hook.id,
  limit: (wish) => wish.maxItems,
});
