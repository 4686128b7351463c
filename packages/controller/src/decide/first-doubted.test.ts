import assert from "node:assert/strict";
import { newId, type CallIdentity, type Intent, type LogEntry, type Outcome } from "@longarm/shared";
import { suite } from "../../../../test/support/suite.ts";
import { firstDoubted } from "./first-doubted.ts";

const test = suite("since when a call may have taken effect");
const callId = newId("call");
const call: CallIdentity = { callId, branch: "", ordinal: 0, method: "POST", target: "/things", bodyHash: new Uint8Array() };

function begun(attempt: number, of: CallIdentity = call): Intent {
  return { kind: "intent", call: of, attempt, effect: "create", executor: { kind: "local", why: "" }, notAfterMs: 0, resumeAt: null };
}

function ended(attempt: number, result: Outcome["result"], status: number | null = null): Outcome {
  const nothing = { headers: {}, body: null, record: {}, queuedMs: 0, error: null, superseded: true } as const;
  const { notAfterMs: _, resumeAt: __, ...base } = begun(attempt);
  return { ...base, ...nothing, kind: "outcome", result, status };
}

const other = begun(1, { ...call, callId: newId("call") });
const cases: Readonly<Record<string, readonly [log: readonly (readonly LogEntry[])[], at: number | undefined]>> = {
  "is never, while it was not begun": [[[other]], undefined],
  "is its first attempt, when nobody told how that ended": [[[other], [begun(1)]], 1],
  "is its first attempt, when its answer was lost": [[[begun(1)], [ended(1, "unknown"), begun(2)]], 0],
  "is its first attempt, when the target broke down over it": [[[begun(1)], [ended(1, "response", 503), begun(2)]], 0],
  "is not an attempt that was not sent": [[[begun(1)], [ended(1, "not_sent"), begun(2)], [ended(2, "unknown")]], 1],
  "is not an attempt that the target turned away": [[[begun(1)], [ended(1, "response", 429)], [begun(2)]], 2],
  "is never, when no attempt was sent": [[[begun(1)], [ended(1, "not_sent")]], undefined],
};
for (const [title, [log, at]] of Object.entries(cases))
  test(title, () => {
    const records = log.map((entries, index) => ({ entries, index }));
    assert.equal(firstDoubted(records, callId)?.index, at);
  });

test.run();
