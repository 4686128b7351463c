export * from "./contract.ts";
export { type EvaluationOptions, evaluate, firstFailure, type SelectorVariables, type SelectorVerdict } from "./evaluate.ts";
export {
  type Expression,
  expressionProblem,
  type ExpressionResult,
  type ExpressionVariables,
  parseCondition,
  parseExpression,
} from "./expression.ts";
export { IpRange } from "./ip-range.ts";
export { selectorLimits } from "./language.ts";
export { joinSelectors, parseSelector, type Selector, type SelectorTerm, splitSelector } from "./parse.ts";
export { SemanticVersion } from "./semantic-version.ts";
export { compileShortForm, quote as quoteCel, type SelectorShortForm } from "./short-form.ts";
