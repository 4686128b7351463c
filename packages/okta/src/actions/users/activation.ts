import { LongarmError, secretKeyword } from "@longarm/shared";
import type { ActionContext, ActionRest, WritePlan } from "@longarm/spoke";
import Type from "typebox";
import { requireUser } from "../../identity.ts";
import { change } from "../../plan.ts";
import { membersOf, type User } from "../../schemas.ts";
import { logWitness, userWitness } from "../../witnesses.ts";
import { readUntil, shortly } from "./settling.ts";
import { isDone, stepImpossible, throwRefusal, userPath } from "./user-steps.ts";
import { hasText } from "../../answers.ts";

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
  { rest, dryRun }: Pick<ActionContext, "rest" | "dryRun">,
  reference: string,
  wish: { readonly verb: "activate" | "reactivate"; readonly sendEmail: boolean; readonly done: string },
): Promise<{ readonly id: string; readonly activation: Activation }> {
  const { user } = await requireUser(rest, reference);
  const { id } = user;
  const response = await rest.post({
    path: userPath(id, "lifecycle", wish.verb),
    query: { sendEmail: wish.sendEmail },
    plan: dryRun ? planOf(user, wish) : { changes: [] },
    ...(!wish.sendEmail && { isAnswer: hasText("activationToken") }),
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

const from = { activate: ["STAGED", "DEPROVISIONED"], reactivate: ["PROVISIONED", "RECOVERY"] } as const;

// Only in a dry run does the status as it was read decide: otherwise Okta itself refuses.
function planOf(user: User, { verb, done }: Parameters<typeof sendActivation>[2]): WritePlan {
  if (!from[verb].some((status) => status === user.status)) throw stepImpossible(user, { done, from: from[verb].join(" or ") });
  return verb === "reactivate" ? { changes: [] } : change(`user ${user.id}`, "/status", { from: user.status, to: "PROVISIONED" });
}

/**
 * The user's status once Okta has come to the end of the activation, as far as it can be waited for; null when it cannot be read: what
 * was done and what it gave must not be lost for that.
 */
export async function readStatusIfPossible(rest: ActionRest, id: string): Promise<string | null> {
  try {
    const isSettled = (read: User | undefined): boolean => read === undefined || read.transitioningTo === null;
    const user = await readUntil(rest, id, { isSettled, mostReads: shortly });
    return user?.status ?? null;
  } catch (reason) {
    const { code, details } = LongarmError.from(reason);
    if (code === "unexpected_response" || details["status"] !== undefined) return null;
    throw reason;
  }
}
