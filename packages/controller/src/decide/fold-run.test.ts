import assert from "node:assert/strict";
import { newId, type CallIdentity, type Intent, type LogEntry, type Outcome } from "@longarm/shared";
import { suite } from "../../../../test/support/suite.ts";
import { foldRecord, freshRun, type RunState } from "./fold-run.ts";

const test = suite("what a run's log adds up to");
const controllerId = newId("controller");
const call: CallIdentity = {
  callId: newId("call"),
  branch: "",
  ordinal: 0,
  method: "POST",
  target: "/api/v1/users",
  bodyHash: new Uint8Array(),
};
const attempt = { call, attempt: 1, effect: "create", executor: { kind: "local", why: "" } } as const;
const intent: Intent = { kind: "intent", ...attempt, notAfterMs: 0, resumeAt: null };
const outcome: Outcome = {
  kind: "outcome",
  ...attempt,
  result: "response",
  status: 200,
  headers: {},
  body: null,
  record: {},
  queuedMs: 0,
  error: null,
  superseded: false,
};
const parked: LogEntry = { kind: "parked", reason: "no_agent_matches", sentence: "", sinceMs: 1, untilMs: null, ordinal: 0, stage: 0 };

function fold(...records: (readonly LogEntry[])[]): RunState {
  return records.reduce((state, entries, n) => foldRecord(state, { epoch: 1, timeMs: 100 + n, entries }), freshRun);
}

test("the run has started at its first claim, and belongs to its last", () => {
  const other = newId("controller");
  const state = [
    { epoch: 1, timeMs: 10, entries: [{ kind: "claimed", controllerId }] as const },
    { epoch: 2, timeMs: 20, entries: [{ kind: "claimed", controllerId: other }] as const },
  ].reduce(foldRecord, freshRun);
  assert.deepEqual([state.startedAtMs, state.owner, state.epoch], [10, other, 2]);
});

test("a wait ends with whatever the run does next", () => {
  assert.equal(fold([parked]).parked?.reason, "no_agent_matches");
  for (const entry of [intent, outcome, { kind: "resumed" }] satisfies LogEntry[]) assert.equal(fold([parked], [entry]).parked, null);
});

test("nothing behind the end changes the run, except settling an unknown outcome", () => {
  const unknown: LogEntry = { kind: "completed", status: "outcome_unknown", output: null, error: null };
  const state = fold([unknown], [{ kind: "cancelRequested", principal: "p" }, outcome]);
  assert.deepEqual(
    [state.completed?.status, state.cancelRequestedBy, state.outcomes.length, state.endedAtMs],
    ["outcome_unknown", null, 0, 100],
  );
  const resolved: LogEntry = { kind: "resolved", principal: "p", status: "succeeded", note: "seen in the org" };
  assert.equal(fold([unknown], [resolved]).completed?.status, "succeeded");
  assert.equal(fold([{ ...unknown, status: "failed" }], [resolved]).completed?.status, "failed");
});

test("secret outputs were read by the first that reads them, behind the end alone", () => {
  const read = (principal: string): LogEntry => ({ kind: "secretsRead", principal });
  const ended: LogEntry = { kind: "completed", status: "succeeded", output: null, error: null };
  assert.equal(fold([read("eve")], [ended]).secretsRead, null);
  assert.deepEqual(fold([ended], [read("ada")], [read("bob")]).secretsRead, { principal: "ada", atMs: 101 });
});

test("a run that waits for its key has not started, and has once it goes on", () => {
  const at = (timeMs: number, entry: LogEntry) => ({ epoch: 1, timeMs, entries: [entry] });
  const wait = { kind: "parked", reason: "concurrency_key", sentence: "", sinceMs: 2, untilMs: null, ordinal: 0, stage: 0 } as const;
  const waiting = [at(1, { kind: "claimed", controllerId: newId("controller") }), at(2, wait)].reduce(foldRecord, freshRun);
  assert.deepEqual([waiting.startedAtMs, waiting.parked?.reason], [null, "concurrency_key"]);
  const again = foldRecord(waiting, { epoch: 2, timeMs: 5, entries: [{ kind: "claimed", controllerId: newId("controller") }, wait] });
  assert.equal(again.startedAtMs, null);
  assert.equal(foldRecord(again, at(9, { kind: "resumed", starts: true })).startedAtMs, 9);
  const later = foldRecord(freshRun, at(1, { kind: "claimed", controllerId: newId("controller") }));
  assert.equal(foldRecord(later, at(2, { ...wait, reason: "retry" })).startedAtMs, 1);
});

test.run();
