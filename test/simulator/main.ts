/**
 * `npm run simulate [-- --seeds N] [--within SECONDS] [--from N] [--jobs N] [--bug NAME] [--connection NAME] [--weather NAME] [--trace] [--json]`:
 * lives through seeds of the simulated world and holds what came of each against the promises. Exit code 0: all were kept; 1: one was
 * broken; 2: wrong flags. The same seed always goes the same way: `--from SEED --seeds 1 --trace` prints how.
 */
import type { Violation } from "./batch.ts";
import { noBugs } from "./bugs/bugs.ts";
import { plantedBugs } from "./bugs/planted-bugs.ts";
import { plantInSource } from "./bugs/plant-in-source.ts";
import { goThrough, type Summary } from "./go-through.ts";
import { readWish, type Wish } from "./wish.ts";

async function main(args: readonly string[]): Promise<number> {
  let wish: Wish;
  try {
    wish = readWish(args);
  } catch (reason) {
    process.stderr.write(`${reason instanceof Error ? reason.message : String(reason)}\n`);
    return 2;
  }
  return wish.isTraced ? trace(wish) : run(wish);
}

async function run(wish: Wish): Promise<number> {
  const say = (line: string): void => void (wish.isJson ? process.stderr : process.stdout).write(`${line}\n`);
  const summary = await goThrough(wish, (violation) => {
    say(describe(violation, wish));
    return undefined;
  });
  say(`ended   ${listOf(summary.ended)}`);
  say(`befell  ${listOf(summary.befell)}`);
  say(sentenceOf(summary));
  if (wish.isJson) process.stdout.write(`${JSON.stringify(summary)}\n`);
  return summary.ok ? 0 : 1;
}

function describe({ seed, faults }: Violation, { bug, connection, weather }: Wish): string {
  const given = Object.entries({ bug, connection, weather }).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
  const flags = [...given, "--trace"].join(" ");
  const replay = `npm run simulate -- --from ${seed} --seeds 1 ${flags}`;
  return [`seed ${seed}:`, ...faults.map((fault) => `  ${fault}`), `  replay: ${replay}`].join("\n");
}

function listOf(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");
}

function sentenceOf({ from, seeds, seconds, seedsPerSecond, cpuMsPerSeed, virtualHours, violations }: Summary): string {
  const range = `seeds ${from} to ${from + seeds - 1}`;
  const pace = `${seconds} s (${seedsPerSecond}/s, ${cpuMsPerSeed} ms of processor each, ${virtualHours} virtual hours)`;
  return `simulate: ${range} in ${pace}: ${violations.length} broke a promise`;
}

async function trace({ from, seeds, bug, connection, weather }: Wish): Promise<number> {
  plantInSource(bug);
  // Loaded now, since what was loaded before is without the bug.
  const { simulate } = await import("./simulate.ts");
  const bugs = bug === undefined ? noBugs : (plantedBugs[bug]?.bugs ?? noBugs);
  let isClean = true;
  for (let seed = from; seed < from + seeds; seed += 1) {
    const { lines, faults, hash } = await simulate(seed, { bugs, connection, weather, isTraceKept: true });
    process.stdout.write([...lines, ...faults.map((fault) => `FAULT ${fault}`), `seed ${seed}: ${hash}`, ""].join("\n"));
    isClean &&= faults.length === 0;
  }
  return isClean ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
