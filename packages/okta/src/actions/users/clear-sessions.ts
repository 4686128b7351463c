import { action } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { resolveUserId } from "../../identity.ts";
import { closed, userInput } from "../../schemas.ts";
import { isDone, throwRefusal, userPath } from "./user-steps.ts";
import { change } from "../../plan.ts";

/** Row "Clear User Session". Okta does not say whether there was a session to end. */
export const clearSessions = action({
  name: "okta.user.clearSessions",
  title: "Clear User Session",
  summary: "Ends every session of a user, so that it must sign in again everywhere.",
  category: "User management",
  docs: docsOf("UserSessions", "revokeUserSessions"),
  version: 1,
  effect: "converge",
  destructive: true,
  scopes: ["okta.users.manage"],
  input: closed({
    user: userInput,
    oauthTokens: Type.Boolean({ default: false, description: "Revoke the user's OpenID Connect and OAuth tokens too." }),
    forgetDevices: Type.Optional(
      Type.Boolean({ description: "Forget the devices that the user chose to be remembered on; absent: as the org does." }),
    ),
  }),
  output: closed({ changed: Type.Null({ description: "Whether there were sessions cannot be known." }) }),
  examples: [{ title: "With tokens", input: { user: "user000042@example.com", oauthTokens: true } }],
  async run({ rest }, { user, oauthTokens, forgetDevices }) {
    const id = await resolveUserId(rest, user);
    const response = await rest.delete({
      path: userPath(id, "sessions"),
      query: { oauthTokens, forgetDevices },
      plan: change(`user ${id}`, "/sessions", { from: "any", to: null }),
      ifUnknown: "repeat",
    });
    return isDone(response) ? { changed: null } : throwRefusal(rest, id, { response, done: "signed out" });
  },
});
