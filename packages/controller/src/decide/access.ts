import { everyScope, type Grant, type Lane } from "@longarm/shared";

/** Does a pattern, in which `*` stands for any characters, mean this name? */
export function matchesGlob(pattern: string, name: string): boolean {
  const parts = pattern.split("*");
  const [first = "", ...rest] = parts;
  if (rest.length === 0) return pattern === name;
  const last = rest.pop() ?? "";
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  const end = name.length - last.length;
  let at = first.length;
  // The earliest place is as good as any: what follows can only gain room by it.
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

/** Is the scope granted? */
export function mayScope(grant: Pick<Grant, "scopes">, scope: string): boolean {
  return grant.scopes.includes(everyScope) || grant.scopes.includes(scope);
}

/** May they use the connection of this name, whether there is one or not? */
export function mayUse(grant: Pick<Grant, "connections">, connection: string): boolean {
  return grant.connections === undefined || grant.connections.some((pattern) => matchesGlob(pattern, connection));
}

/** May they submit into the lane? */
export function mayTake(grant: Pick<Grant, "lanes">, lane: Lane): boolean {
  return grant.lanes === undefined || grant.lanes.includes(lane);
}

/** May they see, and so act on, a run of this connection and submitter? */
export function maySeeRun(
  grant: Pick<Grant, "connections" | "ownRuns"> & { readonly name: string },
  run: { readonly connection: string | null; readonly principal: string | null },
): boolean {
  if (grant.ownRuns === true && run.principal !== grant.name) return false;
  return grant.connections === undefined || (run.connection !== null && mayUse(grant, run.connection));
}

/** Does the grant restrict which runs are seen at all? */
export function isRestricted({ connections, ownRuns }: Pick<Grant, "connections" | "ownRuns">): boolean {
  return connections !== undefined || ownRuns === true;
}

/** Is everything granted, without any restriction? */
export function mayEverything({ scopes, connections, lanes, ownRuns }: Grant): boolean {
  return scopes.includes(everyScope) && !connections && !lanes && ownRuns !== true;
}

/** What of a wished grant goes beyond the one that its maker has, in words; empty: nothing does. */
export function excessOf(wish: Grant, maker: Grant): readonly string[] {
  const excess = wish.scopes.filter((scope) => !mayScope(maker, scope)).map((scope) => `the scope ${scope}`);
  const { connections, lanes, ownRuns } = maker;
  const expiresAt = maker.isSession === true ? undefined : maker.expiresAt;
  // A `*` of the wish counts as a character that only a `*` of the maker's covers.
  if (connections && (wish.connections ?? ["*"]).some((pattern) => !mayUse(maker, pattern)))
    excess.push("connections that you may not use");
  if (lanes && !(wish.lanes?.every((lane) => lanes.includes(lane)) ?? false)) excess.push("lanes that you may not use");
  if (ownRuns === true && wish.ownRuns !== true) excess.push("runs that are not its own");
  if (expiresAt !== undefined && (wish.expiresAt === undefined || wish.expiresAt > expiresAt)) excess.push("a life longer than yours");
  return excess;
}
