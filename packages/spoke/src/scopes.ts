import type { AnyDefinition } from "./definition.ts";

/** Whoever may manage may read as well. */
function managing(scope: string): string {
  return scope.replace(/\.read$/, ".manage");
}

function covers(scopes: ReadonlySet<string>, wanted: string): boolean {
  return scopes.has(wanted) || scopes.has(managing(wanted));
}

/** Every scope that one of these names, in order of their names: what to ask for when nobody knows what will be granted. */
export function namedScopes(definitions: readonly AnyDefinition[]): readonly string[] {
  return [...new Set(definitions.flatMap(({ scopes }) => scopes))].toSorted();
}

/** The fewest scopes with which all of these can run, in order of their names. */
export function neededScopes(definitions: readonly AnyDefinition[]): readonly string[] {
  const all = namedScopes(definitions);
  return all.filter((scope) => managing(scope) === scope || !all.includes(managing(scope)));
}

/** Those of `needed` that `granted` does not cover. */
export function missingScopes(granted: readonly string[], needed: readonly string[]): readonly string[] {
  const have = new Set(granted);
  return needed.filter((scope) => !covers(have, scope));
}
