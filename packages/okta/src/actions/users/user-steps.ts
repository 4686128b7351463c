import { LongarmError } from "@longarm/shared";
import type { ActionResponse, ActionRest } from "@longarm/spoke";
import { explain } from "../../errors.ts";
import { requireUser } from "../../identity.ts";
import { readingState } from "../../read-back.ts";
import { readUser, type User } from "../../schemas.ts";
import { change } from "../../plan.ts";

/** A step of a user's lifecycle that leads to one status. */
export interface UserStep {
  /** Its name in Okta's path: `suspend`. */
  readonly verb: string;
  /** What has been done to the user then: `suspended`. */
  readonly done: string;
  readonly wanted: string;
  /** The only status from which it leads there; absent: Okta decides. */
  readonly from?: string;
}

/** The path of a user, or of something below it. */
export function userPath(id: string, ...below: readonly string[]): readonly string[] {
  return ["api", "v1", "users", id, ...below];
}

/** Did Okta do what it was asked? */
export function isDone({ status }: ActionResponse): boolean {
  return status >= 200 && status < 300;
}

/** May this refusal mean that the user's state forbids the step, or that the user is not there? Then the user is to be read again. */
export function mayTellOfState({ status }: ActionResponse): boolean {
  return status === 400 || status === 403 || status === 404;
}

/** The error for a step that this user's status does not allow; `said` is what Okta said of it, if it was asked. */
export function stepImpossible({ id, status }: User, { done, from }: Pick<UserStep, "done" | "from">, said?: LongarmError): LongarmError {
  const allowed = from === undefined ? ` and cannot be ${done}` : `; only a user that is ${from} can be ${done}`;
  const next = from === undefined ? "Bring the user into a status that allows it" : `Bring the user to ${from} first`;
  return new LongarmError("invalid_state", `The user ${id} is ${status ?? "in an unknown state"}${allowed}.`, {
    details: { ...said?.details, user: id, status, next },
  });
}

/**
 * What Okta's refusal of a step means for the user as it was read afterwards: its status forbids the step, or Okta's own reason.
 * A 404 for a user that is there is Okta's way to say that it is DEPROVISIONED.
 */
export function explainRefusal(response: ActionResponse, user: User, step: Pick<UserStep, "done" | "from">): LongarmError {
  const reason = explain(response);
  const isOfState = reason.code === "invalid_state" || response.status === 404 || (step.from !== undefined && step.from !== user.status);
  return isOfState ? stepImpossible(user, step, reason) : reason;
}

/** Throws why Okta refused a step that leaves no trace by which it could be found done: the user is absent, its status, Okta's reason. */
export async function throwRefusal(
  rest: ActionRest,
  reference: string,
  refusal: { response: ActionResponse; done: string },
): Promise<never> {
  const { response, done } = refusal;
  if (!mayTellOfState(response)) throw explain(response);
  const { user } = await requireUser(rest, reference);
  throw explainRefusal(response, user, { done });
}

/** Brings a user to a status; one that has it is left alone. Throws `user_not_found`, `invalid_state`, or Okta's reason. */
export async function bringUserTo(rest: ActionRest, reference: string, step: UserStep): Promise<{ status: string; changed: boolean }> {
  const { user } = await requireUser(rest, reference);
  if (user.status === step.wanted) return { status: step.wanted, changed: false };
  if (step.from !== undefined && user.status !== step.from) throw stepImpossible(user, step);
  return { status: step.wanted, changed: await take(rest, user, step) };
}

// A refusal may only say that somebody else has done it meanwhile: the status decides, not Okta's text. A try of our own that was lost is
// found by its read-back and comes here as done.
async function take(rest: ActionRest, { id, status }: User, step: UserStep): Promise<boolean> {
  const plan = change(`user ${id}`, "/status", { from: status, to: step.wanted });
  const ifUnknown = readingState(userPath(id), (body) => readUser(body).status === step.wanted);
  const response = await rest.post({ path: userPath(id, "lifecycle", step.verb), plan, ifUnknown });
  if (isDone(response)) return true;
  if (!mayTellOfState(response)) throw explain(response);
  const { user } = await requireUser(rest, id);
  if (user.status !== step.wanted) throw explainRefusal(response, user, step);
  return false;
}
