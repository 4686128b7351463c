import { readdirSync, readFileSync } from "node:fs";
import type { FlowSource } from "@longarm/spoke";

// Of the sources, or where a bundle keeps them.
const folder = new URL("flows/", import.meta.url);

/** The file that holds the flow of that name, as it was written; undefined: none does. */
export function flowSource(name: string): FlowSource | undefined {
  for (const file of readdirSync(folder)) {
    if (!file.endsWith(".ts") || file.endsWith(".test.ts")) continue;
    const source = readFileSync(new URL(file, folder), "utf8");
    if (source.includes(`name: ${JSON.stringify(name)},`)) return { file, source };
  }
  return undefined;
}
