import { secretKeyword } from "@longarm/shared";
import { action } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { requireUser } from "../../identity.ts";
import { closed, membersOf, userInput } from "../../schemas.ts";
import { isDone, throwRefusal, userPath } from "../users/user-steps.ts";
import { changeUnseen } from "../../plan.ts";
import { logWitness, userWitness } from "../../witnesses.ts";
import { hasText } from "../../answers.ts";

/** Row "Reset to Temporary Password". Sent once: each call mints another password, which voids the one before. */
export const resetToTemporaryPassword = action({
  name: "okta.user.resetToTemporaryPassword",
  title: "Reset to Temporary Password",
  summary: "Gives a user a temporary password that must be changed at the next sign-in.",
  category: "Password management",
  docs: docsOf("UserCred", "expirePasswordWithTempPassword"),
  version: 1,
  effect: "once",
  destructive: true,
  scopes: ["okta.users.manage"],
  input: closed({
    user: userInput,
    revokeSessions: Type.Boolean({ default: false, description: "End every session of the user too." }),
  }),
  output: closed({ temporaryPassword: Type.String({ [secretKeyword]: true }) }),
  examples: [{ title: "By login", input: { user: "user000038@example.com", revokeSessions: true } }],
  async run({ rest }, { user, revokeSessions }) {
    const { id } = (await requireUser(rest, user)).user;
    const path = userPath(id, "lifecycle", "expire_password_with_temp_password");
    const response = await rest.post({
      path,
      query: { revokeSessions },
      plan: changeUnseen(`user ${id}`, "/credentials/password"),
      isAnswer: hasText("tempPassword"),
      ifUnknown: "tell",
      witnesses: [userWitness(id), logWitness(id)],
    });
    if (!isDone(response)) return throwRefusal(rest, id, { response, done: "given a temporary password" });
    return { temporaryPassword: String(membersOf(response.body)["tempPassword"]) };
  },
});
