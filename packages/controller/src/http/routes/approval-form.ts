import { LongarmError } from "@longarm/shared";
import { expectsKeyword } from "@longarm/shared/schema";
import { canonicalJson } from "@longarm/shared/seal";
import { Type } from "typebox";
import { mayScope } from "../../decide/access.ts";
import type { Connection } from "../../ports/connection-store.ts";
import type { Principal } from "../../ports/principal.ts";
import { closed } from "../schemas.ts";

/** Which runs of a connection wait for approval, as people write it. */
export const ApprovalForm = closed({
  actions: Type.Array(
    Type.String({
      pattern: "^(?:destructive|changing|[A-Za-z0-9_.*]*[.*][A-Za-z0-9_.*]*)$",
      maxLength: 128,
      [expectsKeyword]: "`destructive`, `changing`, or a name of actions such as okta.user.delete or okta.group.*",
    }),
    {
      minItems: 1,
      maxItems: 100,
      uniqueItems: true,
      description:
        "`destructive`: actions that the catalogue calls so; `changing`: all that do not only read; else names, `*` for any characters.",
      examples: [["destructive"]],
    },
  ),
});

/** Who may change connections may not by that alone take the second pair of eyes away. */
export function assertMayChangeApproval(principal: Principal, before: Connection | undefined, after: Connection | undefined): void {
  const rule = before?.requireApproval;
  if (!rule || mayScope(principal, "runs:approve")) return;
  if (after?.requireApproval && canonicalJson(rule) === canonicalJson(after.requireApproval)) return;
  throw new LongarmError(
    "forbidden",
    `"${principal.name}" lacks the scope runs:approve, which it takes to change or remove the approval that "${before.name}" requires.`,
  );
}
