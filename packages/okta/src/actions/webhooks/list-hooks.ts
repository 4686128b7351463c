import { action } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { listUpTo } from "../../paging.ts";
import { closed } from "../../schemas.ts";
import { hookSchema, readHook } from "./hook.ts";

/** Row "Look up Event Hooks". Okta gives them as one list; at most 25 of them are active. */
export const listHooks = action({
  name: "okta.eventHook.list",
  title: "Look up Event Hooks",
  summary: "Reads all event hooks of the org.",
  category: "Webhooks",
  docs: docsOf("EventHook", "listEventHooks"),
  version: 1,
  effect: "read",
  destructive: false,
  scopes: ["okta.eventHooks.read"],
  input: closed({}),
  output: closed({
    hooks: Type.Array(hookSchema),
    truncated: Type.Boolean({ description: "The org has more than the 10,000 that are given." }),
  }),
  examples: [{ title: "All", input: {} }],
  async run({ rest }) {
    const { items, truncated } = await listUpTo(rest, { path: ["api", "v1", "eventHooks"] });
    return { hooks: items.map(readHook), truncated };
  },
});
