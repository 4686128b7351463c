/**
 * `node tools/generate-licences.ts > docs/LICENCES.md`: the licence of every package that Longarm runs with, from the lock file. Those
 * that only build and test it are counted. A test holds the page to the lock file, and the licences to those allowed.
 */
import { LockFile, type LockedPackage } from "./supply-chain/lock-file.ts";

function row({ name, version, licence }: LockedPackage): string {
  return `| ${name} | ${version} | ${licence ?? "none named"} |`;
}

function counted(packages: readonly LockedPackage[]): string {
  const counts = Map.groupBy(packages, ({ licence = "none named" }) => licence);
  return [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([licence, all]) => `${licence} (${all.length})`)
    .join(", ");
}

const all = new LockFile().foreign();
const shipped = all.filter(({ isDevelopment }) => !isDevelopment).toSorted((a, b) => (a.place < b.place ? -1 : 1));
const others = all.filter(({ isDevelopment }) => isDevelopment);

process.stdout.write(`# Licences

Longarm is under Apache-2.0. What it runs with, as the lock file names it (made by \`npm run licences\`):

| package | version | licence |
|---|---|---|
${shipped.map(row).join("\n")}

What builds and tests it, and is not shipped: ${counted(others)}.
`);
