import assert from "node:assert/strict";
import { suite } from "../support/suite.ts";
import { simulate, type Verdict } from "./simulate.ts";
import { Tally } from "./world/tally.ts";

const test = suite("the simulated world");

// `npm run simulate` goes through thousands; these few tell at once that something is wrong.
const seeds = { from: 20_001, count: 80 };

let lived: Promise<readonly Verdict[]> | undefined;

/** What became of these seeds, lived through once for all tests. */
function verdicts(): Promise<readonly Verdict[]> {
  lived ??= liveThrough();
  return lived;
}

async function liveThrough(): Promise<readonly Verdict[]> {
  const found: Verdict[] = [];
  for (let seed = seeds.from; seed < seeds.from + seeds.count; seed += 1) found.push(await simulate(seed));
  return found;
}

test(
  "keeps every promise, though it meets all that can go wrong, and does not settle for not knowing",
  async () => {
    const all = await verdicts();
    const broken = all.filter(({ faults }) => faults.length > 0);
    assert.deepEqual(
      broken.map(({ seed, faults }) => `npm run simulate -- --from ${seed} --seeds 1 --trace: ${faults.join("; ")}`),
      [],
    );
    const [ended, befell] = [new Tally(), new Tally()];
    for (const verdict of all) {
      ended.addAll(verdict.ended);
      befell.addAll(verdict.befell);
    }
    const met = ["kill", "freeze", "stop", "cut", "takeover", "brokerStops", "leader", "messageLost", "messageRepeated", "messageDelayed"];
    for (const what of [...met, "appliesThenCuts", "cutsThenApplies", "failsAfter", "neverHears", "limits", "connectsSlowly", "clock"])
      assert.ok((befell.counts[what] ?? 0) > 0, `${what} befell nobody`);
    const { succeeded = 0, outcome_unknown: unknown = 0 } = ended.counts;
    assert.ok(succeeded > 5 * unknown, `${succeeded} runs succeeded, and of ${unknown} nobody knows`);
  },
  { timeoutMs: 60_000 },
);

test(
  "goes the same way each time that it is lived through, and another way with another seed",
  async () => {
    const lives = [await simulate(7), await simulate(8), await simulate(7, { isTraceKept: true })];
    const [first, other, again] = lives.map(({ hash }) => hash);
    assert.equal(again, first);
    assert.notEqual(other, first);
  },
  { timeoutMs: 20_000 },
);

test(
  "knows how every run ended, and lets every run succeed, where nothing goes wrong",
  async () => {
    const calm = (await verdicts()).filter(({ befell }) => Object.keys(befell).length === 0);
    assert.ok(calm.length > 0);
    for (const { seed, unwished, ended } of calm) {
      assert.deepEqual(unwished, [], `seed ${seed}`);
      assert.equal(ended["outcome_unknown"], undefined, `seed ${seed}`);
    }
    assert.ok(calm.some(({ ended }) => (ended["succeeded"] ?? 0) > 0));
  },
  { timeoutMs: 60_000 },
);

test.run();
