import { action } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { closed, userInput } from "../../schemas.ts";
import { bringUserTo } from "./user-steps.ts";

/** Row "Unsuspend User". Okta takes it from suspended users only; so the status is read first. */
export const unsuspendUser = action({
  name: "okta.user.unsuspend",
  title: "Unsuspend User",
  summary: "Makes a suspended user active again; an active one stays as it is.",
  category: "User management",
  docs: docsOf("UserLifecycle", "unsuspendUser"),
  version: 1,
  effect: "converge",
  destructive: false,
  scopes: ["okta.users.manage"],
  input: closed({ user: userInput }),
  output: closed({ status: Type.String(), changed: Type.Boolean() }),
  examples: [{ title: "By login", input: { user: "user000098@example.com" } }],
  async run({ rest }, input) {
    return bringUserTo(rest, input.user, { verb: "unsuspend", done: "unsuspended", wanted: "ACTIVE", from: "SUSPENDED" });
  },
});
