import { globSync } from "node:fs";

const patterns = ["test/**/*.test.ts", "packages/**/src/**/*.test.ts"] as const;
const left = new Set(["node_modules", "dist"]);

/**
 * The test files below `root` whose path contains one of `parts` (all, when there are none). Journeys come first: they take
 * longest, and what is short fills the gaps at the end.
 */
export function findTestFiles(root: string, parts: readonly string[]): string[] {
  const found = globSync(patterns, { cwd: root, exclude: (name) => left.has(name.split("/").at(-1) ?? name) });
  const wanted = found
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => parts.length === 0 || parts.some((part) => path.includes(part)));
  return [...new Set(wanted)].toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

function rank(path: string): number {
  if (path.startsWith("test/journeys/")) return 0;
  return path.startsWith("test/") ? 1 : 2;
}
