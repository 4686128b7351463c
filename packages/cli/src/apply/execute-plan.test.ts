import assert from "node:assert/strict";
import type { Step } from "@longarm/sync/apply";
import { suite } from "../../../../test/support/suite.ts";
import { executeSteps } from "./execute-plan.ts";
import type { StepError } from "./run-step.ts";

const test = suite("carrying out a plan");

function stepsOf(...users: readonly (readonly [user: string, needs?: number])[]): readonly Step[] {
  return users.map(([user, needs], at) => ({
    ...{ step: at + 1, row: at + 2, user, action: "okta.user.suspend", input: {} },
    ...(needs !== undefined && { needs }),
  }));
}

/** Carries steps out by `run`, and tells what became of them. */
async function carriedOut(steps: readonly Step[], run: (step: Step) => Promise<StepError | undefined>, inFlight = 8) {
  const errors: StepError[] = [];
  const counts: number[] = [];
  const onError = async (error: StepError): Promise<void> => void errors.push(error);
  const tally = await executeSteps(steps, { inFlight, run, onError, onCount: (count) => counts.push(count) });
  return { tally, errors, counts };
}

function failing({ row, step, user }: Step): StepError {
  return { row, step, user, code: "invalid_state", message: "No.", run: "run_1" };
}

test("takes the steps of a user one after the other, and no more users at once than are allowed", async () => {
  const steps = stepsOf(["ada"], ["bob"], ["ADA"], ["cyd"], ["bob"], ["dee"], ["ada"]);
  const [begun, ended] = [[] as Step[], new Set<number>()];
  let most = 0;
  const run = async (step: Step): Promise<undefined> => {
    const earlier = begun.filter((other) => other.user.toLowerCase() === step.user.toLowerCase());
    assert.ok(earlier.every((other) => ended.has(other.step) && other.step < step.step));
    begun.push(step);
    most = Math.max(most, begun.length - ended.size);
    for (let turn = 0; turn < step.step % 3; turn += 1) await Promise.resolve();
    ended.add(step.step);
  };
  const { tally, counts } = await carriedOut(steps, run, 2);
  assert.deepEqual([tally, most, counts], [{ succeeded: 7, failed: 0, skipped: 0 }, 2, [1, 2, 3, 4, 5, 6, 7]]);
});

test("does not try what needs a step that failed, nor what needs that, and does everything else", async () => {
  const steps = stepsOf(["ada"], ["ada", 1], ["ada", 2], ["ada"], ["bob"]);
  const { tally, errors } = await carriedOut(steps, (step) => Promise.resolve(step.step === 1 ? failing(step) : undefined));
  assert.deepEqual(tally, { succeeded: 2, failed: 1, skipped: 2 });
  assert.deepEqual(
    errors.map(({ step, run }) => [step, run]),
    [
      [1, "run_1"],
      [2, null],
      [3, null],
    ],
  );
});

test("begins nothing more once the whole cannot go on", async () => {
  const begun: number[] = [];
  const run = ({ step }: Step): Promise<undefined> => {
    begun.push(step);
    return step === 2 ? Promise.reject(new Error("gone")) : Promise.resolve(undefined);
  };
  await assert.rejects(carriedOut(stepsOf(["ada"], ["bob"], ["cyd"]), run, 1), /gone/);
  assert.deepEqual(begun, [1, 2]);
});

test.run();
