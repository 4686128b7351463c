import { readFileSync } from "node:fs";

// Linux counts a process's time in hundredths of a second.
const millisecondsPerTick = 10;

/** The processor time that a process has used so far, in milliseconds (Linux). */
export function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * millisecondsPerTick;
}
