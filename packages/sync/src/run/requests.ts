import { allOf, anyOf, compare, everyStatus } from "@longarm/okta";
import type { Checkpoint } from "../decide/checkpoint.ts";
import { logSinceMs, type Step, type SyncPlan } from "../decide/plan.ts";
import type { ChildSource } from "../decide/streams.ts";
import type { PageRequest } from "../ports/pages.ts";

function moment(ms: number): string {
  return new Date(ms).toISOString();
}

function inputOf(step: Step): Readonly<Record<string, unknown>> {
  if (step.sinceMs === null || !step.isNarrowed) return {};
  const since = moment(step.sinceMs);
  const changed = compare("lastUpdated", "gt", since);
  // A plain listing leaves out DEPROVISIONED users, and so does a filter that does not name them.
  if (step.name === "users") return { filter: allOf(everyStatus, changed) };
  return { filter: anyOf(changed, compare("lastMembershipUpdated", "gt", since)) };
}

/** What a step asks for. The log is followed, so that its cursor may be gone on from with the next run. */
export function requestOf(step: Step, plan: SyncPlan, checkpoint: Checkpoint): PageRequest {
  if (step.name === "logs") return { action: step.action, input: { since: moment(logSinceMs(plan, checkpoint)), follow: true } };
  const isApart = step.children.length + step.around.length > 0;
  return { action: step.action, input: inputOf(step), ...(isApart && { isApart }) };
}

/** What is asked for under an object. */
export function childRequestOf({ action, input }: ChildSource, parent: string): PageRequest {
  return { action, input: { [input]: parent } };
}
