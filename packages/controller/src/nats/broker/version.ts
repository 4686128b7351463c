import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The oldest nats-server that is used: below it there are known WebSocket and restore faults, and stream options are missing. */
export const brokerFloor = "2.12.7";

const versionTimeoutMs = 5_000;

function numbers(version: string): readonly number[] {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version.trim());
  return match ? match.slice(1).map(Number) : [0, 0, 0];
}

/** Negative when `left` is the older version, 0 when equal, positive when newer. What is no version counts as 0.0.0. */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [numbers(left), numbers(right)];
  for (let place = 0; place < 3; place++) {
    const difference = (a[place] ?? 0) - (b[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Is this version at least the floor? */
export function isRecentEnough(version: string): boolean {
  return compareVersions(version, brokerFloor) >= 0;
}

/** What `nats-server --version` of this file says, such as `2.15.1`; rejects when the file does not run or is something else. */
export async function versionOf(path: string, signal?: AbortSignal): Promise<string> {
  const { stdout } = await run(path, ["--version"], { timeout: versionTimeoutMs, ...(signal && { signal }) });
  const version = /nats-server:\s*v?(\d+\.\d+\.\d+\S*)/.exec(stdout)?.[1];
  if (version === undefined) throw new Error("it does not answer --version as nats-server does");
  return version;
}
