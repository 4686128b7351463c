import { LongarmError } from "@longarm/shared";
import { action, toRequestForm } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { explain } from "../../errors.ts";
import { requireUser } from "../../identity.ts";
import { readingAbsence } from "../../read-back.ts";
import { closed, type User, userInput } from "../../schemas.ts";
import { deactivate, deprovisioned } from "./deactivation.ts";
import { readUntil } from "./settling.ts";
import { isDone, stepImpossible, userPath } from "./user-steps.ts";
import { change } from "../../plan.ts";

/**
 * Row "Delete User". Okta answers 204 both when it deleted a user and when it only deactivated one; so the status is read first, and
 * only a 404 for the user itself ends it.
 */
export const deleteUser = action({
  name: "okta.user.delete",
  title: "Delete User",
  summary: "Deletes a DEPROVISIONED user for good, or deactivates and deletes one in another status.",
  category: "User management",
  docs: docsOf("User", "deleteUser"),
  version: 1,
  effect: "converge",
  destructive: true,
  scopes: ["okta.users.manage"],
  input: closed({
    user: userInput,
    ifActive: Type.Enum(["refuse", "deactivateFirst"], {
      default: "refuse",
      description: "What is done with a user that is not DEPROVISIONED.",
    }),
    sendEmail: Type.Boolean({ default: false, description: "Let Okta mail the administrators about it." }),
  }),
  output: closed({ deleted: Type.Boolean(), changed: Type.Boolean() }),
  examples: [{ title: "By login", input: { user: "user000043@example.com", ifActive: "deactivateFirst", sendEmail: false } }],
  async run({ rest }, { user: reference, ifActive, sendEmail }) {
    const { user } = await requireUser(rest, reference);
    if (ifActive === "refuse" && user.status !== deprovisioned) throw stepImpossible(user, { done: "deleted", from: deprovisioned });
    const deletion = { path: userPath(user.id), query: { sendEmail } };
    const plan = change(`user ${user.id}`, "", { from: user.profile, to: null });
    const followedBy = [{ method: "DELETE", path: toRequestForm(deletion).path, query: { sendEmail: String(sendEmail) } }] as const;
    const before = await deactivate(rest, user, { sendEmail, wait: true, further: { ...plan, followedBy } });
    const response = await rest.delete({ ...deletion, plan, ifUnknown: readingAbsence(deletion.path) });
    if (!isDone(response) && response.status !== 404) throw explain(response);
    const left = await readUntil(rest, user.id, { isSettled: (read) => read === undefined });
    if (left) throw stillThere(left);
    return { deleted: true, changed: before.changed || isDone(response) };
  },
});

function stillThere({ id, status }: User): LongarmError {
  const message = `Okta took the deletion of the user ${id}, but still shows it as ${status ?? "in an unknown state"}; look again shortly.`;
  return new LongarmError("invalid_state", message, { details: { user: id, status }, retryable: true });
}
