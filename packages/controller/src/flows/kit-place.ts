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

const bundled = {
  "@longarm/spoke": "@longarm/spoke/index.d.ts",
  "@longarm/spoke/testing": "@longarm/spoke/testing/index.d.ts",
  typebox: "typebox/build/index.d.mts",
} as const;

/** Where an editor finds the types that flows need: in the sources, or in what a bundle brings along. */
export function kitTypes(): KitTypes {
  const isBundled = extension !== ".ts";
  const modules = new URL(isBundled ? "./types/node_modules/" : "../../../../node_modules/", import.meta.url);
  const fileOf = (name: keyof typeof bundled): string =>
    fileURLToPath(isBundled ? new URL(bundled[name], modules) : import.meta.resolve(name)).replace(/\.mjs$/, ".d.mts");
  const names = Object.keys(bundled) as (keyof typeof bundled)[];
  return { paths: Object.fromEntries(names.map((name) => [name, [fileOf(name)]])), roots: [fileURLToPath(new URL("@types", modules))] };
}
