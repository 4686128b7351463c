import { secretKeyword } from "@longarm/shared";
import { action } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { resolveUserId } from "../../identity.ts";
import { closed, userInput } from "../../schemas.ts";
import { isDone, throwRefusal, userPath } from "../users/user-steps.ts";
import { changeUnseen } from "../../plan.ts";
import { logWitness, userWitness } from "../../witnesses.ts";

const password = Type.String({ minLength: 1, maxLength: 256, [secretKeyword]: true });

/** Row "Change User's Password". Sent once: after it took effect the old password is wrong, and a repeat would be refused. */
export const changePassword = action({
  name: "okta.user.changePassword",
  title: "Change User's Password",
  summary: "Changes the password of a user whose present password is known.",
  category: "Password management",
  docs: docsOf("UserCred", "changePassword"),
  version: 1,
  effect: "once",
  destructive: false,
  scopes: ["okta.users.manage"],
  input: closed({
    user: userInput,
    oldPassword: password,
    newPassword: password,
    strict: Type.Boolean({ default: false, description: "Hold the password to the org's rules on age and history too." }),
    revokeSessions: Type.Boolean({ default: false, description: "End every session of the user too." }),
  }),
  output: closed({}),
  examples: [
    {
      title: "By login",
      input: {
        user: "user000042@example.com",
        oldPassword: "Welcome-2-Sandbox-42",
        newPassword: "Quiet-7-Rivers",
        strict: false,
        revokeSessions: true,
      },
    },
  ],
  async run({ rest }, { user, oldPassword, newPassword, strict, revokeSessions }) {
    const id = await resolveUserId(rest, user);
    const body = { oldPassword: { value: oldPassword }, newPassword: { value: newPassword }, revokeSessions };
    const response = await rest.post({
      path: userPath(id, "credentials", "change_password"),
      query: { strict },
      body,
      plan: changeUnseen(`user ${id}`, "/credentials/password"),
      ifUnknown: "tell",
      witnesses: [userWitness(id), logWitness(id)],
    });
    return isDone(response) ? {} : throwRefusal(rest, id, { response, done: "given another password" });
  },
});
