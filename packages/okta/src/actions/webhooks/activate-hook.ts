import { action } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { closed, nullable } from "../../schemas.ts";
import { hookInput } from "./hook.ts";
import { bringToStatus } from "./hook-steps.ts";

/** Row "Activate Event Hook". Being active is half of it: only a hook that is verified too is sent events. */
export const activateHook = action({
  name: "okta.eventHook.activate",
  title: "Activate Event Hook",
  summary: "Activates an event hook; an active one stays as it is, and whether it is verified is told beside.",
  category: "Webhooks",
  docs: docsOf("EventHook", "activateEventHook"),
  version: 1,
  effect: "converge",
  destructive: false,
  scopes: ["okta.eventHooks.manage"],
  input: closed({ hook: hookInput }),
  output: closed({ status: nullable(Type.String()), verificationStatus: nullable(Type.String()), changed: Type.Boolean() }),
  examples: [{ title: "By id", input: { hook: "whosUsas1JRqH44PGyQI" } }],
  async run({ rest }, input) {
    const { hook, changed } = await bringToStatus(rest, input.hook, "ACTIVE");
    return { status: hook.status, verificationStatus: hook.verificationStatus, changed };
  },
});
