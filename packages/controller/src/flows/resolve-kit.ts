import { registerHooks } from "node:module";
import { extname } from "node:path";
import type { ModuleText } from "./messages.ts";

// Of sources or of a bundle, as this file is.
const extension = extname(new URL(import.meta.url).pathname);
const ownPlaces =
  extension === ".ts"
    ? ["../../../../packages/", "../../../../node_modules/"].map((path) => new URL(path, import.meta.url).href)
    : [new URL("./", import.meta.url).href];
const files: Readonly<Record<string, string>> = { "@longarm/spoke": "spoke", "@longarm/spoke/testing": "testing", typebox: "typebox" };

function isOwn(url: string | undefined): boolean {
  return url === undefined || ownPlaces.some((place) => url.startsWith(place));
}

function addressOf(specifier: string, parent: string | undefined): string {
  return URL.parse(specifier, /^\.{0,2}\//.test(specifier) ? parent : undefined)?.href ?? "";
}

/**
 * From now on this thread's modules that are not Longarm's find the kit under its names wherever they lie, and find Longarm's own: two copies
 * of a class would not know each other's objects. `sources` are taken instead of what stands in their files.
 *
 * Gives the text of each such module that is loaded.
 */
export function resolveKit(sources: ReadonlyMap<string, ModuleText> = new Map()): ReadonlyMap<string, ModuleText> {
  const loaded = new Map(sources);
  registerHooks({
    resolve(specifier, context, next) {
      const kept = sources.get(addressOf(specifier, context.parentURL));
      if (kept) return { url: addressOf(specifier, context.parentURL), format: kept.format, shortCircuit: true };
      const file = files[specifier];
      if (file === undefined || isOwn(context.parentURL)) return next(specifier, context);
      return { url: new URL(`./kit/${file}${extension}`, import.meta.url).href, shortCircuit: true };
    },
    load(url, context, next) {
      if (isOwn(url)) return next(url, context);
      const kept = sources.get(url);
      if (kept) return { ...kept, shortCircuit: true };
      const found = next(url, context);
      const { format, source } = found;
      if (url.startsWith("file:") && format?.startsWith("module") === true && source !== undefined && source !== null)
        loaded.set(url, { format, source: typeof source === "string" ? source : new TextDecoder().decode(source) });
      return found;
    },
  });
  return loaded;
}
