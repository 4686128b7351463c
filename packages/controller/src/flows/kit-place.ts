import { extname } from "node:path";
import { fileURLToPath } from "node:url";

// Of sources or of a bundle, as this file is.
const extension = extname(new URL(import.meta.url).pathname);

/** Given to Node's `--import`, has any module find the kit under its names: flows are tested by it. A URL. */
export const kitRegistration = new URL(`./kit/register${extension}`, import.meta.url).href;

/** Where an editor finds types. */
export interface KitTypes {
  /** The files of the kit, by the names that flows import it under. */
  readonly paths: Readonly<Record<string, readonly [string]>>;
  /** The folder of Node's own. */
  readonly roots: readonly [string];
}

/** Where an editor finds the types that flows need; undefined: a bundle has none. */
export function kitTypes(): KitTypes | undefined {
  if (extension !== ".ts") return undefined;
  const fileOf = (name: string): readonly [string] => [fileURLToPath(import.meta.resolve(name)).replace(/\.mjs$/, ".d.mts")];
  const names = ["@longarm/spoke", "@longarm/spoke/testing", "typebox"];
  const roots = [fileURLToPath(new URL("../../../../node_modules/@types", import.meta.url))] as const;
  return { paths: Object.fromEntries(names.map((name) => [name, fileOf(name)])), roots };
}
