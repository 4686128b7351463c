import type { Lane, RunId } from "@longarm/shared";
import { maySeeRun, mayScope, mayUse } from "./access.ts";

/** What may be heard of, and the scope that it takes. */
export const liveScopes = {
  run: "runs:read",
  progress: "runs:read",
  agent: "agents:read",
  budget: "connections:read",
  hook: "hooks:read",
} as const;
/** A member of the closed list. */
export type LiveKind = keyof typeof liveScopes;
export const liveKinds = Object.keys(liveScopes) as readonly LiveKind[];

/** What an event is about, as far as it decides who hears it. */
export interface LiveSubject {
  readonly kind: LiveKind;
  readonly connection?: string | null;
  readonly run?: { readonly id: RunId; readonly principal: string; readonly lane: Lane; readonly status: string };
}

/** What somebody wants to hear; an absent member narrows nothing. */
export interface LiveFilter {
  readonly kinds: ReadonlySet<LiveKind>;
  readonly connections?: ReadonlySet<string>;
  readonly runs?: ReadonlySet<RunId>;
  readonly statuses?: ReadonlySet<string>;
  readonly lanes?: ReadonlySet<Lane>;
}

type Grant = Parameters<typeof maySeeRun>[0] & Parameters<typeof mayScope>[0];

/** Which kinds somebody may hear at all. */
export function kindsFor(grant: Pick<Grant, "scopes">): readonly LiveKind[] {
  return liveKinds.filter((kind) => mayScope(grant, liveScopes[kind]));
}

/** Does the event reach them: do they want it, and may they know of it? */
export function hears({ grant, filter }: { readonly grant: Grant; readonly filter: LiveFilter }, subject: LiveSubject): boolean {
  const { kind, connection, run } = subject;
  if (!filter.kinds.has(kind) || !mayScope(grant, liveScopes[kind])) return false;
  if (run) return maySeeRun(grant, { connection: connection ?? null, principal: run.principal }) && wants(filter, connection, run);
  return connection === undefined || (connection !== null && mayUse(grant, connection) && wantsConnection(filter, connection));
}

function wants(filter: LiveFilter, connection: string | null | undefined, { id, lane, status }: NonNullable<LiveSubject["run"]>): boolean {
  const { runs, lanes, statuses } = filter;
  if (runs && !runs.has(id)) return false;
  return wantsConnection(filter, connection) && (!lanes || lanes.has(lane)) && (!statuses || statuses.has(status));
}

function wantsConnection({ connections }: LiveFilter, connection: string | null | undefined): boolean {
  return !connections || (typeof connection === "string" && connections.has(connection));
}
