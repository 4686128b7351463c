import type { InflictedFault } from "../faults/inflict.ts";
import type { FaultKind } from "../faults/kinds.ts";
import type { RunPlan } from "../load/run-plan.ts";
import type { Case, Evidence, FoundRun, LedgerEntry, LogRecord } from "./evidence.ts";

/** Unix milliseconds that the evidence of tests begins at. */
export const startMs = Date.parse("2026-01-01T00:00:00Z");

/** A record of a log so many milliseconds after the start. */
export function record(kind: string, atMs: number, more: { readonly epoch?: number; readonly facts?: object } = {}): LogRecord {
  const facts = { ...more.facts } as Record<string, unknown>;
  return { sequence: atMs, time: new Date(startMs + atMs).toISOString(), epoch: more.epoch ?? 1, kind, facts };
}

const local = { effect: "create", executor: { kind: "local" } };

/** The log of a run that made one changing call, by the controller `ctl-a`. */
export function logOf(status: string): readonly LogRecord[] {
  const outcome = { succeeded: "applied", outcome_unknown: "unknown" }[status] ?? "rejected";
  return [
    record("claimed", 10, { facts: { controllerId: "ctl-a" } }),
    record("intent", 20, { facts: { ...local, callId: "call-1", attempt: 1 } }),
    record("outcome", 200, { facts: { ...local, id: "call-1", attempt: 1, outcome } }),
    record("completed", 210, { facts: { status } }),
  ];
}

/** A run with that status, and whatever is different. */
export function found(status: string, more: Partial<FoundRun> = {}): FoundRun {
  const code = { cancelled: "cancelled", outcome_unknown: "outcome_unknown" }[status] ?? "target_reset";
  const error = status === "succeeded" ? null : { code, message: "something" };
  return { id: "run-1", action: "okta.user.create", status, error, log: logOf(status), ...more };
}

/** An effect in the ledger. */
export const effect: LedgerEntry = { sequence: 1, effect: "user.created", object: "00u1", changed: true, at: "", requestId: "r1" };

const plan: RunPlan = {
  ...{ index: 0, key: "k-0", atMs: 0, effect: "create" },
  body: { action: "okta.user.create", connection: "home", lane: "standard", input: {} },
  expected: { effect: "user.created", of: { user: "k-0@example.com" } },
};

/** A submission that was accepted, whose run succeeded and was applied once, and whatever is different. */
export function caseOf(more: Partial<Omit<Case, "plan">> & { readonly plan?: Partial<RunPlan> } = {}): Case {
  const { plan: otherPlan, ...rest } = more;
  const submitted = { kind: "accepted", key: "k-0", runId: "run-1", tries: 1, firstMs: startMs, lastMs: startMs } as const;
  return { plan: { ...plan, ...otherPlan }, submitted, runIds: ["run-1"], run: found("succeeded"), effects: [effect], ...rest };
}

/** A fault that lasted from and to so many milliseconds after the start. */
export function fault(kind: FaultKind, target: string, [fromMs, untilMs]: readonly [number, number]): InflictedFault {
  const times = { fromMs: startMs + fromMs, untilMs: startMs + untilMs, atMs: fromMs, forMs: untilMs - fromMs };
  return { ...times, id: fromMs, kind, target, amount: 0, met: null, trouble: null };
}

/** Evidence of these cases under these faults. */
export function evidenceOf(cases: readonly Case[], faults: readonly InflictedFault[] = [], more: Partial<Evidence> = {}): Evidence {
  const controllers = new Map([
    ["ctl-a", "controller-1"],
    ["ctl-b", "controller-2"],
  ]);
  return { cases, faults, controllers, agents: ["agent-1", "agent-2"], notices: [], crashes: [], healedMs: startMs + 60_000, ...more };
}
