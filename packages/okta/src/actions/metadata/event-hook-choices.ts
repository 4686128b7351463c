import { action } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { listUpTo } from "../../paging.ts";
import { closed } from "../../schemas.ts";
import { readHook } from "../webhooks/hook.ts";
import { choiceSchema, truncatedSchema } from "./choice.ts";

/** Row "Look up Event Hooks Metadata": what an input that takes an event hook can be. */
export const eventHookChoices = action({
  name: "okta.metadata.eventHooks",
  title: "Look up Event Hooks Metadata",
  summary: "Lists the org's event hooks as choices for an input.",
  category: "Metadata",
  docs: docsOf("EventHook", "listEventHooks"),
  version: 1,
  effect: "read",
  destructive: false,
  scopes: ["okta.eventHooks.read"],
  input: closed({}),
  output: closed({ choices: Type.Array(choiceSchema), truncated: truncatedSchema }),
  examples: [{ title: "All", input: {} }],
  async run({ rest }) {
    const { items, truncated } = await listUpTo(rest, { path: ["api", "v1", "eventHooks"] });
    return { choices: items.map(readHook).map(({ id, name }) => ({ label: name ?? id, value: id })), truncated };
  },
});
