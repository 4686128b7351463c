import { LongarmError } from "@longarm/shared";
import type { ActionRest, WritePlan } from "@longarm/spoke";
import Type from "typebox";
import { isObject } from "../../answers.ts";
import { explain } from "../../errors.ts";
import { readingState } from "../../read-back.ts";
import { nullable } from "../../schemas.ts";
import { hookPath, type Hook, readHook, requireHook } from "./hook.ts";
import { change } from "../../plan.ts";

/** The hook after a step that Okta took, or that it stood so already; or Okta's refusal and the hook as it is. */
export type StepOutcome =
  | { readonly kind: "done"; readonly hook: Hook; readonly changed: boolean }
  | { readonly kind: "refused"; readonly hook: Hook; readonly reason: LongarmError };

interface Step {
  readonly verb: "activate" | "deactivate" | "verify";
  readonly isDone: (hook: Hook) => boolean;
  readonly plan: WritePlan;
}

// A refusal may only say that the hook stands so by now, such as by our own earlier try: its state decides, not Okta's text.
async function take(rest: ActionRest, id: string, { verb, isDone, plan }: Step): Promise<StepOutcome> {
  const ifUnknown = readingState(hookPath(id), (body) => isDone(readHook(body)), "itself");
  const response = await rest.post({ path: hookPath(id, "lifecycle", verb), plan, isAnswer: isObject, ifUnknown });
  if (response.status >= 200 && response.status < 300) return { kind: "done", hook: readHook(response.body), changed: true };
  if (![400, 403, 404].includes(response.status)) throw explain(response);
  const hook = await requireHook(rest, id);
  return isDone(hook) ? { kind: "done", hook, changed: false } : { kind: "refused", hook, reason: explain(response) };
}

const verbs = { ACTIVE: "activate", INACTIVE: "deactivate" } as const;

/** Brings a hook to a status; one that has it is left alone. Throws `hook_not_found`, or Okta's reason. */
export async function bringToStatus(
  rest: ActionRest,
  id: string,
  wanted: keyof typeof verbs,
): Promise<{ readonly hook: Hook; readonly changed: boolean }> {
  const before = await requireHook(rest, id);
  const isDone = ({ status }: Hook) => status === wanted;
  if (isDone(before)) return { hook: before, changed: false };
  const outcome = await take(rest, id, {
    verb: verbs[wanted],
    isDone,
    plan: change(`event hook ${id}`, "/status", { from: before.status, to: wanted }),
  });
  if (outcome.kind === "refused") throw outcome.reason;
  return { hook: outcome.hook, changed: outcome.changed };
}

/** Is this hook verified? */
export function isVerified({ verificationStatus }: Hook): boolean {
  return verificationStatus === "VERIFIED";
}

/** Lets Okta ask the hook's endpoint for the proof that it wants to be called. Throws `hook_not_found` when the hook has gone. */
export function verify(rest: ActionRest, id: string): Promise<StepOutcome> {
  const plan = change(`event hook ${id}`, "/verificationStatus", { from: null, to: "VERIFIED" });
  return take(rest, id, { verb: "verify", isDone: isVerified, plan });
}

/** Why a hook is still not verified, as an output. */
export const verificationProblemSchema = nullable(
  Type.String({ description: "Why Okta did not verify the endpoint; null when it did or was not asked to." }),
);

/** Verifies an active hook that is not verified. The hook itself stands whatever the endpoint answers, so a refusal is told, not thrown. */
export async function verifyIfWanted(
  rest: ActionRest,
  hook: Hook,
  isWanted: boolean,
): Promise<{ readonly hook: Hook; readonly verificationProblem: string | null }> {
  if (!isWanted || hook.status !== "ACTIVE" || isVerified(hook)) return { hook, verificationProblem: null };
  const outcome = await verify(rest, hook.id);
  return { hook: outcome.hook, verificationProblem: outcome.kind === "refused" ? outcome.reason.message : null };
}
