/**
 * The only door to `uvu`. What uvu lets pass in silence fails here: a forgotten `.run()`, a thrown value that is no Error, a
 * test that never ends, `only` left behind, a process that exits early or does not exit at all, a file without tests.
 */
import { AssertionError } from "node:assert/strict";
import { inspect } from "node:util";
import { suite as uvuSuite } from "uvu";
import { closingLinePrefix, type SuiteReport } from "../../tools/test-runner/suite-report.ts";

/** `signal` is aborted when the test has ended or has taken too long. */
export interface TestContext {
  readonly signal: AbortSignal;
}

/** A test passes when its function returns, or its promise fulfils. */
export type TestFunction = (context: TestContext) => unknown;

export interface TestOptions {
  /** Default 10,000. */
  readonly timeoutMs?: number;
}

/** Registers tests; `run()` stands once, after the last of them. */
export interface Suite {
  (title: string, fn: TestFunction, options?: TestOptions): void;
  /** Registers a test that is not run. The reason is printed and counted. */
  skip(title: string, reason: string): void;
  run(): void;
  readonly only?: never;
}

const lingerMs = Number(process.env["LONGARM_TEST_LINGER_MS"] ?? 3_000);
const { setTimeout: startTimer, clearTimeout: stopTimer } = globalThis;
const exitNow = process.exit.bind(process);

const counts = { registered: 0, passed: 0, failed: 0, skipped: 0 };
const faults: string[] = [];
const suitesNotRun = new Set<string>();

/** A suite of tests about `title`. Each file ends with `.run()` of each of its suites. */
export function suite(title: string): Suite {
  if (title.trim() === "") throw new Error("A suite needs a title.");
  const inner = uvuSuite(title);
  const titles = new Set<string>();
  const register = (testTitle: string, fn: TestFunction, options: TestOptions = {}) => {
    enrol(title, testTitle, titles);
    if (typeof fn !== "function") throw new Error(`"${testTitle}" has no function to run.`);
    inner(testTitle, () => carryOut(fn, options.timeoutMs ?? 10_000));
  };
  const skip = (testTitle: string, reason: string) => {
    if (typeof reason !== "string" || reason.trim() === "") throw new Error(`Skipping "${testTitle}" needs a written reason.`);
    enrol(title, testTitle, titles);
    counts.skipped += 1;
    process.stdout.write(`skipped: "${testTitle}": ${reason}\n`);
  };
  const run = () => {
    suitesNotRun.delete(title);
    inner.run();
  };
  const built = Object.assign(register, { skip, run });
  return Object.defineProperty(built, "only", { get: refuseOnly });
}

function enrol(suiteTitle: string, testTitle: string, titles: Set<string>): void {
  if (typeof testTitle !== "string" || testTitle.trim() === "") throw new Error(`A test of "${suiteTitle}" has no title.`);
  if (titles.has(testTitle)) throw new Error(`"${suiteTitle}" has two tests titled "${testTitle}".`);
  titles.add(testTitle);
  suitesNotRun.add(suiteTitle);
  counts.registered += 1;
}

function refuseOnly(): never {
  throw new Error("`only` is refused: it would leave the other tests out. Run one file, or comment the others out for a moment.");
}

async function carryOut(fn: TestFunction, timeoutMs: number): Promise<void> {
  const stop = new AbortController();
  try {
    await withinTime(fn, { timeoutMs, signal: stop.signal });
    counts.passed += 1;
  } catch (reason) {
    counts.failed += 1;
    throw presentable(reason);
  } finally {
    stop.abort();
    if (counts.passed + counts.failed + counts.skipped === counts.registered) endLingering();
  }
}

async function withinTime(fn: TestFunction, { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal }): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = startTimer(() => late.reject(new Error(`took longer than ${timeoutMs} ms`)), timeoutMs);
  try {
    await Promise.race([fn({ signal }), late.promise]);
  } finally {
    stopTimer(timer);
  }
}

/** uvu's own formatting throws on much that can be thrown, and then counts the test as passed: it gets an Error made of text alone. */
function presentable(reason: unknown): Error {
  const error = new Error(shownSafely(reason));
  error.stack = "Error";
  return error;
}

function shownSafely(reason: unknown): string {
  try {
    // Its message shows the difference already; the two values in full would bury it.
    if (reason instanceof AssertionError && typeof reason.stack === "string") return reason.stack;
    return reason instanceof Error ? inspect(reason, { depth: 6 }) : `threw what is no Error: ${inspect(reason)}`;
  } catch {
    return "threw a value that cannot be shown";
  }
}

/** After the last test the process should end by itself; what keeps it alive is a leak of a test. */
function endLingering(): void {
  const timer = startTimer(() => {
    const kept = process.getActiveResourcesInfo().filter((name) => name !== "Immediate");
    faults.push(`the process did not end within ${lingerMs} ms after its last test; still open: ${kept.join(", ")}`);
    exitNow(1);
  }, lingerMs);
  timer.unref();
}

process.on("exit", (code) => {
  const ran = counts.passed + counts.failed + counts.skipped;
  if (counts.registered === 0) faults.push("the file has no test");
  for (const title of suitesNotRun) faults.push(`the suite "${title}" was never run: its \`.run()\` is missing or too early`);
  if (ran < counts.registered) faults.push(`only ${ran} of ${counts.registered} tests came to an end`);
  if (code !== 0 && counts.failed === 0 && faults.length === 0) faults.push(`the process ended with code ${code}`);
  if (counts.failed > 0 || faults.length > 0) process.exitCode = code || 1;
  const { passed, failed, skipped } = counts;
  for (const fault of faults) process.stdout.write(`fault: ${fault}\n`);
  process.stdout.write(`${closingLinePrefix}${JSON.stringify({ passed, failed, skipped, faults } satisfies SuiteReport)}\n`);
});
