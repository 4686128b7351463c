import type { InflictedFault } from "../faults/inflict.ts";
import { partsOf } from "../faults/kinds.ts";
import type { Case, FoundRun } from "./evidence.ts";

// What a fault leaves behind is over by then: a clock is read anew each second, an agent beats each second.
const aftermathMs = 3_000;

const way = /^orgLink\.|^org\.|^(?:controller|agent)\.(?:pause|freeze)$/;
const between = /^(?:agent|controller|agentLink|controllerLink|broker|store)\./;

/** The faults that a run may fail of, by its error's code; every other code tells of a fault in the product or in the load. */
const reasons: Readonly<Record<string, RegExp>> = {
  target_reset: way,
  target_timeout: way,
  target_unreachable: way,
  target_error: /^org\.errorAfterApply$/,
  unexpected_response: /^org\.halfBody$/,
  rate_limited: /^org\.rateLimited$/,
  agent_lost: between,
  // It refuses what comes too late by the clocks, too.
  agent_refused: new RegExp(`${between.source}|^clock\\.`),
  broker_unavailable: between,
  storage_full: /^store\./,
};

/** The kinds of fault that explain a failure with this code; undefined: none does. */
export function reasonOf(code: string | undefined): RegExp | undefined {
  return code === undefined || !Object.hasOwn(reasons, code) ? undefined : reasons[code];
}

/** Was the run to end like this because its load wanted it to? */
export function isWished({ plan }: Pick<Case, "plan">, { error }: Pick<FoundRun, "error">): boolean {
  if (error?.code === "deadline_exceeded") return plan.body.deadline !== undefined;
  return error?.code === "cancelled" && plan.cancelAfterMs !== undefined;
}

/** Why nothing that was inflicted explains that a run failed; undefined: something does, or the load wished it. */
export function whyUnexplained(one: Case, run: FoundRun, faults: readonly InflictedFault[]): string | undefined {
  if (isWished(one, run)) return undefined;
  const code = run.error?.code ?? "nothing";
  const reason = reasonOf(code);
  if (!reason) return `it failed of ${code} (${run.error?.message}), which no fault of the schedule explains`;
  const isExplained = faults.some((fault) => reason.test(fault.kind) && isOnItsWay(fault, one) && overlaps(fault, one, run));
  return isExplained ? undefined : `it failed of ${code} (${run.error?.message}), and no fault that leads to it struck while it was open`;
}

function isOnItsWay({ kind, target, met, trouble }: InflictedFault, { plan }: Case): boolean {
  if (met === 0 || (trouble !== null && met === null && partsOf(kind).place === "org")) return false;
  const { place } = partsOf(kind);
  if (place === "orgLink") return target === `${plan.body.connection} link`;
  if (place === "agent" || place === "agentLink") return plan.body.connection === "site";
  return true;
}

function overlaps({ fromMs, untilMs }: InflictedFault, { submitted }: Case, { log }: FoundRun): boolean {
  const end = log.find(({ kind }) => kind === "completed");
  const endMs = end ? Date.parse(end.time) : submitted.lastMs;
  return fromMs <= endMs && untilMs + aftermathMs >= submitted.firstMs;
}
