import { action } from "@longarm/spoke";
import { docsOf } from "../../docs-link.ts";
import { closed } from "../../schemas.ts";
import { hookInput, hookSchema, requireHook } from "./hook.ts";

/** Row "Look up Event Hook by ID". */
export const getHook = action({
  name: "okta.eventHook.get",
  title: "Look up Event Hook by ID",
  summary: "Reads an event hook: its events, where they go, and whether it is active and verified.",
  category: "Webhooks",
  docs: docsOf("EventHook", "getEventHook"),
  version: 1,
  effect: "read",
  destructive: false,
  scopes: ["okta.eventHooks.read"],
  input: closed({ hook: hookInput }),
  output: closed({ hook: hookSchema }),
  examples: [{ title: "By id", input: { hook: "whosUsas1JRqH44PGyQI" } }],
  async run({ rest }, { hook }) {
    return { hook: await requireHook(rest, hook) };
  },
});
