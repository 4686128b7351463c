/**
 * `npm run check [-- part …] [--json]`: everything that can be judged without running the product. One line per part with its
 * time; what a failing part printed stands below it; the last line is the total.
 */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";

const root = join(import.meta.dirname, "..");
const { resolve } = createRequire(import.meta.url);

/** Arguments for Node. The long one comes first, since two run at a time. */
const parts: Readonly<Record<string, readonly string[]>> = {
  types: [join(dirname(resolve("typescript/package.json")), "bin/tsc"), "-b", "--pretty", "false"],
  generated: ["tools/generate-wire.ts", "--check"],
  lint: ["tools/lint.ts"],
  format: [join(dirname(resolve("oxfmt/package.json")), "bin/oxfmt"), "--check"],
  architecture: ["test/architecture.test.ts"],
};
const atOnce = 2;

interface PartResult {
  readonly part: string;
  readonly ok: boolean;
  readonly ms: number;
  readonly output: string;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: "boolean", default: false } } });
  const startedAt = performance.now();
  const results = await runAll(partsNamed(positionals));
  const failed = results.filter((each) => !each.ok).map((each) => each.part);
  const ms = Math.round(performance.now() - startedAt);
  const total = `${results.length - failed.length} parts passed, ${failed.length} failed${failed.length > 0 ? `: ${failed.join(", ")}` : ""}`;
  process.stdout.write(`check: ${total} (${seconds(ms)})\n`);
  if (values.json) process.stdout.write(`${JSON.stringify({ ok: failed.length === 0, ms, parts: results.map(withoutOutput) })}\n`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

function partsNamed(names: readonly string[]): string[] {
  const unknown = names.find((name) => !Object.hasOwn(parts, name));
  if (unknown !== undefined) throw new Error(`There is no part "${unknown}"; the parts are ${Object.keys(parts).join(", ")}.`);
  return names.length > 0 ? [...names] : Object.keys(parts);
}

async function runAll(names: readonly string[]): Promise<PartResult[]> {
  const waiting = [...names];
  const results: PartResult[] = [];
  const work = async () => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
      const result = await runPart(part);
      results.push(result);
      print(result);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results.toSorted((a, b) => names.indexOf(a.part) - names.indexOf(b.part));
}

async function runPart(part: string): Promise<PartResult> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", ...(parts[part] ?? [])], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((fulfil, reject) => child.on("error", reject).on("close", fulfil));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { part, ok: code === 0, ms: Math.round(performance.now() - startedAt), output: `${stdout}${stderr}`.trimEnd() };
}

/** Of a part that passed only its figures are of interest. */
function print({ part, ok, ms, output }: PartResult): void {
  const shown = ok ? output.split("\n").filter((line) => line.startsWith("figures: ") || line.startsWith("note: ")) : output.split("\n");
  const lines = [`${ok ? "ok    " : "FAILED"} ${part} (${seconds(ms)})`, ...shown.map((line) => `       ${line}`.trimEnd())];
  process.stdout.write(`${lines.join("\n")}\n`);
}

function withoutOutput({ part, ok, ms }: PartResult): Omit<PartResult, "output"> {
  return { part, ok, ms };
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

await main();
