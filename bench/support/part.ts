import { fork, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { once } from "node:events";
import { nodeFlagsOf } from "../../packages/cli/src/local-set/child-process.ts";

/** A process of a measurement: started with JSON as its argument, ready with its first message. */
export interface Part {
  readonly pid: number;
  readonly ready: Readonly<Record<string, unknown>>;
  /** Asks it one thing and resolves with its answer. */
  ask(question: unknown): Promise<Readonly<Record<string, unknown>>>;
  stop(): Promise<void>;
}

/** Starts `bench/parts/<name>.ts`. */
export async function startPart(name: string, options: Readonly<Record<string, unknown>>): Promise<Part> {
  const file = new URL(`../parts/${name}.ts`, import.meta.url);
  const child = fork(file, [JSON.stringify(options)], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    execArgv: [...nodeFlagsOf(name === "controller" ? "controller" : "agent")],
  });
  const ready = await nextMessage(child, name);
  const ask = (question: unknown) => {
    child.send(question as object);
    return nextMessage(child, name);
  };
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  };
  return { pid: child.pid ?? 0, ready, ask, stop };
}

function nextMessage(child: ChildProcess, name: string): Promise<Readonly<Record<string, unknown>>> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => reject(new Error(`${name} ended with ${code}`));
    child.once("exit", onExit);
    child.once("message", (message) => {
      child.removeListener("exit", onExit);
      resolve(message as Readonly<Record<string, unknown>>);
    });
  });
}

/** The most memory that a process has held so far, in MB (Linux). */
export function peakMegabytes(pid: number): number {
  const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) / 1_024;
}
