import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { closingLinePrefix, type SuiteReport } from "./suite-report.ts";
import { watchDescendants, type DescendantWatch } from "./descendants.ts";
import { commandLineOf } from "./process-table.ts";

/** What one test file came to. `faults` are what is wrong beside failed tests; `output` is what the file printed. */
export interface FileResult extends SuiteReport {
  readonly path: string;
  readonly ms: number;
  readonly output: string;
  /** It failed beside others and passed alone. */
  readonly isUnsteady?: boolean;
}

export interface RunOptions {
  readonly root: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const lookEveryMs = 250;
const partingMs = 500;
const outputCap = 1_000_000;

/** Runs one file in a process group of its own and leaves nothing of it behind. Never throws for what the file does. */
export async function runTestFile(path: string, options: RunOptions): Promise<FileResult> {
  const startedAt = performance.now();
  const run = start(path, options.root);
  const end = await waitForEnd(run.child, options);
  const left = await endWhatIsLeft(run);
  await Promise.race([run.closed, pause(partingMs, undefined, { ref: false })]);
  const ms = performance.now() - startedAt;
  return { path, ms, ...judge(run.printed, { end: faultsOf(end, options.timeoutMs), left }) };
}

interface Running {
  readonly child: ChildProcess;
  readonly watch: DescendantWatch;
  readonly closed: Promise<unknown>;
  readonly stopLooking: () => void;
  readonly printed: Printed;
}

/** The last of what a file printed: Node writes an uncaught error to stderr when the closing line stands on stdout already. */
interface Printed {
  readonly stdout: string;
  readonly both: string;
}

function start(path: string, root: string): Running {
  const mark = randomUUID();
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", path], {
    cwd: root,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    // A developer's own controller is none of the tests' business.
    env: { ...process.env, LONGARM_URL: undefined, LONGARM_TOKEN: undefined, LONGARM_TEST_MARK: mark },
  });
  const printed = { stdout: "", both: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed.stdout = (printed.stdout + text).slice(-outputCap);
    printed.both = (printed.both + text).slice(-outputCap);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    printed.both = (printed.both + text).slice(-outputCap);
  });
  const watch = watchDescendants(child.pid ?? -1, `LONGARM_TEST_MARK=${mark}`);
  const timer = setInterval(() => watch.look(), lookEveryMs);
  return {
    child,
    watch,
    closed: once(child, "close").catch(() => undefined),
    stopLooking: () => clearInterval(timer),
    printed,
  };
}

interface End {
  /** Absent when the process ended by itself. */
  readonly how: string | undefined;
  readonly killed: "no" | "late" | "stopped";
}

async function waitForEnd(child: ChildProcess, { timeoutMs, signal }: RunOptions): Promise<End> {
  let killed: End["killed"] = "no";
  const endGroup = (why: End["killed"]) => {
    killed = why;
    killGroup(child.pid);
  };
  const timer = setTimeout(endGroup, timeoutMs, "late" as const);
  const stop = () => endGroup("stopped");
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  const how = await once(child, "exit").then(
    ([code, name]: (string | number | null)[]) => (name ? `was ended by ${name}` : code === 0 ? undefined : `ended with exit code ${code}`),
    (reason: unknown) => `could not be started: ${String(reason)}`,
  );
  clearTimeout(timer);
  signal.removeEventListener("abort", stop);
  return { how, killed };
}

/** A process that is just ending gets a moment; what is alive after that was left behind, is killed, and is a fault. */
async function endWhatIsLeft({ watch, stopLooking }: Running): Promise<string[]> {
  stopLooking();
  const deadline = performance.now() + partingMs;
  let left = watch.alive();
  while (left.length > 0 && performance.now() < deadline) {
    await pause(25);
    left = watch.alive();
  }
  const faults = left.map((entry) => `left a process behind: ${commandLineOf(entry.pid)}`);
  for (const entry of left) kill(entry.pid);
  return faults;
}

function faultsOf(end: End, timeoutMs: number): string[] {
  if (end.killed === "late") return [`was still running after ${timeoutMs / 1000} s and was killed`];
  if (end.killed === "stopped") return ["was stopped before its end"];
  return end.how === undefined ? [] : [end.how];
}

function judge({ stdout, both }: Printed, faults: { end: string[]; left: string[] }): SuiteReport & { output: string } {
  const closingLine = stdout.trimEnd().split("\n").at(-1) ?? "";
  const report = readReport(closingLine);
  if (report === undefined) {
    const missing = "printed no closing line: it ended early, or does not use test/support/suite.ts";
    return { passed: 0, failed: 0, skipped: 0, faults: [...faults.end, missing, ...faults.left], output: both };
  }
  // How a file ended says nothing more when it has told of its failures itself.
  const end = report.failed > 0 || report.faults.length > 0 ? [] : faults.end;
  const none = report.passed + report.failed + report.skipped === 0 && report.faults.length === 0 ? ["ran no test"] : [];
  return { ...report, faults: [...report.faults, ...none, ...end, ...faults.left], output: both.replace(`${closingLine}\n`, "") };
}

function readReport(line: string): SuiteReport | undefined {
  if (!line.startsWith(closingLinePrefix)) return undefined;
  try {
    return JSON.parse(line.slice(closingLinePrefix.length)) as SuiteReport;
  } catch {
    return undefined;
  }
}

function killGroup(pid: number | undefined): void {
  if (pid !== undefined) kill(-pid);
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It is gone already.
  }
}
