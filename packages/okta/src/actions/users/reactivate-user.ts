import { action } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { closed, userInput } from "../../schemas.ts";
import { activationSchema, sendActivation } from "./activation.ts";

/** Row "Restart User Activation". Sent once: each call mints another token, after which the one before may be void. */
export const reactivateUser = action({
  name: "okta.user.reactivate",
  title: "Restart User Activation",
  summary: "Begins the activation of a user in PROVISIONED or RECOVERY anew, by mail or with another token.",
  category: "User management",
  docs: docsOf("UserLifecycle", "reactivateUser"),
  version: 1,
  effect: "once",
  destructive: false,
  scopes: ["okta.users.manage"],
  input: closed({
    user: userInput,
    sendEmail: Type.Boolean({ default: false, description: "Let Okta mail the user; false: the token is the output." }),
  }),
  output: closed(activationSchema),
  examples: [{ title: "By login", input: { user: "user000094@example.com", sendEmail: true } }],
  async run(context, { user, sendEmail }) {
    const { activation } = await sendActivation(context, user, { verb: "reactivate", sendEmail, done: "activated anew" });
    return activation;
  },
});
