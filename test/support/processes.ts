import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";

/** What to start, and which line it prints (on stdout or stderr) once it is of use. */
export interface ProcessOptions {
  readonly command: string;
  readonly args?: readonly string[];
  readonly cwd?: string;
  /** Added to this process's environment; `undefined` takes a name out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Absent: of use at once. */
  readonly readyLine?: RegExp;
  /** How long to wait for the ready line; default 15,000. */
  readonly readyMs?: number;
  /** Written to its standard input, which is then closed. */
  readonly input?: string;
  /** Its standard input stays open for `write`. */
  readonly keepsInput?: boolean;
}

/** How a process ended: by an exit code, or by a signal. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A child that runs in a process group of its own. */
export interface RunningProcess {
  readonly pid: number;
  /** Fulfils when the process has ended and all its output is read. */
  readonly exited: Promise<ProcessEnd>;
  /** What the ready line's expression matched; empty without one. */
  readonly ready: readonly string[];
  /** Everything printed so far, both streams in the order of arrival. */
  output(): string;
  stdout(): string;
  stderr(): string;
  /** Sends a signal to the process alone, not to its children; default SIGTERM. */
  kill(signal?: NodeJS.Signals): void;
  /** Writes to its standard input, where that was kept open. */
  write(text: string): void;
  /** The first line, printed already or yet to come, that matches; rejects when the process ends or the time passes first. */
  line(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
}

/**
 * Starts a process, waits for its ready line and calls `use`; afterwards the process and its whole group are killed, whatever
 * happened. Rejects with everything the process printed when it ends, or takes too long, before it is ready.
 */
export async function withProcess<T>(options: ProcessOptions, use: (started: RunningProcess) => Promise<T> | T): Promise<T> {
  const started = await startProcess(options);
  try {
    return await use(started);
  } finally {
    await started.end();
  }
}

/** Starts a process like `withProcess`, for whoever ends it himself: `end` kills its whole group and may be called twice. */
export async function startProcess(options: ProcessOptions): Promise<RunningProcess & { end(): Promise<void> }> {
  const child = start(options);
  const recorder = record(child);
  const ending = (): Promise<void> => end(child, recorder.exited);
  try {
    await once(child, "spawn");
    const { readyLine, readyMs = 15_000 } = options;
    const ready = readyLine === undefined ? [] : [...(await recorder.line(readyLine, readyMs))];
    return {
      ...recorder,
      pid: child.pid ?? -1,
      ready,
      kill: (signal = "SIGTERM") => void child.kill(signal),
      write: (text) => void child.stdin?.write(text),
      end: ending,
    };
  } catch (reason) {
    await ending();
    throw reason;
  }
}

/** Runs a process to its end and returns what it printed and how it ended. It is killed after `timeoutMs` (default 20,000). */
export async function runProcess(
  options: Omit<ProcessOptions, "readyLine" | "readyMs"> & { readonly timeoutMs?: number },
): Promise<ProcessEnd & { readonly stdout: string; readonly stderr: string; readonly output: string }> {
  return withProcess(options, async (started) => {
    const timer = setTimeout(() => started.kill("SIGKILL"), options.timeoutMs ?? 20_000);
    const ended = await started.exited;
    clearTimeout(timer);
    return { ...ended, stdout: started.stdout(), stderr: started.stderr(), output: started.output() };
  });
}

function start({ command, args = [], cwd, env = {}, input, keepsInput = false }: ProcessOptions): ChildProcess {
  const child = spawn(command, args, {
    detached: true,
    stdio: [input === undefined && !keepsInput ? "ignore" : "pipe", "pipe", "pipe"],
    env: { ...process.env, ...env },
    ...(cwd !== undefined && { cwd }),
  });
  // A process that ends without reading its input is no fault of the test.
  child.stdin?.on("error", () => undefined);
  if (keepsInput) child.stdin?.write(input ?? "");
  else child.stdin?.end(input);
  return child;
}

type Recorder = Pick<RunningProcess, "exited" | "output" | "stdout" | "stderr" | "line">;

function record(child: ChildProcess): Recorder {
  const parts: { readonly from: "stdout" | "stderr"; readonly text: string }[] = [];
  const listeners = new Set<() => void>();
  for (const from of ["stdout", "stderr"] as const) {
    child[from]?.setEncoding("utf8").on("data", (text: string) => {
      parts.push({ from, text });
      for (const listen of listeners) listen();
    });
  }
  const text = (from?: "stdout" | "stderr") => parts.map((part) => (from === undefined || part.from === from ? part.text : "")).join("");
  const exited = once(child, "close").then(([code, signal]: unknown[]) => ({ code, signal }) as ProcessEnd);
  // Whoever waits sees the rejection; nobody has to.
  exited.catch(() => undefined);
  const line = (pattern: RegExp, timeoutMs = 10_000) => awaitLine({ pattern, timeoutMs, listeners, exited, text });
  return { exited, line, output: () => text(), stdout: () => text("stdout"), stderr: () => text("stderr") };
}

interface LineWait {
  readonly pattern: RegExp;
  readonly timeoutMs: number;
  readonly listeners: Set<() => void>;
  readonly exited: Promise<ProcessEnd>;
  readonly text: (from?: "stdout" | "stderr") => string;
}

async function awaitLine({ pattern, timeoutMs, listeners, exited, text }: LineWait): Promise<RegExpExecArray> {
  const found = Promise.withResolvers<RegExpExecArray>();
  const look = () => {
    const match = firstMatch(pattern, [text("stdout"), text("stderr")]);
    if (match) found.resolve(match);
  };
  const fail = (why: string) => found.reject(new Error(`No line matched ${pattern}: ${why}. Printed so far:\n${text()}`));
  const timer = setTimeout(fail, timeoutMs, `the process printed none within ${timeoutMs} ms`);
  listeners.add(look);
  exited.then(
    ({ code, signal }) => fail(`the process ended (${signal ?? code})`),
    (reason: unknown) => fail(String(reason)),
  );
  look();
  return found.promise.finally(() => {
    clearTimeout(timer);
    listeners.delete(look);
  });
}

/** Only whole lines count, so that a match is never cut off where a chunk ended. */
function firstMatch(pattern: RegExp, texts: readonly string[]): RegExpExecArray | undefined {
  const expression = new RegExp(pattern.source, pattern.flags.replaceAll(/[gy]/g, ""));
  for (const line of texts.flatMap((text) => text.split("\n").slice(0, -1))) {
    const match = expression.exec(line);
    if (match) return match;
  }
  return undefined;
}

async function end(child: ChildProcess, exited: Promise<ProcessEnd>): Promise<void> {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nobody of the group is alive.
  }
  await exited;
}
