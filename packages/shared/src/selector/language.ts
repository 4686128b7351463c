import {
  type ASTNode,
  type Context,
  Environment,
  EvaluationError,
  ParseError,
  type ParseResult,
  serialize,
  TypeError as CelTypeError,
} from "@marcbachmann/cel-js";
import { IpRange } from "./ip-range.ts";
import { SemanticVersion } from "./semantic-version.ts";

/** The variables of an expression, each with its members where their set is closed, else null. */
export type Variables = ReadonlyMap<string, readonly string[] | null>;

/** What may stand in an expression: which variables and which calls. `noun` is how faults name the whole. */
export interface Language {
  readonly noun: "selector" | "expression";
  readonly variables: Variables;
  readonly callables: ReadonlySet<string>;
  readonly environment: Environment;
}

const selectorVariables: Variables = new Map([
  ["agent", ["id", "name"]],
  ["labels", null],
  ["facts", ["os", "arch", "version", "hostname", "addresses", "credentials", "freeSlots", "load", "reach"]],
  ["connection", ["name"]],
  ["target", ["host", "addresses"]],
]);

/** What changes from beat to beat, and is not evaluated again by the agent. */
export const volatilePaths: readonly string[] = ["facts.freeSlots", "facts.load", "facts.reach"];

/** Everything that may be called. `matches` is left out since a regular expression can take unbounded time. */
const callables: ReadonlySet<string> = new Set(
  "has size cidr semver string int double contains startsWith endsWith lowerAscii upperAscii trim exists exists_one all".split(" "),
);

/** Beside those, what makes one value of another; nothing that can grow out of bounds, as `join` can. */
const valueCallables: ReadonlySet<string> = new Set([...callables, ..."bool split substring indexOf".split(" ")]);

/** Calls that bind a variable and walk a list. */
export const macros: ReadonlySet<string> = new Set(["exists", "exists_one", "all"]);

/**
 * Bounds on one selector, which bound the time of an evaluation: `nodes` of its tree, `evaluatedNodes` of one condition with
 * those evaluated again for each element of a list (about a millisecond's worth).
 */
export const selectorLimits = {
  sourceBytes: 4096,
  depth: 32,
  nodes: 500,
  listElements: 200,
  macroDepth: 2,
  evaluatedNodes: 10_000,
} as const;

/** Reads a CIDR range or a bare address; throws when it is neither. */
export function readRange(text: string): IpRange {
  const range = IpRange.read(text);
  if (range) return range;
  throw new EvaluationError(`cidr() takes an address or a range such as '10.0.0.0/8', not '${text.slice(0, 60)}'`);
}

/** Reads a version; throws when it is none. */
export function readVersion(text: string): SemanticVersion {
  const version = SemanticVersion.read(text);
  if (version) return version;
  throw new EvaluationError(`semver() takes a version such as '1.4.0', not '${text.slice(0, 60)}'`);
}

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
  "==": (order) => order === 0,
};

function createEnvironment(variables: Variables): Environment {
  const { depth, nodes, listElements } = selectorLimits;
  const limits = { maxDepth: depth, maxAstNodes: nodes, maxListElements: listElements, maxMapEntries: listElements, maxCallArguments: 4 };
  const environment = new Environment({ limits });
  for (const name of variables.keys()) environment.registerVariable(name, "dyn");
  environment.registerType("Cidr", { ctor: IpRange, fields: {} }).registerType("Semver", { ctor: SemanticVersion, fields: {} });
  environment.registerFunction("cidr(string): Cidr", readRange);
  environment.registerFunction("Cidr.contains(string): bool", (range: IpRange, text: string) => range.contains(readRange(text)));
  environment.registerFunction("Cidr.contains(Cidr): bool", (range: IpRange, other: IpRange) => range.contains(other));
  environment.registerFunction("semver(string): Semver", readVersion);
  for (const [operator, holds] of Object.entries(comparisons)) {
    const handler = (left: SemanticVersion, right: SemanticVersion): boolean => holds(left.compare(right));
    environment.registerOperator(`Semver ${operator} Semver`, handler);
  }
  return environment;
}

/** The language of selectors. */
export const selectorLanguage: Language = {
  noun: "selector",
  variables: selectorVariables,
  callables,
  environment: createEnvironment(selectorVariables),
};

/** The language of expressions over other variables than an agent's. */
export function expressionLanguage(variables: Variables): Language {
  return { noun: "expression", variables, callables: valueCallables, environment: createEnvironment(variables) };
}

/** Parses by the library; throws its ParseError. */
export function parseCel(source: string, { environment }: Language = selectorLanguage): ParseResult {
  return environment.parse(source);
}

/** Do both trees say the same, wherever in a source they stand? */
export function isSameTree(left: ASTNode, right: ASTNode | undefined): boolean {
  return right !== undefined && serialize(left) === serialize(right);
}

/** A fault that the library found, and where. Undefined: something else was thrown. */
export function celFault(
  reason: unknown,
): { readonly code: string; readonly summary: string; readonly start: number; readonly end: number } | undefined {
  if (!(reason instanceof ParseError || reason instanceof CelTypeError || reason instanceof EvaluationError)) return undefined;
  return { code: reason.code, summary: reason.summary, start: reason.range?.start ?? 0, end: reason.range?.end ?? 0 };
}

/**
 * The value of a parsed expression, or what went wrong. Stack traces are off meanwhile: an absent label is an everyday
 * answer, and its trace costs five times the evaluation.
 */
export function runCel(
  parsed: ParseResult,
  context: Context,
): { readonly value: unknown } | { readonly code: string; readonly fault: string } {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return { value: parsed(context) as unknown };
  } catch (reason) {
    const fault = celFault(reason);
    return { code: fault?.code ?? "evaluation_error", fault: fault?.summary ?? String(reason) };
  } finally {
    Error.stackTraceLimit = limit;
  }
}
