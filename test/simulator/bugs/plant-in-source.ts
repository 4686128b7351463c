import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { type DecideBug, decideBugs } from "./decide-bugs.ts";

/** A line of the product's source that is another one. */
export type SourceBug = Pick<DecideBug, "file" | "from" | "to">;

/** Plants the bug of that name in one of the product's decisions, as `plant` does; any other name plants nothing. */
export function plantInSource(name: string | undefined): void {
  const bug = name === undefined ? undefined : decideBugs[name];
  if (bug) plant(bug);
}

/**
 * Makes this thread load the product with that bug. It must be called before the product is loaded. Loading throws where the source is
 * not what the bug was made for.
 */
export function plant(bug: SourceBug): void {
  const url = new URL(`../../../${bug.file}`, import.meta.url).href;
  registerHooks({
    load: (loaded, context, next) => {
      const module = next(loaded, context);
      return loaded === url ? { ...module, source: worsened(readFileSync(new URL(loaded), "utf8"), bug) } : module;
    },
  });
}

function worsened(source: string, { file, from, to }: SourceBug): string {
  if (source.split(from).length !== 2) throw new Error(`${file} does not hold "${from}" once, so that this bug cannot be planted.`);
  return source.replace(from, () => to);
}
