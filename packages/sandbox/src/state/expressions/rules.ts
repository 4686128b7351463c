import { type Comparison, comparisonsOf, type Expression, hasNegation, type Operator } from "./expression.ts";

/** What one endpoint's expressions may say. */
export interface ExpressionRules {
  /** The operators allowed on this attribute; undefined when the attribute cannot be asked for. */
  operatorsFor(attribute: string): readonly Operator[] | undefined;
  /** Is this attribute a moment in time? */
  isTime(attribute: string): boolean;
  /** Do strings compare without regard to the case of letters? */
  readonly ignoreCase: boolean;
}

function faultOf(comparison: Comparison, rules: ExpressionRules): string | undefined {
  const { attribute, operator, value } = comparison;
  const allowed = rules.operatorsFor(attribute);
  if (!allowed) return `Invalid property '${attribute}'`;
  if (!allowed.includes(operator)) return `Unrecognized attribute operator '${operator}' for given attribute: ${attribute}`;
  if (operator !== "pr" && rules.isTime(attribute) && Number.isNaN(Date.parse(String(value)))) return `'${String(value)}' is no date`;
  return undefined;
}

/** The first thing in the expression that these rules forbid, as a sentence; undefined when all is allowed. No endpoint allows `not`. */
export function findFault(expression: Expression, rules: ExpressionRules): string | undefined {
  if (hasNegation(expression)) return "The operator 'not' is not supported";
  for (const comparison of comparisonsOf(expression)) {
    const fault = faultOf(comparison, rules);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
