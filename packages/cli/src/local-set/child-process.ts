import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { isErrorCode, LongarmError } from "@longarm/shared";
import type { ChildMessage, ChildRole } from "./child-main.ts";

/** A process of the local set that serves. */
export interface Child {
  readonly name: string;
  readonly pid: number;
  /** What it said when it was ready. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Resolves with a sentence when it has ended, for whatever reason. */
  readonly ended: Promise<string>;
  /** Ends it at once and without mercy, as a crash would. */
  kill(): void;
  /** Lets it finish what it does, and ends it by force after 15 s. */
  stop(): Promise<void>;
}

const program = fileURLToPath(new URL("child-main.ts", import.meta.url));
const startWithinMs = 60_000;
const stopWithinMs = 15_000;

/** Starts a process and resolves once it serves. Throws the fault that it reports. */
export async function startChild(name: string, role: ChildRole): Promise<Child> {
  const child = fork(program, [], { stdio: ["ignore", "ignore", "inherit", "ipc"], execArgv: ["--disable-warning=ExperimentalWarning"] });
  const ended = new Promise<string>((resolve) => {
    child.once("exit", (code, signal) => resolve(`${name} has ended (${signal ?? `exit code ${code}`}).`));
  });
  child.send(role);
  const first = await Promise.race([firstMessage(child), ended, expiry(name)]);
  if (typeof first === "string" || first.kind === "failed") {
    child.kill("SIGKILL");
    throw typeof first === "string" ? new LongarmError("internal", first) : faultOf(first);
  }
  return { name, pid: child.pid ?? 0, facts: first.facts, ended, kill: () => void child.kill("SIGKILL"), stop: () => stop(child, ended) };
}

function faultOf({ code, message }: Extract<ChildMessage, { kind: "failed" }>): LongarmError {
  return new LongarmError(isErrorCode(code) ? code : "internal", message);
}

function firstMessage(child: ChildProcess): Promise<ChildMessage> {
  return new Promise((resolve) => child.once("message", (message) => resolve(message as ChildMessage)));
}

function expiry(name: string): Promise<string> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(`${name} did not start within ${startWithinMs / 1_000} s.`), startWithinMs).unref();
  });
}

async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  const force = setTimeout(() => child.kill("SIGKILL"), stopWithinMs);
  child.kill("SIGTERM");
  await ended;
  clearTimeout(force);
}
