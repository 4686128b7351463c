import { LongarmError, type RecordField } from "@longarm/shared";
import { commonSorts, type RecordFilter, type RecordPage } from "../../ports/record-history.ts";
import { columnOf, type RecordTable } from "./record-file.ts";

type Parameter = string | number;

interface Condition {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
}

/** SQL that depends only on which filters are used, so that it can be prepared once, and its parameters. */
export interface RecordQuery extends Condition {
  /** What the list is sorted by. */
  readonly column: string;
}

/** Where a page ended. */
interface Place {
  readonly order: string;
  readonly value: Parameter;
  readonly connection: string;
  readonly id: string;
}

function isOneOf(column: string, values: readonly Parameter[] | undefined): readonly Condition[] {
  if (values === undefined) return [];
  return [{ sql: `${column} IN (${values.map(() => "?").join(", ")})`, parameters: values }];
}

// Names hold nothing that GLOB takes for more than itself but `*`. The plus keeps it out of the choice of an index: the order decides that.
function isOfAny(patterns: readonly string[] | undefined): readonly Condition[] {
  if (patterns === undefined) return [];
  return [{ sql: `(${patterns.map(() => "+connection GLOB ?").join(" OR ") || "FALSE"})`, parameters: patterns }];
}

function contains(text: string | undefined): readonly Condition[] {
  if (text === undefined || text === "") return [];
  return [{ sql: "searched LIKE ? ESCAPE '\\'", parameters: [`%${text.replace(/[\\%_]/g, "\\$&")}%`] }];
}

function fieldNamed(fields: readonly RecordField[], name: string): RecordField {
  const field = fields.find((one) => one.name === name);
  if (field) return field;
  throw new LongarmError(
    "invalid_request",
    `"${name}" is no field of these records; they have ${fields.map((one) => one.name).join(", ")}.`,
  );
}

function sortColumn({ fields }: RecordTable, sort: string | undefined): string {
  if (sort !== undefined && (commonSorts as readonly string[]).includes(sort)) return sort;
  const field = sort === undefined ? fields[0] : fieldNamed(fields, sort);
  return field ? columnOf(field) : "id";
}

function orderOf(column: string, isDescending: boolean): string {
  return `${isDescending ? "-" : ""}${column}`;
}

/** The place as the opaque text that callers hand back. */
export function writeCursor(query: RecordQuery, row: Readonly<Record<string, unknown>>, { isDescending = false }: RecordPage): string {
  const place = [orderOf(query.column, isDescending), row[query.column], row["connection"], row["id"]];
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

function readCursor(cursor: string, order: string): Place {
  try {
    const [of, value, connection, id] = JSON.parse(Buffer.from(cursor, "base64url").toString()) as unknown[];
    const isValue = typeof value === "string" || typeof value === "number";
    if (of === order && isValue && typeof connection === "string" && typeof id === "string") return { order, value, connection, id };
  } catch {
    // It is told below.
  }
  throw new LongarmError(
    "invalid_request",
    `"${cursor.slice(0, 80)}" is no cursor of this list; use the nextCursor of the page before, with the same sort.`,
  );
}

/** What makes the order of a list whole: no two records are equal in it. */
function orderColumns(column: string): readonly string[] {
  return [column, ...["connection", "id"].filter((other) => other !== column)];
}

function isBehind(cursor: string | undefined, column: string, isDescending: boolean): readonly Condition[] {
  if (cursor === undefined) return [];
  const { value, connection, id } = readCursor(cursor, orderOf(column, isDescending));
  const columns = orderColumns(column);
  const place: Readonly<Record<string, Parameter>> = { [column]: value, connection, id };
  const sql = `(${columns.join(", ")}) ${isDescending ? "<" : ">"} (${columns.map(() => "?").join(", ")})`;
  return [{ sql, parameters: columns.map((name) => place[name] ?? "") }];
}

/** The page behind a cursor. Throws `invalid_request` for a cursor, a sort or a field that is none. */
export function listQuery(table: RecordTable, filter: RecordFilter, page: RecordPage): RecordQuery {
  const column = sortColumn(table, page.sort);
  const { isDescending = false } = page;
  const conditions: readonly Condition[] = [
    ...isOneOf("connection", filter.connection === undefined ? undefined : [filter.connection]),
    ...isOfAny(filter.connections),
    ...isOneOf("source", filter.source),
    ...(filter.isDeleted === undefined ? [] : [{ sql: `deletedAt ${filter.isDeleted ? ">" : "="} 0`, parameters: [] }]),
    ...Object.entries(filter.fields ?? {}).flatMap(([name, values]) => isOneOf(columnOf(fieldNamed(table.fields, name)), values)),
    ...contains(filter.q),
    ...isBehind(page.cursor, column, isDescending),
  ];
  const where = conditions.length === 0 ? "" : `WHERE ${conditions.map(({ sql }) => sql).join(" AND ")}`;
  const direction = isDescending ? "DESC" : "ASC";
  const order = `ORDER BY ${orderColumns(column)
    .map((name) => `${name} ${direction}`)
    .join(", ")}`;
  const parameters = [...conditions.flatMap((condition) => condition.parameters), page.limit];
  return { column, sql: `SELECT * FROM ${table.kind} ${where} ${order} LIMIT ?`, parameters };
}
