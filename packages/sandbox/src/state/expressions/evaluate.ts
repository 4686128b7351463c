import type { Comparison, Expression, Literal, Operator } from "./expression.ts";
import type { ExpressionRules } from "./rules.ts";

/** Reads one attribute (`status`, `profile.department`) of the object in question. */
export type ReadAttribute = (attribute: string) => unknown;

/** Does the object whose attributes `read` gives satisfy the expression? */
export type Predicate = (read: ReadAttribute) => boolean;

type Comparable = string | number | boolean;
type Test = (actual: Comparable, wanted: Comparable) => boolean;

const tests: Readonly<Record<Exclude<Operator, "pr">, Test>> = {
  eq: (actual, wanted) => actual === wanted,
  ne: (actual, wanted) => actual !== wanted,
  gt: (actual, wanted) => actual > wanted,
  ge: (actual, wanted) => actual >= wanted,
  lt: (actual, wanted) => actual < wanted,
  le: (actual, wanted) => actual <= wanted,
  sw: (actual, wanted) => String(actual).startsWith(String(wanted)),
  ew: (actual, wanted) => String(actual).endsWith(String(wanted)),
  co: (actual, wanted) => String(actual).includes(String(wanted)),
};

function isComparable(value: unknown): value is Comparable {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
}

function normalizerFor(attribute: string, rules: ExpressionRules): (value: Comparable) => Comparable {
  if (rules.isTime(attribute)) return (value) => Date.parse(String(value));
  if (rules.ignoreCase) return (value) => (typeof value === "string" ? value.toLowerCase() : value);
  return (value) => value;
}

function withValue(comparison: Comparison, literal: Exclude<Literal, null>, rules: ExpressionRules): Predicate {
  const { attribute, operator } = comparison;
  const normalize = normalizerFor(attribute, rules);
  const wanted = normalize(literal);
  const test = tests[operator as Exclude<Operator, "pr">];
  const satisfies = (value: unknown): boolean => isComparable(value) && test(normalize(value), wanted);
  return (read) => {
    const actual = read(attribute);
    return Array.isArray(actual) ? actual.some(satisfies) : satisfies(actual);
  };
}

function compare(comparison: Comparison, rules: ExpressionRules): Predicate {
  const { attribute, operator, value } = comparison;
  if (operator === "pr") return (read) => isPresent(read(attribute));
  if (value === null) return (read) => !isPresent(read(attribute)) === (operator === "eq");
  return withValue(comparison, value, rules);
}

/** Makes the test that an expression stands for. An array satisfies a comparison when any of its members does. */
export function compilePredicate(expression: Expression, rules: ExpressionRules): Predicate {
  if (expression.kind === "comparison") return compare(expression, rules);
  if (expression.kind === "not") {
    const term = compilePredicate(expression.term, rules);
    return (read) => !term(read);
  }
  const terms = expression.terms.map((term) => compilePredicate(term, rules));
  return expression.kind === "and" ? (read) => terms.every((term) => term(read)) : (read) => terms.some((term) => term(read));
}
