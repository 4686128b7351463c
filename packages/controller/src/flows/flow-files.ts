import { readdir } from "node:fs/promises";

const extensions = /\.(?:ts|mts|mjs|js)$/;
const others = /\.test\.[a-z]+$|\.d\.m?ts$|^[._]/;

/** Is it a file of flows? Tests, declarations and what begins with a full stop or a low line are not. */
export function isFlowFile(name: string): boolean {
  return extensions.test(name) && !others.test(name);
}

/** The files of flows that stand directly in a directory, in the order of their names. Throws what the file system throws. */
export async function flowFiles(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory() && isFlowFile(entry.name))
    .map(({ name }) => name)
    .toSorted();
}
