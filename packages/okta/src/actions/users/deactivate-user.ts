import { action } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { requireUser } from "../../identity.ts";
import { closed, nullable, userInput } from "../../schemas.ts";
import { deactivate } from "./deactivation.ts";

/** Row "Deactivate User". The user loses its applications at once; what the applications do with the account is theirs to decide. */
export const deactivateUser = action({
  name: "okta.user.deactivate",
  title: "Deactivate User",
  summary: "Deactivates a user, which takes all its applications away; a DEPROVISIONED one stays as it is.",
  category: "User management",
  docs: docsOf("UserLifecycle", "deactivateUser"),
  version: 1,
  effect: "converge",
  destructive: true,
  scopes: ["okta.users.manage"],
  input: closed({
    user: userInput,
    sendEmail: Type.Boolean({ default: false, description: "Let Okta mail the administrators about it." }),
    wait: Type.Boolean({ default: true, description: "End only when the user is DEPROVISIONED; false: when Okta has taken the request." }),
  }),
  output: closed({
    status: nullable(Type.String({ description: "DEPROVISIONED; without wait it may still be the status before." })),
    changed: Type.Boolean(),
  }),
  examples: [{ title: "By login", input: { user: "user000041@example.com", sendEmail: false, wait: true } }],
  async run({ rest }, { user: reference, sendEmail, wait }) {
    const found = await requireUser(rest, reference);
    const { user, changed } = await deactivate(rest, found.user, { sendEmail, wait });
    return { status: user.status, changed };
  },
});
