import type { InflictedFault } from "../faults/inflict.ts";
import { type Case, type Evidence, type FoundRun, isAccepted, type LogRecord } from "./evidence.ts";
import { isWished, whyUnexplained } from "./failures.ts";
import { callsOf, touches } from "./timeline.ts";

/**
 * What may be wrong with a run:
 * `lost` it was accepted and cannot be found, or stands twice · `stuck` it has no final status · `duplicate` a create or once was applied
 * more than once · `blind` a create or once was sent again although nobody knew how the try before had ended, and nobody had looked ·
 * `misreported` its status is not what the org holds, or what its own calls say · `unexplained` it ends unknown, though
 * nothing was ambiguous · `unfounded` it failed or was cancelled, and neither a fault nor its load explains that · `incoherent` its log
 * breaks its own rules.
 */
export const sorts = ["lost", "duplicate", "blind", "misreported", "stuck", "unexplained", "unfounded", "incoherent"] as const;
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
  return [
    ...judgeEffects(one, run),
    ...judgeRepeats(one, run),
    ...judgeUnknown(one, run, evidence),
    ...judgeFailure(one, run, evidence),
    ...judgeLog(run),
  ];
}

function judgeEffects({ plan, effects }: Case, { status, error }: FoundRun): readonly Fault[] {
  if (plan.expected === null) return [];
  const applied = effects.length;
  const faults: Fault[] = [];
  const mayRepeat = plan.effect === "converge" || plan.effect === "read";
  if (applied > 1 && !mayRepeat) faults.push(["duplicate", `its effect was applied ${applied} times`]);
  if (applied === 0 && status === "succeeded") faults.push(["misreported", "it succeeded, and nothing was applied"]);
  if (applied > 0 && status === "failed" && !isWished({ plan }, { error }))
    faults.push(["misreported", `it is ${status} (${error?.code}: ${error?.message}), and its effect was applied`]);
  return faults;
}

/** What is doubled only by luck: two sendings of which the org refused one, or that never reached it. */
function judgeRepeats({ plan }: Case, { log }: FoundRun): readonly Fault[] {
  if (plan.effect !== "create" && plan.effect !== "once") return [];
  const unknown = new Set<string>();
  for (const { kind, facts } of log) {
    if (kind === "intent" && unknown.has(String(facts["callId"])))
      return [["blind", `try ${String(facts["attempt"])} was sent though nobody knew how the one before had ended`]];
    if (kind !== "outcome") continue;
    // A look at what a create has made ends the doubt; of a once it tells nothing.
    if (facts["effect"] === "read" && plan.effect === "create") unknown.clear();
    else if (facts["outcome"] === "unknown") unknown.add(String(facts["id"]));
    else unknown.delete(String(facts["id"]));
  }
  return [];
}

/** Kinds after which nothing may be in doubt: nobody is taken for dead, or the answer says that nothing was done. */
function isAmbiguous({ kind, met }: InflictedFault): boolean {
  return met !== 0 && !/\.pause$|\.latency$|^org\.rateLimited$|^store\.|^clock\./.test(kind);
}

/** Kinds that leave a call in doubt whose state can be read back: the broker's are waited out. */
function isOnCall(fault: InflictedFault): boolean {
  return isAmbiguous(fault) && !fault.kind.startsWith("broker.");
}

function judgeUnknown({ plan }: Case, { status, log, error }: FoundRun, { faults, controllers }: Evidence): readonly Fault[] {
  if (status !== "outcome_unknown") return [];
  if (plan.effect === "read") return [["unexplained", "it only reads, and ends unknown"]];
  const calls = callsOf(log).filter(({ isChanging }) => isChanging);
  const excuses = faults.filter(plan.effect === "once" ? isAmbiguous : isOnCall);
  const isExplained = excuses.some((fault) => calls.some((call) => touches(fault, call, controllers)));
  return isExplained ? [] : [["unexplained", `it ends unknown (${error?.message}), though no fault that makes doubt struck its calls`]];
}

/** Failing is no way out, and whoever stops a run on request tells what it changed. */
function judgeFailure(one: Case, run: FoundRun, { faults }: Evidence): readonly Fault[] {
  if (run.status !== "failed" && run.status !== "cancelled") return [];
  const why = whyUnexplained(one, run, faults);
  return [...(why === undefined ? [] : [["unfounded", why] as const]), ...(isWished(one, run) ? judgeStopped(one, run) : [])];
}

function judgeStopped({ plan, effects }: Case, { status, log }: FoundRun): readonly Fault[] {
  const words = lastWords(log);
  const faults: Fault[] = [];
  if (words.includes("unknown")) faults.push(["misreported", `it is ${status}, and of one of its calls nobody knows what it did`]);
  const told = words.filter((word) => word === "applied").length;
  const isTrue = plan.expected === null || told === Math.min(effects.length, 1);
  if (!isTrue) faults.push(["misreported", `it is ${status}, its calls tell of ${told} changes, and the org holds ${effects.length}`]);
  return faults;
}

/** What the log says last of each changing call; one that was begun and of which it says nothing is unknown. */
function lastWords(log: readonly LogRecord[]): readonly string[] {
  const words = new Map<string, string>();
  for (const { kind, facts } of log) {
    if (kind === "intent") words.set(String(facts["callId"]), "unknown");
    if (kind === "outcome" && facts["effect"] !== "read") words.set(String(facts["id"]), String(facts["outcome"]));
  }
  return [...words.values()];
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
