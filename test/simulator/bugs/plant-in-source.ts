import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { decideBugs } from "./decide-bugs.ts";

/**
 * Makes this thread load the product with the bug of that name in one of its decisions; any other name plants nothing. It must be called
 * before the product is loaded. Loading throws where the source is not what the bug was made for.
 */
export function plantInSource(name: string | undefined): void {
  const bug = name === undefined ? undefined : decideBugs[name];
  if (!bug) return;
  const url = new URL(`../../../${bug.file}`, import.meta.url).href;
  registerHooks({
    load: (loaded, context, next) => {
      const module = next(loaded, context);
      return loaded === url ? { ...module, source: worsened(readFileSync(new URL(loaded), "utf8"), bug) } : module;
    },
  });
}

function worsened(source: string, { file, from, to }: (typeof decideBugs)[string]): string {
  if (source.split(from).length !== 2) throw new Error(`${file} does not hold "${from}" once, so that this bug cannot be planted.`);
  return source.replace(from, () => to);
}
