import { action } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { closed, nullable } from "../../schemas.ts";
import { hookInput } from "./hook.ts";
import { bringToStatus } from "./hook-steps.ts";

/** Row "Deactivate Event Hook". Events that happen meanwhile are not sent later. */
export const deactivateHook = action({
  name: "okta.eventHook.deactivate",
  title: "Deactivate Event Hook",
  summary: "Deactivates an event hook, so that Okta sends it no more events; an inactive one stays as it is.",
  category: "Webhooks",
  docs: docsOf("EventHook", "deactivateEventHook"),
  version: 1,
  effect: "converge",
  destructive: true,
  scopes: ["okta.eventHooks.manage"],
  input: closed({ hook: hookInput }),
  output: closed({ status: nullable(Type.String()), changed: Type.Boolean() }),
  examples: [{ title: "By id", input: { hook: "whosUsas1JRqH44PGyQI" } }],
  async run({ rest }, input) {
    const { hook, changed } = await bringToStatus(rest, input.hook, "INACTIVE");
    return { status: hook.status, changed };
  },
});
