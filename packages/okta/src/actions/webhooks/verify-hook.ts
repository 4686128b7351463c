import { LongarmError } from "@longarm/shared";
import { action } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { closed, nullable } from "../../schemas.ts";
import { type Hook, hookInput, requireHook } from "./hook.ts";
import { isVerified, verify } from "./hook-steps.ts";

/** Row "Verify Event Hook". Okta offers it for active hooks only; it waits 3 s for the endpoint, twice. */
export const verifyHook = action({
  name: "okta.eventHook.verify",
  title: "Verify Event Hook",
  summary: "Lets Okta ask the hook's endpoint for the proof that it wants to be called; a verified hook stays as it is.",
  category: "Webhooks",
  docs: docsOf("EventHook", "verifyEventHook"),
  version: 1,
  effect: "converge",
  destructive: false,
  scopes: ["okta.eventHooks.manage"],
  input: closed({ hook: hookInput }),
  output: closed({ uri: nullable(Type.String()), verificationStatus: nullable(Type.String()), changed: Type.Boolean() }),
  examples: [{ title: "By id", input: { hook: "whosUsas1JRqH44PGyQI" } }],
  async run({ rest }, input) {
    const before = await requireHook(rest, input.hook);
    if (isVerified(before)) return present(before, false);
    if (before.status === "INACTIVE") throw notVerifiable(before);
    const outcome = await verify(rest, before.id);
    if (outcome.kind === "refused") throw outcome.hook.status === "INACTIVE" ? notVerifiable(outcome.hook) : outcome.reason;
    return present(outcome.hook, true);
  },
});

function present({ uri, verificationStatus }: Hook, changed: boolean) {
  return { uri, verificationStatus, changed };
}

function notVerifiable({ id, status }: Hook): LongarmError {
  return new LongarmError("invalid_state", `The event hook ${id} is ${status}; only an ACTIVE event hook can be verified.`, {
    details: { hook: id, status },
  });
}
