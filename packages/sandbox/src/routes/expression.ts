import type { Expression } from "../state/expressions/expression.ts";
import { parseExpression } from "../state/expressions/parse.ts";
import { type ExpressionRules, findFault } from "../state/expressions/rules.ts";
import { type Refusal, refuse } from "../state/refusal.ts";

/** Reads the text of a `search` or `filter` parameter, or says in that parameter's own error why it cannot be served. */
export function readExpression(
  parameter: "search" | "filter",
  text: string,
  rules: ExpressionRules,
): { readonly kind: "expression"; readonly expression: Expression } | Refusal {
  const parsed = parseExpression(text);
  const fault = parsed.kind === "bad" ? parsed.message : findFault(parsed.expression, rules);
  if (parsed.kind === "expression" && fault === undefined) return parsed;
  return parameter === "search" ? refuse("E0000031", undefined, [fault ?? text]) : refuse("E0000053", fault ?? text);
}
