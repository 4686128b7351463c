import assert from "node:assert/strict";
import { newId, type CallIdentity, type EffectClass, type Intent, type Outcome } from "@longarm/shared";
import { suite } from "../../../../test/support/suite.ts";
import { readBackBranch } from "./call-progress.ts";
import { doubtsOf, firstInDoubt, settleDoubt } from "./doubts.ts";

const test = suite("what a run's log leaves in doubt");
const callId = newId("call");
const call: CallIdentity = { callId, branch: "", ordinal: 0, method: "POST", target: "/things", bodyHash: new Uint8Array() };

function begun(attempt: number, effect: EffectClass = "create", of: CallIdentity = call): Intent {
  return { kind: "intent", call: of, attempt, effect, executor: { kind: "local", why: "" }, notAfterMs: 0, resumeAt: null };
}

function ended(attempt: number, result: Outcome["result"], more: Partial<Outcome> = {}): Outcome {
  const nothing = { status: null, headers: {}, body: null, record: {}, queuedMs: 0, error: null, superseded: false } as const;
  const { notAfterMs: _, resumeAt: __, ...base } = begun(attempt);
  return { ...base, ...nothing, ...more, kind: "outcome", result };
}

const answered = (attempt: number, status: number, more: Partial<Outcome> = {}) => ended(attempt, "response", { status, ...more });

interface Case {
  readonly intents: readonly Intent[];
  readonly outcomes: readonly Outcome[];
  readonly isLeft: boolean;
}

const cases: Readonly<Record<string, Case>> = {
  "is nothing of a call that was answered": { intents: [begun(1)], outcomes: [answered(1, 201)], isLeft: false },
  "is nothing of a call that was refused": { intents: [begun(1)], outcomes: [answered(1, 400)], isLeft: false },
  "is nothing of a call that was not sent": { intents: [begun(1)], outcomes: [ended(1, "not_sent")], isLeft: false },
  "is nothing of a read": { intents: [begun(1, "read")], outcomes: [], isLeft: false },
  "is nothing of the reads that tell of a call": {
    intents: [begun(1, "create", { ...call, branch: readBackBranch })],
    outcomes: [],
    isLeft: false,
  },
  "is a call that was begun, and nobody told how it ended": { intents: [begun(1)], outcomes: [], isLeft: true },
  "is a call whose answer was lost": { intents: [begun(1)], outcomes: [ended(1, "unknown")], isLeft: true },
  "is a call that a gateway answered for": { intents: [begun(1)], outcomes: [answered(1, 524)], isLeft: true },
  "is a call whose repeat was not sent": {
    ...{ intents: [begun(1), begun(2)], outcomes: [ended(1, "unknown", { superseded: true }), ended(2, "not_sent")], isLeft: true },
  },
  "is a call that was begun and forgotten, although a later try of it was held back by a limit": {
    ...{ intents: [begun(1), begun(2)], outcomes: [answered(2, 429, { superseded: true })], isLeft: true },
  },
  "is nothing of a call whose repeat was answered": {
    ...{ intents: [begun(1), begun(2)], outcomes: [ended(1, "unknown", { superseded: true }), answered(2, 200)], isLeft: false },
  },
};
for (const [title, { intents, outcomes, isLeft }] of Object.entries(cases))
  test(title, () => assert.equal(firstInDoubt(doubtsOf({ intents, outcomes })) !== undefined, isLeft));

test("is nothing more of a call that a read has told of", () => {
  assert.equal(firstInDoubt(settleDoubt(doubtsOf({ intents: [begun(1)], outcomes: [] }), callId)), undefined);
});

test.run();
