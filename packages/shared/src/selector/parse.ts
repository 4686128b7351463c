import type { ParseResult } from "@marcbachmann/cel-js";
import { LongarmError } from "../errors.ts";
import { conjunctsOf, needsParentheses } from "./conjuncts.ts";
import { inspect } from "./inspect.ts";
import { isSameTree, parseCel, selectorLimits, volatilePaths } from "./language.ts";
import { faultOf, selectorError } from "./syntax-fault.ts";
import type { Work } from "./work.ts";

/** One of the conditions that a selector joins by `&&`. */
export interface SelectorTerm {
  readonly source: string;
  /** Every variable or member it reads: `labels`, `facts.load`, `connection.name`. */
  readonly uses: ReadonlySet<string>;
  /** Does it read what changes from beat to beat? */
  readonly volatile: boolean;
  /** Labels without which it can only fail. */
  readonly neededLabels: readonly string[];
  /** The paths it reads, as CEL, for explanations. */
  readonly operands: readonly string[];
  readonly parsed: ParseResult;
  readonly work: Work;
}

/** A parsed selector: it matches when each of its terms is true. Without terms it matches every agent. */
export interface Selector {
  readonly source: string;
  readonly terms: readonly SelectorTerm[];
}

function termOf(source: string): SelectorTerm {
  const parsed = parseCel(source);
  const { uses, neededLabels, operands, work } = inspect(parsed.ast);
  const volatile = volatilePaths.some((path) => uses.has(path));
  return { source, uses, volatile, neededLabels, operands: operands.map((span) => source.slice(span.start, span.end)), parsed, work };
}

function conjuncts(tree: ParseResult["ast"]): readonly ParseResult["ast"][] {
  return tree.op === "&&" ? tree.args.flatMap(conjuncts) : [tree];
}

/** The text is split by our own eye; where the tree should disagree, the selector is kept whole: coarser, never another meaning. */
function termsOf(source: string, parsed: ParseResult): readonly SelectorTerm[] {
  const trees = conjuncts(parsed.ast);
  const terms = conjunctsOf(source).map((span) => termOf(source.slice(span.start, span.end)));
  const same = terms.length === trees.length && terms.every((term, index) => isSameTree(term.parsed.ast, trees[index]));
  return same ? terms : [termOf(source)];
}

function checkSize(source: string): void {
  const bytes = Buffer.byteLength(source);
  if (bytes <= selectorLimits.sourceBytes) return;
  const message = `The selector is ${bytes} bytes long; at most ${selectorLimits.sourceBytes} are allowed. Give the agents a label that says the same.`;
  throw new LongarmError("invalid_selector", message, { details: { bytes, limit: selectorLimits.sourceBytes } });
}

function checkMeaning(source: string, parsed: ParseResult): void {
  const { fault } = inspect(parsed.ast);
  if (fault) throw selectorError(source, fault);
  const check = parsed.check();
  if (!check.valid) throw selectorError(source, faultOf(check.error, source));
  if (check.type === "bool" || check.type === "dyn") return;
  throw selectorError(source, {
    start: parsed.ast.start,
    end: parsed.ast.end,
    problem: `this is of type ${check.type}; a selector must be true or false`,
  });
}

/**
 * Reads a selector. Throws `invalid_selector` whose message shows the line with a caret under the place and says what was
 * expected; its details hold `line`, `column` (from 1) and `problem`. The language is CEL without `matches`, `map`,
 * `filter` and `cel.bind`, bounded by `selectorLimits`: an evaluation always ends, and soon.
 */
export function parseSelector(source: string): Selector {
  checkSize(source);
  let parsed: ParseResult;
  try {
    parsed = parseCel(source);
  } catch (reason) {
    throw selectorError(source, faultOf(reason, source));
  }
  checkMeaning(source, parsed);
  return { source, terms: termsOf(source, parsed) };
}

/** The terms as one CEL expression; `true` when there are none. */
export function joinTerms(terms: readonly { readonly source: string }[]): string {
  if (terms.length === 1) return terms[0]?.source ?? "true";
  return terms.map(({ source }) => (needsParentheses(source) ? `(${source})` : source)).join(" && ") || "true";
}

/** Both selectors at once, as one; `undefined` asks for nothing. Each is parsed by itself, so that neither can widen the other. */
export function joinSelectors(left: string | undefined, right: string | undefined): string | undefined {
  const sources = [left, right].filter((source) => source !== undefined);
  if (sources.length < 2) return sources[0] === undefined ? undefined : parseSelector(sources[0]).source;
  const joined = joinTerms(sources.flatMap((source) => parseSelector(source).terms));
  checkSize(joined);
  return joined;
}

/** The part that holds until labels or stable facts change, and the part that must be asked at every choice. */
export function splitSelector(selector: Selector): { readonly stable: Selector; readonly volatile: Selector } {
  const part = (volatile: boolean): Selector => {
    const terms = selector.terms.filter((term) => term.volatile === volatile);
    return { source: joinTerms(terms), terms };
  };
  return { stable: part(false), volatile: part(true) };
}
