import assert from "node:assert/strict";
import { suite } from "../support/suite.ts";
import type { DecideBug } from "./bugs/decide-bugs.ts";
import { decideBugs } from "./bugs/decide-bugs.ts";
import { goThrough } from "./go-through.ts";
import { simulate } from "./simulate.ts";

const test = suite("the simulator's checker, of the product's own decisions");
const atMostSeeds = 1_500;
const seedsAtOnce = 50;

/** The first seed in which the bug is seen for what it is. */
async function firstSeedOf(name: string, { isSeenAs, connection }: DecideBug): Promise<number | undefined> {
  for (let from = 1; from <= atMostSeeds; from += seedsAtOnce) {
    const wish = { from, seeds: seedsAtOnce, jobs: 1, bug: name, isTraced: false, isJson: false, connection };
    const { violations } = await goThrough(wish, () => undefined);
    const seen = violations.find(({ faults }) => faults.some((fault) => isSeenAs.test(fault)));
    if (seen) return seen.seed;
  }
  return undefined;
}

for (const [name, bug] of Object.entries(decideBugs)) {
  test(
    `finds a product that ${name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`,
    async () => {
      const seed = await firstSeedOf(name, bug);
      assert.notEqual(seed, undefined, `not seen in ${atMostSeeds} seeds`);
      // The product as it is keeps its promises in the very same world.
      assert.deepEqual((await simulate(seed ?? 0, { connection: bug.connection })).faults, []);
    },
    { timeoutMs: 60_000 },
  );
}

test.run();
