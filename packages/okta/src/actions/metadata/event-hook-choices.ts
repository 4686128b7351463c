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
  input: closed({
    q: Type.Optional(Type.String({ minLength: 1, maxLength: 255, description: "The beginning of the hooks' names, in whichever case." })),
  }),
  output: closed({ choices: Type.Array(choiceSchema), truncated: truncatedSchema }),
  examples: [
    { title: "All", input: {} },
    { title: "By the beginning of a name", input: { q: "Applications" } },
  ],
  async run({ rest }, { q = "" }) {
    // Okta searches no hooks, and an org has few.
    const { items, truncated } = await listUpTo(rest, { path: ["api", "v1", "eventHooks"] });
    const choices = items.map(readHook).map(({ id, name }) => ({ label: name ?? id, value: id }));
    return { choices: choices.filter(({ label }) => label.toLowerCase().startsWith(q.toLowerCase())), truncated };
  },
});
