import { extname } from "node:path";
import { fileURLToPath } from "node:url";

// Of sources or of a bundle, as this file is.
const extension = extname(new URL(import.meta.url).pathname);

/** Given to Node's `--import`, has any module find the kit under its names: flows are tested by it. A URL. */
export const kitRegistration = new URL(`./kit/register${extension}`, import.meta.url).href;

/** The files that tell an editor the types of the kit, by the names that flows import it under. Empty: a bundle has none. */
export function kitTypes(): Readonly<Record<string, string>> {
  if (extension !== ".ts") return {};
  const resolved = ["@longarm/spoke", "@longarm/spoke/testing", "typebox"].map((name) => [name, fileURLToPath(import.meta.resolve(name))]);
  return Object.fromEntries(resolved) as Record<string, string>;
}
