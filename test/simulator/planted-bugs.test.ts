import assert from "node:assert/strict";
import { suite } from "../support/suite.ts";
import { plantedBugs, type PlantedBug } from "./bugs/planted-bugs.ts";
import { simulate } from "./simulate.ts";

const test = suite("the simulator's checker");
const atMostSeeds = 1_000;

/** The first seed in which the bug is seen for what it is. */
async function firstSeedOf({ bugs, isSeenAs, connection }: PlantedBug): Promise<number | undefined> {
  for (let seed = 1; seed <= atMostSeeds; seed += 1) {
    const { faults } = await simulate(seed, { bugs, connection });
    if (faults.some((fault) => isSeenAs.test(fault))) return seed;
  }
  return undefined;
}

test("has ten bugs to find, or more", () => {
  assert.ok(Object.keys(plantedBugs).length >= 10);
});

for (const [name, bug] of Object.entries(plantedBugs)) {
  test(
    `finds a product that ${name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`,
    async () => {
      const seed = await firstSeedOf(bug);
      assert.notEqual(seed, undefined, `not seen in ${atMostSeeds} seeds`);
      // The product as it is keeps its promises in the very same world.
      assert.deepEqual((await simulate(seed ?? 0, { connection: bug.connection })).faults, []);
    },
    { timeoutMs: 60_000 },
  );
}

test.run();
