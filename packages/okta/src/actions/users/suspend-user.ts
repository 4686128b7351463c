import { action } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { closed, userInput } from "../../schemas.ts";
import { bringUserTo } from "./user-steps.ts";

/** Row "Suspend User". Okta suspends active users only, and refuses one that is suspended already; so the status is read first. */
export const suspendUser = action({
  name: "okta.user.suspend",
  title: "Suspend User",
  summary: "Suspends an active user; a suspended one stays as it is.",
  category: "User management",
  docs: docsOf("UserLifecycle", "suspendUser"),
  version: 1,
  effect: "converge",
  destructive: true,
  scopes: ["okta.users.manage"],
  input: closed({ user: userInput }),
  output: closed({ status: Type.String(), changed: Type.Boolean() }),
  examples: [{ title: "By login", input: { user: "user000040@example.com" } }],
  async run({ rest }, input) {
    return bringUserTo(rest, input.user, { verb: "suspend", done: "suspended", wanted: "SUSPENDED", from: "ACTIVE" });
  },
});
