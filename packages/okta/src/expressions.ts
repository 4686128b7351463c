import { LongarmError } from "@longarm/shared";

/** A complete `filter` or `search` expression. Only the functions here make one, so no value can become a part of its syntax. */
export type Expression = string & { readonly __brand: "Expression" };

/** Comparison operators. Which of them an attribute allows is the endpoint's rule. */
export type Operator = "eq" | "ge" | "gt" | "le" | "lt" | "sw" | "co" | "ew";

const attributePattern = /^[A-Za-z_$][\w$-]*(?:\.[A-Za-z_$][\w$-]*)*$/;
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const controlCharacter = /[\u0000-\u001f\u007f]/;
// Beyond this an expression no longer fits into a request line that every gateway takes.
const mostCharacters = 4_000;

function checkLength(expression: string): Expression {
  if (expression.length <= mostCharacters) return expression as Expression;
  throw new LongarmError("invalid_request", `The expression has ${expression.length} characters; at most ${mostCharacters} can be sent.`);
}

/** A value as it stands in an expression: in quotes, with `"` and `\` escaped. Control characters throw `invalid_request`. */
export function quote(value: string): string {
  if (controlCharacter.test(value) || !value.isWellFormed()) {
    throw new LongarmError("invalid_request", "A value to search for holds a control character or half of a surrogate pair.");
  }
  return `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

/** `attribute operator "value"`. Throws `invalid_request` when the attribute is no name, or the whole is over 4,000 characters. */
export function compare(attribute: string, operator: Operator, value: string): Expression {
  if (!attributePattern.test(attribute))
    throw new LongarmError("invalid_request", `"${attribute.slice(0, 80)}" is no name of an attribute.`);
  return checkLength(`${attribute} ${operator} ${quote(value)}`);
}

/** All of them hold. */
export function allOf(...expressions: readonly Expression[]): Expression {
  return join("and", expressions);
}

/** At least one of them holds. */
export function anyOf(...expressions: readonly Expression[]): Expression {
  return join("or", expressions);
}

function join(word: "and" | "or", expressions: readonly Expression[]): Expression {
  const [first, ...others] = expressions;
  if (first === undefined) throw new LongarmError("internal", "An expression needs at least one part.");
  if (others.length === 0) return first;
  return checkLength(expressions.map((part) => (/ (?:and|or) /.test(withoutQuoted(part)) ? `(${part})` : part)).join(` ${word} `));
}

function withoutQuoted(expression: string): string {
  return expression.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
}
