import type { InflictedFault } from "../faults/inflict.ts";
import { type Case, type Evidence, type FoundRun, isAccepted } from "./evidence.ts";
import { callsOf, touches } from "./timeline.ts";

/**
 * What may be wrong with a run:
 * `lost` it was accepted and cannot be found, or stands twice · `stuck` it has no final status · `duplicate` a create or once was applied
 * more than once · `misreported` its status is not what the org holds · `unexplained` it ends unknown, though nothing was ambiguous ·
 * `incoherent` its log breaks its own rules.
 */
export const sorts = ["lost", "duplicate", "misreported", "stuck", "unexplained", "incoherent"] as const;
export type Sort = (typeof sorts)[number];

/** Something that is wrong with one run. */
export interface Finding {
  readonly sort: Sort;
  readonly key: string;
  readonly runId: string | null;
  readonly action: string;
  readonly sentence: string;
}

const finals = new Set(["succeeded", "failed", "cancelled", "outcome_unknown"]);

/** Everything that is wrong, run by run. */
export function judge(evidence: Evidence): readonly Finding[] {
  return evidence.cases.flatMap((one) => {
    const found = judgeCase(one, evidence);
    const { plan, runIds } = one;
    return found.map(([sort, sentence]) => ({
      ...{ sort, sentence, key: plan.key, runId: runIds[0] ?? null, action: plan.body.action },
    }));
  });
}

type Fault = readonly [Sort, string];

function judgeCase(one: Case, evidence: Evidence): readonly Fault[] {
  const { plan, run, effects, runIds } = one;
  if (!isAccepted(one)) {
    if (effects.length === 0 || plan.expected === null) return [];
    return [["misreported", `it was refused, and the org holds ${effects.length} of its effects`]];
  }
  if (runIds.length > 1) return [["lost", `one key stands for ${runIds.length} runs: ${runIds.join(", ")}`]];
  if (!run) return [["lost", "it was accepted and cannot be found"]];
  if (run.action !== plan.body.action) return [["lost", `a run of ${run.action} stands in its place`]];
  if (!finals.has(run.status)) return [["stuck", `it is still ${run.status}`]];
  return [...judgeEffects(one, run), ...judgeUnknown(run, evidence), ...judgeLog(run)];
}

function judgeEffects({ plan, effects }: Case, { status, error }: FoundRun): readonly Fault[] {
  if (plan.expected === null) return [];
  const applied = effects.length;
  const faults: Fault[] = [];
  const mayRepeat = plan.effect === "converge" || plan.effect === "read";
  if (applied > 1 && !mayRepeat) faults.push(["duplicate", `its effect was applied ${applied} times`]);
  if (applied === 0 && status === "succeeded") faults.push(["misreported", "it succeeded, and nothing was applied"]);
  if (applied > 0 && (status === "failed" || status === "cancelled"))
    faults.push(["misreported", `it is ${status} (${error?.code}: ${error?.message}), and its effect was applied`]);
  return faults;
}

/** Kinds after which nothing may be in doubt: nobody is taken for dead, or the answer says that nothing was done. */
function isAmbiguous({ kind }: InflictedFault): boolean {
  return !/\.pause$|\.latency$|^org\.rateLimited$|^store\.|^clock\./.test(kind);
}

function judgeUnknown({ status, log, error }: FoundRun, { faults, controllers }: Evidence): readonly Fault[] {
  if (status !== "outcome_unknown") return [];
  const calls = callsOf(log);
  const isExplained = faults.some((fault) => isAmbiguous(fault) && calls.some((call) => touches(fault, call, controllers)));
  return isExplained ? [] : [["unexplained", `it ends unknown (${error?.message}), though no fault that makes doubt struck its calls`]];
}

function judgeLog({ log, status }: FoundRun): readonly Fault[] {
  const faults: Fault[] = [];
  const ends = log.filter(({ kind }) => kind === "completed");
  if (ends.length !== 1) faults.push(["incoherent", `its log ends ${ends.length} times`]);
  if (ends[0] && ends[0].facts["status"] !== status) faults.push(["incoherent", `its log ends ${String(ends[0].facts["status"])}`]);
  let epoch = 0;
  for (const record of log) {
    if (record.epoch < epoch) faults.push(["incoherent", `record ${record.sequence} of epoch ${record.epoch} follows epoch ${epoch}`]);
    epoch = Math.max(epoch, record.epoch);
  }
  const afterEnd = log.at(-1)?.sequence !== ends[0]?.sequence;
  if (ends.length === 1 && afterEnd) faults.push(["incoherent", "its log goes on after its end"]);
  return faults;
}
