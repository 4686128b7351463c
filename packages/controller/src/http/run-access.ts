import { type Lane, LongarmError, type RunId } from "@longarm/shared";
import { isRestricted, mayScope, maySeeRun, mayTake, mayUse } from "../decide/access.ts";
import type { ConnectionStore } from "../ports/connection-store.ts";
import type { Principal } from "../ports/principal.ts";
import type { RunFilter } from "../ports/run-history.ts";
import type { RunRequest, RunService, RunView } from "../ports/run-service.ts";
import { syncOf, type SyncStore } from "../ports/sync-store.ts";

/** Refuses the name of a connection or credential that is not granted, whether there is one or not. */
export function assertMayUse(principal: Principal, name: string, what: "connection" | "credential" = "connection"): void {
  if (mayUse(principal, name)) return;
  throw new LongarmError("not_allowed", `"${principal.name}" may not use the ${what} "${name}"; it is granted others only.`, {
    details: { [what]: name },
  });
}

/** Whom a run is submitted for, and the connections that they may use. */
export function submitterOf({ name, connections = ["*"] }: Principal): Pick<RunRequest, "principal" | "connections"> {
  return { principal: name, connections };
}

/** The run, if it may be seen; any other is as unknown as one that never was. */
export function assertMaySee(principal: Principal, run: RunView): RunView {
  if (maySeeRun(principal, { connection: run.connection, principal: run.submittedBy })) return run;
  throw new LongarmError("unknown_run", `No run has the id ${run.id}.`);
}

/** Refuses the id of a run that may not be seen. Costs a look at the run only where not all may be. */
export async function assertMaySeeId(runs: RunService, principal: Principal, id: RunId): Promise<RunId> {
  if (isRestricted(principal)) assertMaySee(principal, await runs.get(id));
  return id;
}

/** What of the list may be seen. */
export function seenBy({ name, connections, ownRuns }: Principal): Pick<RunFilter, "connections" | "principal"> {
  return { ...(connections && { connections }), ...(ownRuns === true && { principal: name }) };
}

function laneFor(principal: Principal, { lane, preferredLane }: RunRequest, isNamed: boolean): Pick<RunRequest, "lane" | "preferredLane"> {
  const preferred = preferredLane !== undefined && mayTake(principal, preferredLane) ? { preferredLane } : {};
  if (mayTake(principal, lane)) return { lane, ...preferred };
  const [own] = principal.lanes ?? [];
  if (own !== undefined && !isNamed) return { lane: own, ...preferred };
  throw new LongarmError("not_allowed", `"${principal.name}" may not submit into the lane "${lane}".`, { details: { lane } });
}

/** Refuses to submit again into a lane that is not granted. */
export function assertMayTake(principal: Principal, lane: Lane): void {
  laneFor(principal, { lane } as RunRequest, true);
}

/** The only connection that somebody may use, where that is not the only one there is. */
async function onlyConnection(principal: Principal, connections: ConnectionStore): Promise<string | undefined> {
  if (principal.connections === undefined) return undefined;
  const own = (await connections.list()).map(({ value }) => value.name).filter((name) => mayUse(principal, name));
  if (own[0] !== undefined && own.length === 1) return own[0];
  const sentence = own.length > 0 ? undefined : `There is no connection that "${principal.name}" may use.`;
  throw new LongarmError("connection_required", sentence, { details: { connections: own } });
}

/** The connection that is meant: one that is named must be granted; else perhaps the only one that is. */
export async function connectionFor(principal: Principal, named: string | undefined, all: ConnectionStore): Promise<string | undefined> {
  if (named === undefined) return onlyConnection(principal, all);
  assertMayUse(principal, named);
  return named;
}

/** A submission within what is granted: its connection and lane are allowed, or are chosen among those that are. */
export async function submissionFor(
  principal: Principal,
  asked: RunRequest,
  at: { readonly connections: ConnectionStore; readonly syncs: SyncStore; readonly isLaneNamed: boolean },
): Promise<RunRequest> {
  const sync = syncOf(asked.action);
  // A sync goes beside the work of people unless somebody says otherwise.
  const request: RunRequest = sync !== undefined && !at.isLaneNamed ? { ...asked, lane: "bulk" } : asked;
  const connection = sync === undefined ? await connectionFor(principal, request.connection, at.connections) : request.connection;
  if (sync !== undefined) await assertMayUseSync(principal, sync, at.syncs);
  const { preferredLane: _preferred, ...rest } = request;
  return {
    ...rest,
    ...submitterOf(principal),
    ...(connection !== undefined && { connection }),
    ...laneFor(principal, request, at.isLaneNamed),
  };
}

/** One that is not there is refused by whoever looks for it. */
async function assertMayUseSync(principal: Principal, sync: string, syncs: SyncStore): Promise<void> {
  const found = await syncs.get(sync);
  if (found) assertMayUse(principal, found.value.connection);
}

/** Refuses who lacks the right to submit runs what starts some; `act`: what whoever needs it does. */
export function assertMaySubmit(principal: Principal, act: string): void {
  if (mayScope(principal, "runs:submit")) return;
  throw new LongarmError("forbidden", `"${principal.name}" lacks the scope runs:submit, which whoever ${act} needs.`);
}
