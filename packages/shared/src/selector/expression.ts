import type { ParseResult } from "@marcbachmann/cel-js";
import { LongarmError } from "../errors.ts";
import { inspect } from "./inspect.ts";
import { expressionLanguage, type Language, parseCel, runCel, selectorLimits, type Variables } from "./language.ts";
import { faultOf, selectorError } from "./syntax-fault.ts";
import { isTooMuch } from "./work.ts";

/** What an expression gave: a value as JSON has it, or why there is none. */
export type ExpressionResult = { readonly value: unknown } | { readonly fault: string };

/** A parsed expression over named variables. */
export interface Expression {
  readonly source: string;
  /** Its value over these variables. Nothing is thrown: an absent member and a wrong type are faults. */
  evaluate(variables: Readonly<Record<string, unknown>>): ExpressionResult;
}

/** What an expression may read: each variable with its members where their set is closed, else null. */
export type ExpressionVariables = Readonly<Record<string, readonly string[] | null>>;

function refuse(source: string, problem: string): never {
  throw selectorError(source, { start: 0, end: source.length, problem }, "expression");
}

function parse(source: string, language: Language): ParseResult {
  try {
    return parseCel(source, language);
  } catch (reason) {
    throw selectorError(source, faultOf(reason, source, "expression"), "expression");
  }
}

/** CEL counts whole numbers in 64 bits; JSON has doubles. */
function jsonValue(value: unknown): ExpressionResult {
  if (typeof value === "bigint") return jsonValue(Number(value));
  if (typeof value === "number") return Number.isFinite(value) ? { value } : { fault: "it gives a number that is none" };
  if (value === null || typeof value === "string" || typeof value === "boolean") return { value };
  if (!Array.isArray(value)) return { fault: "it gives neither a text, a number, true, false, null nor a list of those" };
  const members = value.map(jsonValue);
  const fault = members.find((member) => "fault" in member);
  return fault ?? { value: members.map((member) => ("value" in member ? member.value : null)) };
}

const mixed = /^no such overload: (?=.*\bdouble\b)(?=.*\bu?int\b)/;

/** What whoever wrote the expression is most likely not aware of. */
function withHint(fault: string): string {
  return mixed.test(fault) ? `${fault}; a number of JSON is a double: int(…) makes it a whole one` : fault;
}

/**
 * Reads an expression in the language of selectors over other variables, with `bool`, `split`, `substring` and `indexOf` besides, and
 * bounded as they are. Throws `invalid_selector` whose message shows the place; details: `line`, `column` (from 1) and `problem`.
 */
export function parseExpression(source: string, variables: ExpressionVariables): Expression {
  if (Buffer.byteLength(source) > selectorLimits.sourceBytes) refuse(source, `it is longer than ${selectorLimits.sourceBytes} bytes`);
  const known: Variables = new Map(Object.entries(variables));
  const language = expressionLanguage(known);
  const parsed = parse(source, language);
  const { fault, work } = inspect(parsed.ast, language);
  if (fault) throw selectorError(source, fault, "expression");
  const check = parsed.check();
  if (!check.valid) throw selectorError(source, faultOf(check.error, source, "expression"), "expression");
  return {
    source,
    evaluate(values) {
      if (isTooMuch(work, values)) return { fault: "its lists are too long to be walked" };
      const result = runCel(parsed, values);
      return "value" in result ? jsonValue(result.value) : { fault: withHint(result.fault) };
    },
  };
}

/** The same for a condition: whether it holds. What gives something else than true or false, or nothing, does not hold. */
export function parseCondition(source: string, variables: ExpressionVariables): (values: Readonly<Record<string, unknown>>) => boolean {
  const expression = parseExpression(source, variables);
  return (values) => {
    const result = expression.evaluate(values);
    return "value" in result && result.value === true;
  };
}

/** What is wrong with an expression and where in it, as the end of a sentence; rethrows what is no fault of one. */
export function expressionProblem(reason: unknown): string {
  const error = LongarmError.from(reason);
  if (error.code !== "invalid_selector") throw reason;
  const { line, column, problem } = error.details as { line: number; column: number; problem: string };
  return `${problem} (line ${line}, column ${column} of the expression)`;
}
