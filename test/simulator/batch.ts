import { plantedBugs } from "./bugs/planted-bugs.ts";
import { noBugs } from "./bugs/bugs.ts";
import { simulate, type Verdict } from "./simulate.ts";
import { Tally } from "./world/tally.ts";
import type { WeatherName } from "./world/weather.ts";

/** Seeds that one worker goes through at a stretch. */
export interface Batch {
  readonly from: number;
  readonly count: number;
  /** The name of a planted bug; undefined: the product as it is. */
  readonly bug: string | undefined;
  readonly connection: string | undefined;
  readonly weather: WeatherName | undefined;
}

/** A seed that broke a promise, or did not go the same way twice. */
export interface Violation {
  readonly seed: number;
  readonly faults: readonly string[];
}

/** What a batch came to. */
export interface BatchResult {
  readonly count: number;
  readonly violations: readonly Violation[];
  readonly ended: Readonly<Record<string, number>>;
  readonly befell: Readonly<Record<string, number>>;
  readonly virtualMs: number;
  /** Processor time of the worker, in milliseconds. */
  readonly cpuMs: number;
}

// Each of these seeds is lived through a second time, and so is each that fails.
const livedTwiceEvery = 50;

/** Goes through the seeds of a batch, one after the other. */
export async function runBatch({ from, count, bug, connection, weather }: Batch, cpuMs: () => number): Promise<BatchResult> {
  const startedMs = cpuMs();
  const bugs = bug === undefined ? noBugs : (plantedBugs[bug]?.bugs ?? noBugs);
  const [ended, befell] = [new Tally(), new Tally()];
  const violations: Violation[] = [];
  let virtualMs = 0;
  for (let seed = from; seed < from + count; seed += 1) {
    const verdict = await simulate(seed, { bugs, connection, weather });
    const isLivedTwice = verdict.faults.length > 0 || seed % livedTwiceEvery === 0;
    const faults = isLivedTwice
      ? [...verdict.faults, ...differences(verdict, await simulate(seed, { bugs, connection, weather }))]
      : verdict.faults;
    if (faults.length > 0) violations.push({ seed, faults });
    ended.addAll(verdict.ended);
    befell.addAll(verdict.befell);
    virtualMs += verdict.virtualMs;
  }
  return { count, violations, ended: ended.counts, befell: befell.counts, virtualMs, cpuMs: cpuMs() - startedMs };
}

function differences(first: Verdict, second: Verdict): readonly string[] {
  return first.hash === second.hash ? [] : [`it did not go the same way twice: ${first.hash}, then ${second.hash}`];
}
