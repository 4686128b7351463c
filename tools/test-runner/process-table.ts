import { readdirSync, readFileSync } from "node:fs";

/** One living process, as Linux shows it under /proc. `startTicks` tells a reused pid from the one seen before. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  readonly startTicks: string;
}

/** Every process that is alive; zombies are not. Empty where there is no /proc. */
export function readProcessTable(): ProcessEntry[] {
  return processIds().flatMap((pid) => readEntry(pid) ?? []);
}

/** The command line of a process, or its pid when it is gone. */
export function commandLineOf(pid: number): string {
  const text = readOrEmpty(`/proc/${pid}/cmdline`).replaceAll("\0", " ").trim();
  return text === "" ? `process ${pid}` : `${text.slice(0, 200)} (pid ${pid})`;
}

/** Was the process started with this `NAME=value` in its environment? */
export function hasInEnvironment(pid: number, assignment: string): boolean {
  return readOrEmpty(`/proc/${pid}/environ`).split("\0").includes(assignment);
}

function processIds(): number[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

function readEntry(pid: number): ProcessEntry | undefined {
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  // The command's name stands in parentheses and may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, parent, group, session] = fields;
  if (stat === "" || state === "Z" || state === "X") return undefined;
  return { pid, parent: Number(parent), group: Number(group), session: Number(session), startTicks: fields[19] ?? "" };
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
