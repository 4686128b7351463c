import { hasInEnvironment, readProcessTable, type ProcessEntry } from "./process-table.ts";

/**
 * Knows the processes that came from one root process, also after their parents died. A process belongs to the root when it
 * is in its group or session, was seen below it, or carries its mark in the environment.
 */
export interface DescendantWatch {
  /** Looks once; call it every now and then, so that a process is seen before its parent leaves it. */
  look(): void;
  /** The descendants that are alive now, without the root itself. */
  alive(): readonly ProcessEntry[];
}

/** Watches what `root` starts. `mark` is a `NAME=value` that stands in the root's environment and nowhere else. */
export function watchDescendants(root: number, mark: string): DescendantWatch {
  const seen = new Set<string>();
  const look = () => {
    const table = readProcessTable();
    const below = new Set([root]);
    for (const entry of inOrderOfBirth(table)) {
      if (below.has(entry.parent) || seen.has(keyOf(entry))) below.add(entry.pid);
    }
    for (const entry of table) if (below.has(entry.pid)) seen.add(keyOf(entry));
    return table;
  };
  const alive = () =>
    look().filter(
      (entry) =>
        entry.pid !== root &&
        (seen.has(keyOf(entry)) || entry.group === root || entry.session === root || hasInEnvironment(entry.pid, mark)),
    );
  return { look, alive };
}

function keyOf(entry: ProcessEntry): string {
  return `${entry.pid}@${entry.startTicks}`;
}

/** A parent is born before its children, so one pass in this order finds all of them. */
function inOrderOfBirth(table: readonly ProcessEntry[]): ProcessEntry[] {
  return table.toSorted((a, b) => Number(a.startTicks) - Number(b.startTicks) || a.pid - b.pid);
}
