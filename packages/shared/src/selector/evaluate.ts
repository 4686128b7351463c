import type { Facts, Labels } from "./contract.ts";
import { parseCel, runCel } from "./language.ts";
import type { Selector, SelectorTerm } from "./parse.ts";
import { isTooMuch } from "./work.ts";

/** What a selector is evaluated over. Without `connection` or `target`, terms that read them do not match. */
export interface SelectorVariables {
  readonly agent: { readonly id: string; readonly name: string };
  readonly labels: Labels;
  readonly facts: Facts;
  readonly connection?: { readonly name: string };
  readonly target?: { readonly host: string; readonly addresses: readonly string[] };
}

/** Matched, or the first condition that did not hold: as CEL source, and why, for people. */
export type SelectorVerdict = { readonly matched: true } | { readonly matched: false; readonly failed: string; readonly because: string };

type Context = Record<string, unknown>;

const nothing = Object.freeze({});

function contextOf(variables: SelectorVariables): Context {
  const { agent, labels, facts, connection, target } = variables;
  return { agent, labels, facts, connection: connection ?? nothing, target: target ?? nothing };
}

function holds(term: SelectorTerm, context: Context): boolean {
  const labels = context["labels"] as Labels;
  for (const key of term.neededLabels) if (!Object.hasOwn(labels, key)) return false;
  if (isTooMuch(term.work, context)) return false;
  const result = runCel(term.parsed, context);
  return "value" in result && result.value === true;
}

const shownCharacters = 120;

function shown(value: unknown): string {
  const text =
    typeof value === "string" ? `'${value}'` : typeof value === "bigint" ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
}

function reading(source: string, context: Context): string {
  const result = runCel(parseCel(source), context);
  if ("value" in result) return `${source} is ${shown(result.value)}`;
  return result.code === "no_such_key" ? `${source} is absent` : `${source}: ${result.fault}`;
}

function reasonOf(term: SelectorTerm, context: Context): string {
  const readings = term.operands.map((source) => reading(source, context));
  if (isTooMuch(term.work, context)) return ["its lists are too long to be walked", ...readings].join("; ");
  const result = runCel(term.parsed, context);
  if ("fault" in result && result.code !== "no_such_key") readings.push(result.fault);
  if ("value" in result && typeof result.value !== "boolean") readings.push("a condition must be true or false");
  return readings.join("; ") || "it is never true";
}

/** How to evaluate. `skipVolatile`: as the agent does, which does not ask again what changes from beat to beat. */
export interface EvaluationOptions {
  readonly skipVolatile?: boolean;
}

/** The index of the first term that does not hold, -1 when all do. An error, such as an absent label, counts as not holding. */
export function firstFailure(selector: Selector, variables: SelectorVariables, options?: EvaluationOptions): number {
  const context = contextOf(variables);
  const skip = options?.skipVolatile ?? false;
  return selector.terms.findIndex((term) => !(skip && term.volatile) && !holds(term, context));
}

/** Does the selector match? If not: which of its conditions failed first, and what its parts were. */
export function evaluate(selector: Selector, variables: SelectorVariables, options?: EvaluationOptions): SelectorVerdict {
  const term = selector.terms[firstFailure(selector, variables, options)];
  if (!term) return { matched: true };
  return { matched: false, failed: term.source, because: reasonOf(term, contextOf(variables)) };
}
