import { sealedMarker } from "@longarm/shared";
import { mapSecrets, toRequestForm, type ActionContext, type AnyAction, type Change, type PlannedCall } from "@longarm/spoke";
import type { RunCalls, StoppedAt } from "./run-calls.ts";
import { maskMembers } from "../sealed-members.ts";

/** What a dry run gives as its output. */
export interface DryRunOutput {
  readonly dryRun: true;
  /** The changing calls that would be sent, in order; none: nothing would be changed. */
  readonly calls: readonly PlannedCall[];
  /** What would be other than it is in the org now. */
  readonly difference: readonly Change[];
  /** What the action gives when it changes nothing; null when it would change something, since the answer is not known. */
  readonly output: unknown;
}

/**
 * Runs the action up to its first changing call: its reads really go out, the change does not. Secrets of the input are masked
 * wherever they would stand. Throws what the action throws before, such as that the object's state does not allow it.
 */
export async function tryOut(
  action: AnyAction,
  of: { readonly context: ActionContext; readonly rest: RunCalls; readonly input: unknown },
): Promise<DryRunOutput> {
  try {
    const output: unknown = await action.run(of.context, of.input);
    if (!of.rest.stoppedAt) return { dryRun: true, calls: [], difference: [], output: maskMembers(action.output, output) };
  } catch (reason) {
    if (!of.rest.stoppedAt) throw reason;
  }
  const { request } = of.rest.stoppedAt;
  const { changes, followedBy = [] } = request.plan;
  const plan = { calls: [firstOf(of.rest.stoppedAt), ...followedBy], difference: changes };
  return { dryRun: true, ...(mask(plan, secretsIn(action, of.input)) as typeof plan), output: null };
}

function firstOf({ method, request }: StoppedAt): PlannedCall {
  const { path, query } = toRequestForm(request);
  return {
    method,
    path,
    ...(query.length > 0 && { query: Object.fromEntries(query) }),
    ...(request.body !== undefined && { body: request.body }),
  };
}

function secretsIn(action: AnyAction, input: unknown): ReadonlySet<unknown> {
  const found = new Set<unknown>();
  mapSecrets(action.input, input, (member) => found.add(member) && member);
  return found;
}

/** A copy in which each value that is one of the secrets is masked, wherever the action has put it. */
function mask(value: unknown, secrets: ReadonlySet<unknown>): unknown {
  if (secrets.has(value)) return sealedMarker;
  if (Array.isArray(value)) return value.map((item) => mask(item, secrets));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mask(member, secrets)]));
}
