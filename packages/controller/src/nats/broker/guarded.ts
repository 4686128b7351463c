import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";

// The shell waits for the program and passes its exit code on. Its watcher blocks on a pipe that only our process holds open: when we
// end, even by SIGKILL, the pipe closes and the program is told to stop. Data comes as positional arguments only, never as script text.
const guardScript = `exec 3<&0
"$@" 3<&- </dev/null &
program=$!
(read -r _ <&3; kill -TERM "$program" 2>/dev/null) &
watcher=$!
exec 3<&-
wait "$program"
code=$?
kill "$watcher" 2>/dev/null
exit "$code"`;

/** How a program ended: its exit code, 128 + n after signal n; null when the guard itself was killed. */
export interface ProgramExit {
  readonly code: number | null;
}

/** A program that ends with this process, however that ends. */
export interface GuardedProgram {
  readonly exited: Promise<ProgramExit>;
  /** Asks the program to stop (SIGTERM), kills it after `graceMs`, resolves when it is gone. Safe to call twice. */
  stop(graceMs: number): Promise<void>;
  /** SIGKILL to the program and its guard. */
  kill(): void;
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== "ESRCH") throw fault;
  }
}

/** Starts `program` with its output in the file `output`. It stands in a process group of its own, so that Ctrl-C does not reach it before us. */
export function startGuarded(program: string, args: readonly string[], output: string): GuardedProgram {
  const file = openSync(output, "w", 0o600);
  const child = spawn("/bin/sh", ["-c", guardScript, "guard", program, ...args], { stdio: ["pipe", file, file], detached: true });
  closeSync(file);
  // The pipe breaks when the program dies first; `exited` tells that already.
  child.stdin?.on("error", () => undefined);
  const exited = new Promise<ProgramExit>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      // Somebody killed the guard: without it nobody waits for the program, and a second one would be started beside it.
      if (code === null) killGroup(child);
      resolve({ code });
    });
  });
  exited.catch(() => undefined);
  const kill = (): void => killGroup(child);
  const stop = async (graceMs: number): Promise<void> => {
    child.stdin?.end();
    const timer = setTimeout(kill, graceMs);
    await exited.finally(() => clearTimeout(timer));
  };
  return { exited, stop, kill };
}
