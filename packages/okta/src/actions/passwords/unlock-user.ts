import { action, type WritePlan } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { explain, oktaCodeOf } from "../../errors.ts";
import { requireUser } from "../../identity.ts";
import { readingState } from "../../read-back.ts";
import { closed, nullable, readUser, userInput, type User } from "../../schemas.ts";
import { explainRefusal, isDone, mayTellOfState, userPath } from "../users/user-steps.ts";
import { change } from "../../plan.ts";

const lockedOut = "LOCKED_OUT";
/** Okta's code for "the user is not locked out". */
const notLocked = "E0000032";

// What is blocked besides a user's status cannot be told: the call is sent all the same, and Okta says whether there was anything.
function unlocking({ id, status }: User): WritePlan {
  return status === lockedOut ? change(`user ${id}`, "/status", { from: lockedOut, to: "ACTIVE" }) : { changes: [] };
}

/** Row "Unlock User". Always sent: an ACTIVE user may be blocked from unknown devices, which its status does not show. */
export const unlockUser = action({
  name: "okta.user.unlock",
  title: "Unlock User",
  summary: "Unlocks a user that is locked out, or blocked from unknown devices; any other stays as it is.",
  category: "Password management",
  docs: docsOf("UserLifecycle", "unlockUser"),
  version: 1,
  effect: "converge",
  destructive: false,
  scopes: ["okta.users.manage"],
  input: closed({ user: userInput }),
  output: closed({ status: nullable(Type.String()), changed: Type.Boolean() }),
  examples: [{ title: "By login", input: { user: "user000096@example.com" } }],
  async run({ rest }, input) {
    const { user: before } = await requireUser(rest, input.user);
    const response = await rest.post({
      path: userPath(before.id, "lifecycle", "unlock"),
      plan: unlocking(before),
      // The status shows nothing of a block of devices; to unlock twice does no harm.
      ifUnknown: before.status === lockedOut ? readingState(userPath(before.id), (body) => readUser(body).status !== lockedOut) : "repeat",
    });
    if (!isDone(response) && !mayTellOfState(response)) throw explain(response);
    const { user: after } = await requireUser(rest, before.id);
    if (isDone(response)) return { status: after.status, changed: true };
    if (oktaCodeOf(response) !== notLocked || after.status === lockedOut) throw explainRefusal(response, after, { done: "unlocked" });
    return { status: after.status, changed: false };
  },
});
