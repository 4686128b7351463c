import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

/** What a process held of the machine's memory at one time. */
export interface MemorySample {
  readonly member: string;
  readonly pid: number;
  /** Unix milliseconds. */
  readonly atMs: number;
  readonly bytes: number;
}

/** A process that is watched, as long as it has a pid. */
interface Watched {
  readonly name: string;
  readonly pid: number | undefined;
}

const everyMs = 2_000;

/** Reads the members' memory over and over until the signal is aborted, and resolves with all that was read; where there is no /proc, nothing. */
export async function watchMemory(members: readonly Watched[], signal: AbortSignal): Promise<readonly MemorySample[]> {
  const samples: MemorySample[] = [];
  while (!signal.aborted) {
    for (const { name, pid } of members) {
      const bytes = pid === undefined ? undefined : residentBytes(pid);
      if (pid !== undefined && bytes !== undefined) samples.push({ member: name, pid, atMs: Date.now(), bytes });
    }
    await pause(everyMs, undefined, { signal }).catch(() => undefined);
  }
  return samples;
}

function residentBytes(pid: number): number | undefined {
  try {
    const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kib === undefined ? undefined : Number(kib) * 1_024;
  } catch {
    return undefined;
  }
}
