import assert from "node:assert/strict";
import { LongarmError, newId, type CallIdentity, type Intent, type LogEntry, type Outcome } from "@longarm/shared";
import { suite } from "../../../../test/support/suite.ts";
import { callKnowledge, readBackBranch } from "./call-progress.ts";
import { foldRecord, freshRun, type RunState } from "./fold-run.ts";

const test = suite("what the log knows of a call");
const call: CallIdentity = {
  ...{ callId: newId("call"), branch: "", ordinal: 0, method: "POST", target: "/api/v1/users", bodyHash: new Uint8Array() },
};
const attempt = { call, attempt: 1, effect: "create", executor: { kind: "local", why: "" } } as const;
const intent: Intent = { kind: "intent", ...attempt, notAfterMs: 0, resumeAt: null };
const outcome: Outcome = {
  ...{ kind: "outcome", ...attempt, result: "response", status: 200, headers: {}, body: null, record: {}, queuedMs: 0 },
  ...{ error: null, superseded: false },
};
const lost: Outcome = { ...outcome, result: "unknown", status: null, superseded: true };

function fold(...entries: readonly LogEntry[]): RunState {
  return entries.reduce((state, entry, n) => foldRecord(state, { epoch: 1, timeMs: 100 + n, entries: [entry] }), freshRun);
}

function progress(...entries: readonly LogEntry[]) {
  const knowledge = callKnowledge(fold(...entries), 0);
  assert(knowledge.kind === "unsettled");
  const { open, attempts, reads, isDoubted } = knowledge.progress;
  return { open: open?.attempt ?? null, attempts, reads, isDoubted };
}

test("is nothing of a call that was never asked for", () => {
  assert.deepEqual(progress(), { open: null, attempts: 0, reads: 0, isDoubted: false });
});

test("is in doubt while an intent has no outcome", () => {
  assert.deepEqual(progress(intent), { open: 1, attempts: 1, reads: 0, isDoubted: true });
  assert.deepEqual(progress(intent, { ...outcome, superseded: true, result: "not_sent" }, { ...intent, attempt: 2 }), {
    ...{ open: 2, attempts: 2, reads: 0, isDoubted: true },
  });
});

test("stays in doubt behind an outcome that is unknown, but not behind a call that was not sent or limited", () => {
  assert.equal(progress(intent, lost).isDoubted, true);
  assert.equal(progress(intent, { ...lost, result: "response", status: 503 }).isDoubted, true);
  assert.equal(progress(intent, { ...lost, result: "not_sent" }).isDoubted, false);
  assert.equal(progress(intent, { ...lost, result: "response", status: 429 }).isDoubted, false);
});

test("is never in doubt of a read", () => {
  assert.equal(progress({ ...lost, effect: "read" }).isDoubted, false);
});

test("counts the reads that were to settle it, and takes none of them for the call itself", () => {
  const read: Outcome = { ...outcome, effect: "read", call: { ...call, branch: readBackBranch } };
  assert.deepEqual(progress(intent, lost, read, { ...read, attempt: 2 }), { open: null, attempts: 1, reads: 2, isDoubted: true });
});

test("is its outcome when that was not superseded, and no other call's", () => {
  const state = fold(intent, outcome);
  assert.deepEqual(callKnowledge(state, 0), { kind: "settled", outcome, isInDoubt: false });
  assert.equal(callKnowledge(state, 1).kind, "unsettled");
});

test("is in doubt of what ended without an answer, behind a lost try or by itself, whoever reads the log", () => {
  const isInDoubt = (...entries: readonly LogEntry[]): boolean => {
    const knowledge = callKnowledge(fold(...entries), 0);
    assert(knowledge.kind === "settled");
    return knowledge.isInDoubt;
  };
  const last = { ...lost, superseded: false };
  assert.equal(isInDoubt(intent, last), true);
  assert.equal(isInDoubt(intent, { ...last, result: "response", status: 503 }), true);
  assert.equal(isInDoubt(intent, lost, { ...intent, attempt: 2 }, { ...last, attempt: 2, result: "not_sent" }), true);
  assert.equal(isInDoubt(intent, { ...last, result: "not_sent" }), false);
  assert.equal(isInDoubt(intent, lost, { ...intent, attempt: 2 }, { ...outcome, attempt: 2 }), false);
  assert.equal(isInDoubt({ ...last, effect: "read" }), false);
});

test("stays in doubt of a try that was forgotten by its owner, whatever became of a later one", () => {
  const second = { ...intent, attempt: 2 };
  const limited: Outcome = { ...outcome, attempt: 2, status: 429, superseded: true };
  assert.deepEqual(progress(intent, second, limited), { open: null, attempts: 2, reads: 0, isDoubted: true });
  const settled = callKnowledge(fold(intent, second, { ...lost, attempt: 2, result: "not_sent", superseded: false }), 0);
  assert(settled.kind === "settled" && settled.isInDoubt);
});

test("counts no try that a limit held back or that was never on its way", () => {
  const elsewhere = new LongarmError("agent_lost").toBody();
  const entries: LogEntry[] = [
    ...[1, 2, 3].map((attempt): Outcome => ({ ...outcome, attempt, status: 429, superseded: true })),
    { ...lost, attempt: 4, result: "not_sent", error: elsewhere },
    { ...lost, attempt: 5 },
  ];
  const knowledge = callKnowledge(fold(...entries), 0);
  assert(knowledge.kind === "unsettled");
  assert.deepEqual([knowledge.progress.attempts, knowledge.progress.counted], [5, 1]);
});

test.run();
