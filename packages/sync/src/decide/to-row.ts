import type { Column, Row, RowFault, Table, Value } from "./table.ts";

/** An item as a row, with the names of the members that no column holds; or why it is none. */
export type Mapped =
  | { readonly kind: "row"; readonly row: Row; readonly uncovered: readonly string[] }
  | { readonly kind: "fault"; readonly fault: RowFault };

type Members = Readonly<Record<string, unknown>>;

/** Where columns take their values, or what is left out, as a tree of member names; `true` is the end of a path. */
interface Paths {
  readonly [name: string]: Paths | true;
}

const momentPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;
// Links lead to the API and say nothing of the object; they stand in `raw`.
const uninteresting: Paths = { _links: true, _embedded: true };

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readAt(item: unknown, path: readonly string[]): unknown {
  let at = item;
  for (const name of path) {
    if (!isMembers(at)) return undefined;
    at = Object.hasOwn(at, name) ? at[name] : undefined;
  }
  return at;
}

/** The value as the column stores it; undefined where it is of another kind. */
function valueOf({ type }: Column, value: unknown): Value | undefined {
  if (value === undefined || value === null) return null;
  switch (type) {
    case "text":
      return typeof value === "string" ? value : undefined;
    case "moment":
      return typeof value === "string" && momentPattern.test(value) ? value : undefined;
    case "number":
      return typeof value === "number" ? value : undefined;
    case "boolean":
      return typeof value === "boolean" ? value : undefined;
    case "json":
      return JSON.stringify(value);
  }
}

function add(tree: Record<string, Paths | true>, [name, ...below]: readonly string[]): void {
  if (name === undefined || tree[name] === true) return;
  if (below.length === 0) tree[name] = true;
  else add((tree[name] ??= {}) as Record<string, Paths | true>, below);
}

function treeOf(paths: Iterable<readonly string[]>): Paths {
  const tree: Record<string, Paths | true> = Object.create(null) as Record<string, Paths | true>;
  for (const path of paths) add(tree, path);
  return tree;
}

/** The object without the members at those paths; undefined when nothing is left of it. */
function without(members: Members, paths: Paths): Members | undefined {
  const left: [string, unknown][] = [];
  for (const name of Object.keys(members)) {
    const value = members[name];
    const path = paths[name];
    // Where an object with columns of its own could stand, null says no more than those columns do.
    if (path === true || (path !== undefined && value === null)) continue;
    const kept = path !== undefined && isMembers(value) ? without(value, path) : value;
    if (kept !== undefined) left.push([name, kept]);
  }
  return left.length > 0 ? Object.fromEntries(left) : undefined;
}

function namesIn(left: Members, paths: Paths): string[] {
  return Object.keys(left).flatMap((name) => {
    const value = left[name];
    const path = paths[name];
    if (path !== undefined && path !== true && isMembers(value)) return namesIn(value, path).map((below) => `${name}.${below}`);
    return [name];
  });
}

interface Plan {
  readonly table: Table;
  readonly covered: Paths;
  readonly omitted: Paths;
  readonly hasOmitted: boolean;
  readonly keyAt: readonly number[];
}

/** A mapper of items onto rows of one table. Make it once and use it for many items. */
export function rowMapper(table: Table): (item: unknown, parent: string | null) => Mapped {
  const paths = table.columns.flatMap(({ from }) => (from === "parent" ? [] : [from]));
  const plan: Plan = {
    table,
    covered: treeOf([...paths, ...table.omitted, ...Object.keys(uninteresting).map((name) => [name])]),
    omitted: treeOf(table.omitted),
    hasOmitted: table.omitted.length > 0,
    keyAt: table.key.map((name) => table.columns.findIndex((column) => column.name === name)),
  };
  return (item, parent) => map(plan, item, parent);
}

function map(plan: Plan, item: unknown, parent: string | null): Mapped {
  const { table } = plan;
  const misfits: (readonly string[])[] = [];
  const values = table.columns.map((column) => {
    if (column.from === "parent") return parent;
    const value = valueOf(column, readAt(item, column.from));
    if (value === undefined) misfits.push(column.from);
    return value ?? null;
  });
  const key = plan.keyAt.map((at) => values[at]);
  if (!key.every((part): part is string => typeof part === "string" && part !== ""))
    return { kind: "fault", fault: faultOf(plan, item, key) };
  if (!table.keepsItem || !isMembers(item)) return { kind: "row", row: { key, values, extra: null, raw: null }, uncovered: [] };
  const left = { ...without(item, plan.covered), ...misplaced(item, misfits) };
  const uncovered = namesIn(left, plan.covered);
  const extra = uncovered.length > 0 ? JSON.stringify(left) : null;
  return { kind: "row", row: { key, values, extra, raw: storedForm(plan, item) }, uncovered };
}

/** Values that a column could not take, under their whole path, so that they are found beside it. */
function misplaced(item: Members, misfits: readonly (readonly string[])[]): Members {
  return Object.fromEntries(misfits.map((path) => [path.join("."), readAt(item, path)]));
}

function storedForm({ omitted, hasOmitted }: Plan, item: unknown): string {
  const kept = hasOmitted && isMembers(item) ? (without(item, omitted) ?? {}) : item;
  return JSON.stringify(kept) ?? "null";
}

function faultOf(plan: Plan, item: unknown, key: readonly (Value | undefined)[]): RowFault {
  const missing = plan.table.key.filter((_, at) => typeof key[at] !== "string" || key[at] === "");
  const known = key.filter((part) => typeof part === "string" && part !== "").join(" ");
  const problem = isMembers(item) ? `has no ${missing.join(" and no ")} that is a text` : "is no object";
  return { table: plan.table.name, key: known === "" ? null : known, problem, item: storedForm(plan, item) };
}
