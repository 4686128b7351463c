/**
 * `npm test [-- part-of-a-path …] [--json] [--jobs=N] [--timeout=SECONDS] [--second-try] [--root=DIRECTORY]`: runs every test
 * file in a process of its own, prints what the failing ones printed, and ends with `N passed, N failed[, N skipped]`. With
 * `--second-try` a few files that failed beside others are run once more alone; what passes then is named as unsteady.
 */
import { execFileSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { bundle } from "./bundle.ts";
import { findTestFiles } from "./test-runner/find-test-files.ts";
import { createProgress, type Progress } from "./test-runner/progress.ts";
import { tryAgainAlone } from "./test-runner/second-try.ts";
import { runTestFile, type FileResult, type RunOptions } from "./test-runner/run-test-file.ts";
import { summarize, type Summary } from "./test-runner/summary.ts";

const home = join(import.meta.dirname, "..");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    // Most tests wait for other processes half of the time.
    jobs: { type: "string", default: String(2 * Math.max(2, availableParallelism())) },
    timeout: { type: "string", default: "150" },
    "second-try": { type: "boolean", default: false },
    root: { type: "string", default: home },
  },
});

async function main(): Promise<void> {
  const root = resolve(values.root);
  // Every file loads much the same modules; stripped and compiled once, they take a third less processor time.
  process.env["NODE_COMPILE_CACHE"] ??= join(home, "node_modules/.cache/longarm/compiled");
  if (root === home) execFileSync(process.execPath, [join(home, "tools/generate-wire.ts")], { stdio: ["ignore", "ignore", "inherit"] });
  if (root === home && positionals.length === 0)
    process.env["LONGARM_TEST_PROGRAM"] ??= await bundle(join(home, "node_modules/.cache/longarm/bundle"));
  const files = findTestFiles(root, positionals);
  const stop = stopOnSignals();
  const progress = createProgress(files.length);
  const options = { root, timeoutMs: positive("timeout") * 1000, signal: stop.signal };
  const startedAt = performance.now();
  const first = await runAll(files, options, progress);
  const results = values["second-try"] ? await tryAgainAlone(first, (path) => runTestFile(path, options), progress) : first;
  progress.end();
  const summary = summarize(results, { ms: performance.now() - startedAt, parts: positionals });
  process.stdout.write(`${(values.json ? [...summary.lines, JSON.stringify(summary.json)] : summary.lines).join("\n")}\n`);
  process.exitCode = exitCodeOf(summary, stop.signal);
}

async function runAll(files: readonly string[], options: RunOptions, progress: Progress): Promise<FileResult[]> {
  const waiting = [...files];
  const results: FileResult[] = [];
  const work = async () => {
    for (let path = waiting.shift(); path !== undefined && !options.signal.aborted; path = waiting.shift()) {
      const result = await runTestFile(path, options);
      results.push(result);
      progress.finished(result);
    }
  };
  await Promise.all(Array.from({ length: positive("jobs") }, work));
  return results.toSorted((a, b) => files.indexOf(a.path) - files.indexOf(b.path));
}

function stopOnSignals(): AbortController {
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, () => stop.abort());
  return stop;
}

function exitCodeOf({ json }: Summary, signal: AbortSignal): number {
  if (signal.aborted) return 130;
  return json.ok ? 0 : 1;
}

function positive(name: "jobs" | "timeout"): number {
  const number = Number(values[name]);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Error(`--${name} must be a whole number above 0, not "${values[name]}".`);
}

await main();
