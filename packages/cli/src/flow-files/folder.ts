import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { LongarmError } from "@longarm/shared";
import type { CommonOptions } from "../command.ts";

/** The folder that is named, that the controller's environment names, or that `longarm up` takes. */
export function folderOf(options: CommonOptions & { readonly directory?: string }, environment: NodeJS.ProcessEnv): string {
  const { directory = environment["LONGARM_FLOWS_DIRECTORY"], data = environment["LONGARM_DATA"] ?? ".longarm" } = options;
  return resolve(directory ?? join(data, "flows"));
}

/** Writes a file that is not there yet; gives its path. Throws `invalid_usage` where it is: nothing is written over. */
export function writeNew(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  if (writeIfAbsent(folder, name, text)) return path;
  throw new LongarmError("invalid_usage", `${path} is there already and is not written over; give another name, or another --directory.`);
}

/** Writes a file unless it is there; tells whether it did. */
export function writeIfAbsent(folder: string, name: string, text: string): boolean {
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(join(folder, name), text, { flag: "wx" });
    return true;
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw reason;
  }
}
