import { secretKeyword } from "@longarm/shared";
import type { ActionRest } from "@longarm/spoke";
import Type from "typebox";
import { resolveUserId } from "../../identity.ts";
import { membersOf, readUser } from "../../schemas.ts";
import { logWitness, userWitness } from "../../witnesses.ts";
import { isDone, throwRefusal, userPath } from "./user-steps.ts";

/** What lets whoever holds it take over the account; only given when Okta was told not to mail it. */
export const activationSchema = {
  activationUrl: Type.Optional(Type.String({ [secretKeyword]: true })),
  activationToken: Type.Optional(Type.String({ [secretKeyword]: true })),
};

interface Activation {
  readonly activationUrl?: string;
  readonly activationToken?: string;
}

/** Has Okta begin or repeat an activation. Throws `user_not_found`, `invalid_state`, or Okta's reason. */
export async function sendActivation(
  rest: ActionRest,
  reference: string,
  wish: { readonly verb: "activate" | "reactivate"; readonly sendEmail: boolean; readonly done: string },
): Promise<{ readonly id: string; readonly activation: Activation }> {
  const id = await resolveUserId(rest, reference);
  const response = await rest.post({
    path: userPath(id, "lifecycle", wish.verb),
    query: { sendEmail: wish.sendEmail },
    plan: { changes: [] },
    ifUnknown: "tell",
    witnesses: [userWitness(id), logWitness(id)],
  });
  if (!isDone(response)) return throwRefusal(rest, id, { response, done: wish.done });
  return { id, activation: readActivation(response.body) };
}

function readActivation(body: unknown): Activation {
  const { activationUrl, activationToken } = membersOf(body);
  return {
    ...(typeof activationUrl === "string" && { activationUrl }),
    ...(typeof activationToken === "string" && { activationToken }),
  };
}

/** The user's status, or null when it cannot be read: what was done and what it gave must not be lost for that. */
export async function readStatusIfPossible(rest: ActionRest, id: string): Promise<string | null> {
  const response = await rest.get({ path: userPath(id) });
  return membersOf(response.body)["id"] === id ? readUser(response.body).status : null;
}
