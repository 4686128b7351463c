import { fork, type ChildProcess } from "node:child_process";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { isErrorCode, LongarmError } from "@longarm/shared";
import type { ChildMessage, ChildRole } from "./child-main.ts";

/** A process of the local set that serves. */
export interface Child {
  readonly name: string;
  readonly pid: number;
  /** What it said when it was ready. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Resolves when it has ended, for whatever reason: with the fault that it told, else with how it ended. */
  readonly ended: Promise<LongarmError>;
  /** Ends it at once and without mercy, as a crash would. */
  kill(): void;
  /** Lets it finish what it does, and ends it by force after 15 s. */
  stop(): Promise<void>;
}

/** What tests want otherwise. */
export interface ChildOptions {
  /** The file that becomes the process. */
  readonly program?: string;
  readonly startWithinMs?: number;
}

// Of sources or of a bundle, as this file is.
const ownProgram = fileURLToPath(new URL(`child-main${extname(new URL(import.meta.url).pathname)}`, import.meta.url));
const stopWithinMs = 15_000;

/**
 * What Node is told for a process with this role. A controller that copies a large org makes garbage as fast as Node collects it, and Node
 * would rather let the space for what is new grow to 134 MB than collect it more often; this halves the controller's memory, at the same pace.
 */
export function nodeFlagsOf(role: ChildRole["role"]): readonly string[] {
  return ["--disable-warning=ExperimentalWarning", ...(role === "controller" ? ["--max-semi-space-size=8"] : [])];
}

/** Starts a process and resolves once it serves. Throws the fault that it reports; one that does not come up is killed. */
export async function startChild(name: string, role: ChildRole, options: ChildOptions = {}): Promise<Child> {
  const { program = ownProgram, startWithinMs = 60_000 } = options;
  const child = fork(program, [], { stdio: ["ignore", "ignore", "inherit", "ipc"], execArgv: [...nodeFlagsOf(role.role)] });
  const ended = endOf(child, name);
  // What became of a process that took no message is told by its end.
  child.send(role, () => undefined);
  const first = await Promise.race([readiness(child), ended, expiry(name, startWithinMs)]);
  if (first instanceof LongarmError) {
    child.kill("SIGKILL");
    throw first;
  }
  return { name, pid: child.pid ?? 0, facts: first.facts, ended, kill: () => void child.kill("SIGKILL"), stop: () => stop(child, ended) };
}

function readiness(child: ChildProcess): Promise<Extract<ChildMessage, { kind: "ready" }>> {
  return new Promise((resolve) => {
    child.on("message", (message) => {
      const told = message as ChildMessage;
      if (told.kind === "ready") resolve(told);
    });
  });
}

function endOf(child: ChildProcess, name: string): Promise<LongarmError> {
  let told: LongarmError | undefined;
  child.on("message", (message) => {
    const { kind, ...fault } = message as ChildMessage;
    if (kind === "failed" && "code" in fault) told = new LongarmError(isErrorCode(fault.code) ? fault.code : "internal", fault.message);
  });
  // Its last words may arrive after its end.
  const silent = new Promise<void>((resolve) => child.once("disconnect", resolve));
  return new Promise((resolve) => {
    child.once("error", (reason) => resolve(new LongarmError("internal", `${name} could not be started: ${reason.message}`)));
    child.once("exit", (code, signal) => {
      void silent.then(() => resolve(told ?? new LongarmError("internal", `${name} has ended (${signal ?? `exit code ${code}`}).`)));
    });
  });
}

function expiry(name: string, withinMs: number): Promise<LongarmError> {
  return new Promise((resolve) => {
    const late = (): void => resolve(new LongarmError("internal", `${name} did not start within ${withinMs / 1_000} s.`));
    setTimeout(late, withinMs).unref();
  });
}

async function stop(child: ChildProcess, ended: Promise<LongarmError>): Promise<void> {
  const force = setTimeout(() => child.kill("SIGKILL"), stopWithinMs);
  child.kill("SIGTERM");
  await ended;
  clearTimeout(force);
}
