import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { LongarmError } from "@longarm/shared";
import { brokerFiles } from "./configuration.ts";

const pollMs = 20;

// The number in a pid file may belong to somebody else by now: only a process that was given our configuration file is our broker.
async function isBrokerOf(pid: number, configuration: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const commandLine = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => undefined);
  return commandLine === undefined ? process.platform !== "linux" : commandLine.split("\0").includes(configuration);
}

/**
 * Resolves when no broker runs on this directory: two on one store would destroy it. One that is stopping, since its controller was
 * killed a moment ago, is waited for; after `waitMs` throws `data_directory_in_use`.
 */
export async function assertNotRunning(directory: string, waitMs: number): Promise<void> {
  const files = brokerFiles(directory);
  const pid = Number(await readFile(files.pid, "utf8").catch(() => ""));
  if (!Number.isInteger(pid) || pid <= 0) return;
  const startedAt = performance.now();
  while (await isBrokerOf(pid, files.configuration)) {
    if (performance.now() - startedAt > waitMs) {
      throw new LongarmError(
        "data_directory_in_use",
        `A broker (process ${pid}) runs on ${directory} already; stop it or choose another directory.`,
      );
    }
    await pause(pollMs);
  }
}
