import type { Shell } from "../shell.ts";
import { plainLine } from "./plain.ts";

/** Names and values, one a line, the values under one another. */
export async function writeFacts(shell: Shell, facts: readonly (readonly [name: string, value: string])[]): Promise<void> {
  const width = Math.max(...facts.map(([name]) => name.length));
  for (const [name, value] of facts) await shell.write(`${shell.look("bold", name.padEnd(width))}  ${plainLine(value)}\n`);
}
