import assert from "node:assert/strict";
import type { Suite } from "../support/suite.ts";
import type { DecideBug } from "./bugs/decide-bugs.ts";
import type { PlantedBug } from "./bugs/planted-bugs.ts";
import { goThrough } from "./go-through.ts";
import { simulate } from "./simulate.ts";

const atMostSeeds = 300;

type Place = Pick<PlantedBug, "connection" | "weather">;

/** Has the suite show of each bug that the checker finds it, and that it finds nothing in the very same world without the bug. */
export function testFindingPlanted(test: Suite, bugs: Readonly<Record<string, PlantedBug>>): void {
  for (const [name, bug] of Object.entries(bugs)) testFinding(test, { name, place: bug, search: () => firstSeedOf(bug) });
}

/** As `testFindingPlanted`, for bugs in the product's own source. */
export function testFindingDecisions(test: Suite, bugs: Readonly<Record<string, DecideBug>>): void {
  for (const [name, bug] of Object.entries(bugs)) testFinding(test, { name, place: bug, search: () => firstSeedOfSource(name, bug) });
}

interface Finding {
  readonly name: string;
  readonly place: Place;
  /** The first seed in which the bug is seen for what it is. */
  readonly search: () => Promise<number | undefined>;
}

function testFinding(test: Suite, { name, place: { connection, weather }, search }: Finding): void {
  test(
    `finds a product that ${name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`,
    async () => {
      const seed = await search();
      assert.notEqual(seed, undefined, `not seen in ${atMostSeeds} seeds`);
      assert.deepEqual((await simulate(seed ?? 0, { connection, weather })).faults, []);
    },
    { timeoutMs: 60_000 },
  );
}

async function firstSeedOf({ bugs, isSeenAs, connection, weather }: PlantedBug): Promise<number | undefined> {
  for (let seed = 1; seed <= atMostSeeds; seed += 1) {
    const { faults } = await simulate(seed, { bugs, connection, weather });
    if (faults.some((fault) => isSeenAs.test(fault))) return seed;
  }
  return undefined;
}

async function firstSeedOfSource(name: string, { isSeenAs, connection, weather }: DecideBug): Promise<number | undefined> {
  const wish = { from: 1, seeds: atMostSeeds, jobs: 1, within: undefined, bug: name, isTraced: false, isJson: false, connection, weather };
  let first: number | undefined;
  await goThrough(wish, ({ seed, faults }) => {
    if (first === undefined && faults.some((fault) => isSeenAs.test(fault))) first = seed;
    return first === undefined ? undefined : "enough";
  });
  return first;
}
