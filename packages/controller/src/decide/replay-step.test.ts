import assert from "node:assert/strict";
import type { StepBegun, StepEnded } from "@longarm/shared";
import { suite } from "../../../../test/support/suite.ts";
import { judgeStep, knownSteps, mostSteps, passedBy, type StepIdentity } from "./replay-step.ts";

const test = suite("replay of a flow's steps");

const asked: StepIdentity = { path: "0", step: "run", name: "okta.user.get", inputHash: new Uint8Array([1]) };
const begun: StepBegun = { kind: "stepBegun", ...asked, input: null, child: null, untilMs: null };
const ended: StepEnded = { kind: "stepEnded", path: "0", output: null, error: null, atMs: 5 };

test("begins a step that the log does not hold", () => {
  assert.deepEqual(judgeStep(knownSteps([]), asked, 0), { kind: "new" });
});

test("goes on with a step that has begun, and answers one that has ended by its first end", () => {
  assert.deepEqual(judgeStep(knownSteps([begun]), asked, 1), { kind: "underWay", begun });
  const twice = knownSteps([begun, ended, { ...ended, atMs: 9 }]);
  assert.deepEqual(judgeStep(twice, asked, 1), { kind: "ended", begun, ended });
});

const others: readonly [what: string, other: Partial<StepIdentity>, sentence: RegExp][] = [
  ["another name", { name: "okta.user.delete" }, /was run okta\.user\.get in the log and is run okta\.user\.delete now\./],
  ["another kind", { step: "sleep", name: "" }, /is a sleep now/],
  ["another input", { inputHash: new Uint8Array([2]) }, /with another input\./],
];

for (const [what, other, sentence] of others) {
  test(`refuses ${what} in the place of a step, and says which`, () => {
    const verdict = judgeStep(knownSteps([begun, ended]), { ...asked, ...other }, 1);
    assert.match(verdict.kind === "other" ? verdict.sentence : verdict.kind, sentence);
  });
}

test("begins no step beyond the most that a flow may take, but replays them all", () => {
  assert.deepEqual(judgeStep(knownSteps([]), asked, mostSteps), { kind: "tooMany" });
  assert.equal(judgeStep(knownSteps([begun, ended]), asked, mostSteps).kind, "ended");
});

test("names the steps that a flow ended without asking for", () => {
  const steps = knownSteps([begun, { ...begun, path: "1" }]);
  assert.deepEqual(passedBy(steps, new Set(["0"])), ["1"]);
});

test.run();
