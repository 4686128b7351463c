import { relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** Where in the files of a directory something was thrown (`welcome.ts:12:5`); undefined: that is not to be seen. */
export function placeOfFault(reason: unknown, directory: string): string | undefined {
  const stack = reason instanceof Error ? (reason.stack ?? "") : "";
  const root = pathToFileURL(`${directory}/`).href;
  for (const [, url = "", place = ""] of stack.matchAll(/(file:\/\/[^\s()]+?)(:\d+(?::\d+)?)(?=[)\s]|$)/g)) {
    if (url.startsWith(root) && !url.includes("/node_modules/")) return relative(directory, fileURLToPath(url)) + place;
  }
  return undefined;
}

/** What was thrown as a file was loaded, in a line, with its place. */
export function faultLine(reason: unknown, directory: string): string {
  const at = placeOfFault(reason, directory);
  const said = reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason);
  const line = said.replaceAll(/\s*\n\s*/g, " ");
  return at === undefined ? line : `${line} (${at})`;
}
