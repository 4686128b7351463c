import { LongarmError } from "../errors.ts";
import { celFault, type Language } from "./language.ts";

type Noun = Language["noun"];

/** A place in a selector, and what is wrong there. */
export interface SyntaxFault {
  readonly start: number;
  readonly end: number;
  readonly problem: string;
}

const tokenNames: Readonly<Record<string, string>> = {
  EOF: "the end",
  IDENTIFIER: "a name",
  RPAREN: "`)`",
  LPAREN: "`(`",
  RBRACKET: "`]`",
  LBRACKET: "`[`",
  RBRACE: "`}`",
  LBRACE: "`{`",
  DOT: "`.`",
  COMMA: "`,`",
  COLON: "`:`",
  QUESTION: "`?`",
  AND: "`&&`",
  OR: "`||`",
  NOT: "`!`",
  EQ: "`==`",
  NE: "`!=`",
  LT: "`<`",
  LE: "`<=`",
  GT: "`>`",
  GE: "`>=`",
  IN: "`in`",
  PLUS: "`+`",
  MINUS: "`-`",
  MULTIPLY: "`*`",
  DIVIDE: "`/`",
  MODULO: "`%`",
  NUMBER: "a number",
  STRING: "a string",
  BOOLEAN: "true or false",
  NULL: "null",
  BYTES: "bytes",
};

const limitNames: Readonly<Record<string, string>> = {
  maxDepth: "this is nested too deeply",
  maxAstNodes: "there are too many parts",
  maxListElements: "this list is too long",
  maxCallArguments: "too many arguments",
};

/** Where a selector runs into these, labels say the same shorter. */
const advised: ReadonlySet<string> = new Set(["maxAstNodes", "maxListElements"]);
const advice = "; give the agents a label that says the same";

const operatorHints: ReadonlyMap<string, string> = new Map([
  ["=", "write `==` to compare"],
  ["&", "write `&&` for and"],
  ["|", "write `||` for or"],
  ["and", "write `&&` for and"],
  ["or", "write `||` for or"],
  ["not", "write `!` for not"],
  ["AND", "write `&&` for and"],
  ["OR", "write `||` for or"],
]);

function unexpected(text: string): string {
  if (/^[‘’“”]/.test(text)) return `unexpected ${text}; strings stand in plain quotes, ' or "`;
  const hint = operatorHints.get(text) ?? "expected an operator such as `==`, `in`, `&&`, or the end";
  return `unexpected \`${text}\`; ${hint}`;
}

function problemOf({ code, summary, text }: { code: string; summary: string; text: string }, noun: Noun): string {
  if (code === "unexpected_character") return unexpected(text || summary.slice(-1));
  const token = /^Unexpected token: (\w+)$/.exec(summary)?.[1];
  if (token) return `unexpected ${tokenNames[token] ?? token}; expected a value: a variable, a string in quotes, a number, \`(\` or \`[\``;
  const pair = /^Expected (\w+), got (\w+)$/.exec(summary);
  if (pair) return `expected ${tokenNames[pair[1] ?? ""] ?? pair[1]}, found ${tokenNames[pair[2] ?? ""] ?? pair[2]}`;
  const limit = /^Exceeded (\w+) \((\d+)\)$/.exec(summary);
  if (limit) {
    const [, name = "", most] = limit;
    const hint = noun === "selector" && advised.has(name) ? advice : "";
    return `${limitNames[name] ?? `the ${noun} is too large`}${hint} (the limit is ${most})`;
  }
  if (code === "unterminated_string") return "the string that begins here has no closing quote";
  return summary.charAt(0).toLowerCase() + summary.slice(1);
}

/** What the library complained of, in our words. */
export function faultOf(reason: unknown, source: string, noun: Noun = "selector"): SyntaxFault {
  const fault = celFault(reason);
  if (!fault) throw LongarmError.from(reason);
  return { start: fault.start, end: fault.end, problem: problemOf({ ...fault, text: source.slice(fault.start, fault.end) }, noun) };
}

const shownColumns = 110;

/** The `invalid_selector` error: a sentence, the line, and a caret under the place. Details: line, column (from 1), problem. */
export function selectorError(source: string, fault: SyntaxFault, noun: Noun = "selector"): LongarmError {
  const lineStart = source.slice(0, fault.start).lastIndexOf("\n") + 1;
  const lineEnd = source.indexOf("\n", lineStart);
  const text = source.slice(lineStart, lineEnd === -1 ? source.length : lineEnd).replaceAll("\t", " ");
  const line = source.slice(0, lineStart).split("\n").length;
  const column = fault.start - lineStart;
  const cut = column > shownColumns - 30 ? column - 60 : 0;
  const shown = `${cut > 0 ? "…" : ""}${text.slice(cut, cut + shownColumns)}${text.length > cut + shownColumns ? "…" : ""}`;
  const caret = `${" ".repeat(column - cut + (cut > 0 ? 1 : 0))}^`;
  const message = `The ${noun} is wrong at line ${line}, column ${column + 1}: ${fault.problem}.\n  ${shown}\n  ${caret}`;
  return new LongarmError("invalid_selector", message, {
    details: { line, column: column + 1, problem: fault.problem, [noun]: source.slice(0, 200) },
  });
}
