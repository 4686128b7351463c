import assert from "node:assert/strict";
import { suite } from "../../support/suite.ts";
import { record, startMs } from "./evidence.fixture.ts";
import { callsOf, withTrueTimes } from "./timeline.ts";

const test = suite("the calls of a run by its log");

const by = (name: string, more: object = {}) => ({ facts: { executor: { kind: "agent", name }, ...more } });
const claimed = record("claimed", 0, { facts: { controllerId: "ctl-a" } });

test("begins a call at the record before it, and ends it at its outcome", () => {
  const [call] = callsOf([claimed, record("outcome", 200, by("agent-1", { effect: "read" }))]);
  assert.deepEqual(call, { fromMs: startMs, toMs: startMs + 200, executor: "agent-1", controllerId: "ctl-a", isChanging: false });
});

test("begins a changing call at its intent, whatever stands between that and its outcome", () => {
  const intent = record("intent", 100, by("agent-1", { callId: "c1", attempt: 1 }));
  const outcome = record("outcome", 900, by("agent-1", { id: "c1", attempt: 1 }));
  const [call] = callsOf([claimed, intent, record("parked", 300), record("resumed", 800), outcome]);
  assert.deepEqual([call?.fromMs, call?.toMs, call?.isChanging], [startMs + 100, startMs + 900, true]);
});

test("goes on with a call though somebody asks meanwhile for the run's end", () => {
  const intent = record("intent", 100, by("agent-1", { callId: "c1", attempt: 1 }));
  const next = record("claimed", 8_000, { epoch: 2, facts: { controllerId: "ctl-b" } });
  const calls = callsOf([claimed, intent, record("cancelRequested", 500), next]);
  const open = { fromMs: startMs + 100, toMs: startMs + 8_000, executor: "agent-1", controllerId: "ctl-a", isChanging: true };
  assert.deepEqual(calls, [open]);
});

test("knows of a call that its controller took along, though not who carried it", () => {
  const next = record("claimed", 8_000, { epoch: 2, facts: { controllerId: "ctl-b" } });
  const [call] = callsOf([claimed, next]);
  assert.deepEqual(call, { fromMs: startMs, toMs: startMs + 8_000, executor: undefined, controllerId: "ctl-a", isChanging: false });
});

test("sets right the times of a clock that was an hour off, and no others", () => {
  const log = [record("claimed", 50), record("outcome", 3_600_200), record("completed", -3_599_700)];
  assert.deepEqual(
    withTrueTimes(log, startMs).map(({ time }) => Date.parse(time) - startMs),
    [50, 200, 300],
  );
});

test.run();
