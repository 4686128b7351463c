import { action } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { closed, userInput } from "../../schemas.ts";
import { bringUserTo } from "../users/user-steps.ts";

/** Row "Expire User Password". Which statuses allow it is Okta's to say. */
export const expirePassword = action({
  name: "okta.user.expirePassword",
  title: "Expire User Password",
  summary: "Makes a user choose another password at the next sign-in; one that has to already stays as it is.",
  category: "Password management",
  docs: docsOf("UserCred", "expirePassword"),
  version: 1,
  effect: "converge",
  destructive: true,
  scopes: ["okta.users.manage"],
  input: closed({ user: userInput }),
  output: closed({ status: Type.String(), changed: Type.Boolean() }),
  examples: [{ title: "By login", input: { user: "user000039@example.com" } }],
  async run({ rest }, input) {
    return bringUserTo(rest, input.user, { verb: "expire_password", done: "made to change its password", wanted: "PASSWORD_EXPIRED" });
  },
});
