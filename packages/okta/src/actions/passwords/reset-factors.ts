import { action, type ActionRest } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { requireUser } from "../../identity.ts";
import { readingState } from "../../read-back.ts";
import { closed, nullable, userInput } from "../../schemas.ts";
import { isDone, throwRefusal, userPath } from "../users/user-steps.ts";
import { change } from "../../plan.ts";

/**
 * Row "Reset User Factors". Always sent: the list of factors shows only those that the org's policy allows the user now, so an empty
 * one does not prove that there are none.
 */
export const resetFactors = action({
  name: "okta.user.resetFactors",
  title: "Reset User Factors",
  summary: "Takes all second factors from a user, who must enrol them anew.",
  category: "Password management",
  docs: docsOf("UserLifecycle", "resetFactors"),
  version: 1,
  effect: "converge",
  destructive: true,
  scopes: ["okta.users.manage"],
  input: closed({ user: userInput }),
  output: closed({
    changed: nullable(Type.Boolean({ description: "Null where Okta showed no factor beforehand: there may have been some." })),
  }),
  examples: [{ title: "By login", input: { user: "user000042@example.com" } }],
  async run({ rest }, { user }) {
    const { id } = (await requireUser(rest, user)).user;
    const hadFactors = await showsFactors(rest, id);
    const response = await rest.post({
      path: userPath(id, "lifecycle", "reset_factors"),
      plan: change(`user ${id}`, "/factors", { from: hadFactors ? "enrolled" : null, to: null }),
      // An empty list proves nothing of a user that showed none before.
      ifUnknown: hadFactors ? readingState(userPath(id, "factors"), (body) => Array.isArray(body) && body.length === 0) : "repeat",
    });
    if (!isDone(response)) return throwRefusal(rest, id, { response, done: "freed of its factors" });
    return { changed: hadFactors || null };
  },
});

// Only tells what to say of the change afterwards; whatever hinders it hinders the reset too, or does not matter.
async function showsFactors(rest: ActionRest, id: string): Promise<boolean> {
  const { status, body } = await rest.get({ path: userPath(id, "factors") });
  return status === 200 && Array.isArray(body) && body.length > 0;
}
