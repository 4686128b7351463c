/** `npm run bench [-- name …] [--json]`: measurements as ratios within one run; see `docs/ARCHITECTURE.md` for the aims. */
import { bench as budget } from "./budget.ts";
import { bench as calls } from "./calls.ts";
import { bench as cel } from "./cel.ts";
import { bench as envelope } from "./envelope.ts";
import { bench as flows } from "./flows.ts";
import { bench as lanes } from "./lanes.ts";
import { bench as parked } from "./parked.ts";
import { bench as runs } from "./runs.ts";
import { bench as hooks } from "./hooks.ts";
import { bench as journal } from "./journal.ts";
import { bench as sandbox } from "./sandbox.ts";
import { bench as selection } from "./selection.ts";
import { bench as stream } from "./stream.ts";
import { bench as sync } from "./sync.ts";

interface Bench {
  readonly name: string;
  run(print: (line: string) => void): Promise<Record<string, number>>;
}

const benches: readonly Bench[] = [
  calls,
  envelope,
  runs,
  flows,
  lanes,
  parked,
  stream,
  sync,
  budget,
  selection,
  cel,
  sandbox,
  journal,
  hooks,
];

const usage = `npm run bench [-- name … --json]: all measurements, or those named: ${benches.map(({ name }) => name).join(", ")}.\n`;

async function main(args: readonly string[]): Promise<number> {
  if (args.includes("--help")) {
    process.stdout.write(usage);
    return 0;
  }
  const isJson = args.includes("--json");
  const wanted = args.filter((arg) => arg !== "--json");
  const unknown = wanted.filter((name) => !benches.some((bench) => bench.name === name));
  if (unknown.length > 0) {
    process.stderr.write(`No measurement is named ${unknown.join(", ")}.\n${usage}`);
    return 2;
  }
  const chosen = benches.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const figures: Record<string, Record<string, number>> = {};
  for (const bench of chosen)
    figures[bench.name] = await bench.run((line) => void (isJson ? process.stderr : process.stdout).write(`${line}\n`));
  if (isJson) process.stdout.write(`${JSON.stringify(figures)}\n`);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
