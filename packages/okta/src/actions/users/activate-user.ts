import { action } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { closed, nullable, userInput } from "../../schemas.ts";
import { activationSchema, readStatusIfPossible, sendActivation } from "./activation.ts";

/** Row "Activate User". Sent once: each activation mails the user or mints a token, and a token that got lost is gone. */
export const activateUser = action({
  name: "okta.user.activate",
  title: "Activate User",
  summary: "Activates a staged or deprovisioned user, by mail or with a token for whoever passes it on.",
  category: "User management",
  docs: docsOf("UserLifecycle", "activateUser"),
  version: 1,
  effect: "once",
  destructive: false,
  scopes: ["okta.users.manage"],
  input: closed({
    user: userInput,
    sendEmail: Type.Boolean({ default: true, description: "Let Okta mail the user; false: the token is the output." }),
  }),
  output: closed({
    status: nullable(
      Type.String({
        description: "As read afterwards: PROVISIONED, or ACTIVE for a user with a password; the one before while Okta is at work.",
      }),
    ),
    ...activationSchema,
  }),
  examples: [{ title: "By login", input: { user: "user000099@example.com", sendEmail: true } }],
  async run(context, { user, sendEmail }) {
    const { id, activation } = await sendActivation(context, user, { verb: "activate", sendEmail, done: "activated" });
    return { status: await readStatusIfPossible(context.rest, id), ...activation };
  },
});
