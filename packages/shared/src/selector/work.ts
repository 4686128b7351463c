import { selectorLimits } from "./language.ts";

/** How many nodes of an expression's tree are evaluated once, and which lists are walked with what for each element. */
export interface Work {
  nodes: number;
  readonly walks: ListWalk[];
}

/** A list that `exists`, `exists_one` or `all` walks: the path to it (`["labels", "capabilities"]`), or the length of a literal. */
export interface ListWalk {
  readonly list: readonly string[] | number;
  readonly body: Work;
}

function lengthOf(list: ListWalk["list"], context: unknown): number {
  if (typeof list === "number") return list;
  let value = context;
  for (const key of list) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return 0;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  if (Array.isArray(value)) return value.length;
  return typeof value === "object" && value !== null ? Object.keys(value).length : 0;
}

function nodesOf(work: Work, context: unknown): number {
  return work.walks.reduce((sum, { list, body }) => sum + lengthOf(list, context) * nodesOf(body, context), work.nodes);
}

/**
 * Would evaluating this over these lists take longer than a selector may? Lists come from agents and administrators, and one
 * inside another multiplies: the bound on the source alone would allow seconds.
 */
export function isTooMuch(work: Work, context: unknown): boolean {
  return work.walks.length > 0 && nodesOf(work, context) > selectorLimits.evaluatedNodes;
}
