import { LongarmError } from "@longarm/shared";
import type { ActionRest, WritePlan } from "@longarm/spoke";
import { explain } from "../../errors.ts";
import { requireUser, userNotFound } from "../../identity.ts";
import { readingState } from "../../read-back.ts";
import { readUser, type User } from "../../schemas.ts";
import { explainRefusal, isDone, mayTellOfState, userPath } from "./user-steps.ts";
import { change } from "../../plan.ts";
import { readUntil } from "./settling.ts";

/** The status of a user that was deactivated. (Okta's pages for administrators say "deactivated".) */
export const deprovisioned = "DEPROVISIONED";

interface Wish {
  readonly sendEmail: boolean;
  /** Let Okta answer only when everything is done, and see the user in its new status? */
  readonly wait: boolean;
  /** What follows the deactivation, as a dry run is to tell it. */
  readonly further?: WritePlan;
}

/** The user after its deactivation, and whether this run asked for it. A user that is or will soon be DEPROVISIONED is left alone. */
export async function deactivate(rest: ActionRest, user: User, wish: Wish): Promise<{ readonly user: User; readonly changed: boolean }> {
  if (user.status === deprovisioned) return { user, changed: false };
  const changed = !isOnTheWay(user) && (await send(rest, user, wish));
  const isSettled = (read: User | undefined): boolean => !wish.wait || read === undefined || read.status === deprovisioned;
  const now = await readUntil(rest, user.id, { isSettled });
  if (!now) throw userNotFound(user.id);
  if (wish.wait && now.status !== deprovisioned) throw stillOnTheWay(now);
  return { user: now, changed };
}

function isUnderWay(user: User): boolean {
  return user.status === deprovisioned || isOnTheWay(user);
}

function isOnTheWay({ transitioningTo }: User): boolean {
  return transitioningTo === deprovisioned;
}

async function send(rest: ActionRest, { id, status }: User, { sendEmail, wait, further }: Wish): Promise<boolean> {
  const headers = wait ? {} : { prefer: "respond-async" };
  const { changes } = change(`user ${id}`, "/status", { from: status, to: deprovisioned });
  const plan = { changes: [...changes, ...(further?.changes ?? [])], followedBy: further?.followedBy ?? [] };
  const ifUnknown = readingState(userPath(id), (body) => isUnderWay(readUser(body)));
  const response = await rest.post({ path: userPath(id, "lifecycle", "deactivate"), query: { sendEmail }, headers, plan, ifUnknown });
  if (isDone(response)) return true;
  if (!mayTellOfState(response)) throw explain(response);
  // Okta answers 404 for a user that is DEPROVISIONED already, by somebody else.
  const { user } = await requireUser(rest, id);
  if (user.status !== deprovisioned && !isOnTheWay(user)) throw explainRefusal(response, user, { done: "deactivated" });
  return false;
}

function stillOnTheWay({ id, status }: User): LongarmError {
  const message = `Okta took the deactivation of the user ${id}, but still shows it as ${status ?? "in an unknown state"}; look again shortly.`;
  return new LongarmError("invalid_state", message, { details: { user: id, status }, retryable: true });
}
