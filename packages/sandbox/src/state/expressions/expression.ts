/** The comparison operators of Okta's SCIM-like expressions; `pr` ("present") takes no value. */
export const operators = ["eq", "ne", "gt", "ge", "lt", "le", "sw", "ew", "co", "pr"] as const;

export type Operator = (typeof operators)[number];

export type Literal = string | number | boolean | null;

export interface Comparison {
  readonly kind: "comparison";
  readonly attribute: string;
  readonly operator: Operator;
  /** Null for `pr`. */
  readonly value: Literal;
}

/** A parsed expression. */
export type Expression =
  | Comparison
  | { readonly kind: "and" | "or"; readonly terms: readonly Expression[] }
  | { readonly kind: "not"; readonly term: Expression };

/** Every comparison in the expression, from left to right. */
export function comparisonsOf(expression: Expression): readonly Comparison[] {
  if (expression.kind === "comparison") return [expression];
  if (expression.kind === "not") return comparisonsOf(expression.term);
  return expression.terms.flatMap(comparisonsOf);
}

/** Does the expression use `not` anywhere? */
export function hasNegation(expression: Expression): boolean {
  if (expression.kind === "comparison") return false;
  return expression.kind === "not" || expression.terms.some(hasNegation);
}
