import type { RunFilter } from "../ports/run-history.ts";
import { readRunCursor } from "../ports/run-cursor.ts";

type Parameter = string | number;

/** SQL that depends only on which filters are used, so that it can be prepared once, and its parameters. */
export interface RunQuery {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
}

const columns = `runs.id, action, connection, lane, status, principal, owner, epoch, errorCode, callCount, runs.submittedAt, startedAt, endedAt, startBy, waitingFor, originKind, originName, slotMs,
  (SELECT json_group_array(agent ORDER BY n) FROM carriers AS c WHERE c.run = runs.id) AS agents`;

/** Selects rows of the projection. */
export function selectRuns(rest: string, source = "runs"): string {
  return `SELECT ${columns} FROM ${source} ${rest}`;
}

// With an agent, its own index is walked in the order of the list, so that the newest are found without sorting all it ever did.
const plainSource = { tables: "runs", time: "runs.submittedAt", id: "runs.id" };
const agentSource = { tables: "carriers CROSS JOIN runs ON runs.id = carriers.run", time: "carriers.submittedAt", id: "carriers.run" };

const searched = ["runs.id", "action", "connection", "errorCode"];

interface Condition {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
}

function equals(column: string, value: Parameter | undefined): readonly Condition[] {
  return value === undefined ? [] : [{ sql: `${column} = ?`, parameters: [value] }];
}

function hasStatus(statuses: readonly string[] | undefined): readonly Condition[] {
  return statuses === undefined ? [] : [{ sql: `status IN (${statuses.map(() => "?").join(", ")})`, parameters: statuses }];
}

// Names hold nothing that GLOB takes for more than itself but `*`.
function isOfAny(patterns: readonly string[] | undefined): readonly Condition[] {
  if (patterns === undefined) return [];
  return [{ sql: `(${patterns.map(() => "connection GLOB ?").join(" OR ") || "FALSE"})`, parameters: patterns }];
}

function contains(text: string | undefined): readonly Condition[] {
  if (text === undefined || text === "") return [];
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return [{ sql: `(${searched.map((column) => `${column} LIKE ? ESCAPE '\\'`).join(" OR ")})`, parameters: searched.map(() => pattern) }];
}

function isAfter(cursor: string | undefined, order: string): readonly Condition[] {
  if (cursor === undefined) return [];
  const { submittedAt, id } = readRunCursor(cursor);
  return [{ sql: `(${order}) < (?, ?)`, parameters: [submittedAt, id] }];
}

/** The page behind a cursor, newest first. Throws `invalid_request` for a cursor that is none. */
export function listQuery(filter: RunFilter, page: { readonly limit: number; readonly cursor?: string }): RunQuery {
  const { tables, time, id } = filter.agent === undefined ? plainSource : agentSource;
  const conditions: readonly Condition[] = [
    ...equals("carriers.agent", filter.agent),
    ...hasStatus(filter.status),
    ...equals("waitingFor", filter.waitingFor),
    ...equals("action", filter.action),
    ...equals("connection", filter.connection),
    ...equals("originName", filter.schedule),
    ...equals("originKind", filter.schedule === undefined ? undefined : "schedule"),
    ...isOfAny(filter.connections),
    ...equals("principal", filter.principal),
    ...equals("lane", filter.lane),
    ...(filter.since === undefined ? [] : [{ sql: `${time} >= ?`, parameters: [filter.since] }]),
    ...(filter.until === undefined ? [] : [{ sql: `${time} < ?`, parameters: [filter.until] }]),
    ...contains(filter.q),
    ...isAfter(page.cursor, `${time}, ${id}`),
  ];
  const where = conditions.length === 0 ? "" : `WHERE ${conditions.map(({ sql }) => sql).join(" AND ")}`;
  const parameters = [...conditions.flatMap((condition) => condition.parameters), page.limit];
  return { sql: selectRuns(`${where} ORDER BY ${time} DESC, ${id} DESC LIMIT ?`, tables), parameters };
}
