import { LongarmError } from "@longarm/shared";
import type { SelectorShortForm } from "@longarm/shared/selector";
import { joinSelectors } from "@longarm/shared/selector";
import { type PlacementPlan, type PlacementSource, resolvePlacement } from "./place.ts";

/** What an agent must report to be given a call whose credential is this reference, as CEL. */
export function referenceCondition(reference: string): string {
  return `'${reference}' in facts.credentials`;
}

/**
 * `resolvePlacement` for a connection whose credential is a reference (absent: it is none). Only agents resolve one, and of these only
 * those that know it: their knowing is required at every stage, "either" means agents, and `whenNone: local` fails. Throws
 * `placement_not_allowed` where only local calls are left.
 */
export function planPlacement(
  placement: PlacementSource,
  { on, reference }: { readonly on?: string | SelectorShortForm | undefined; readonly reference?: string | undefined },
): PlacementPlan {
  if (reference === undefined) return resolvePlacement(placement, on);
  const asked = on === undefined && placement.on === "either" ? ({ ...placement, on: "agent" } as const) : placement;
  const plan = resolvePlacement(asked, on);
  if (plan.kind === "local") {
    const message = `The credential is the reference "${reference}", which only agents resolve, so the call may not be made locally; let the connection's calls run on agents.`;
    throw new LongarmError("placement_not_allowed", message, { details: { reference } });
  }
  const stages = plan.stages.map((stage) => ({ ...stage, require: joinSelectors(stage.require, referenceCondition(reference)) ?? "true" }));
  return { ...plan, stages, whenNone: plan.whenNone === "local" ? "fail" : plan.whenNone };
}
