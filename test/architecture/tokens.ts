/** One piece of TypeScript source. A template literal comes in pieces, cut at its `${` and `}`, which stand in the pieces. */
export interface Token {
  readonly kind: "word" | "string" | "template" | "number" | "regex" | "punctuator" | "comment";
  readonly text: string;
  readonly line: number;
}

const comment = /\/\/[^\n]*|\/\*[^]*?\*\/|#![^\n]*/y;
const space = /\s+/y;
const word = /[\p{ID_Start}$_#@][\p{ID_Continue}$]*/uy;
const number = /\.?\d[\w.]*/y;
const string = /"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'/y;
const templatePiece = /[`}](?:[^`\\$]|\\[^]|\$(?!\{))*(?:`|\$\{)/y;
const regex = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;

const beforeRegex = new Set(["return", "typeof", "case", "in", "of", "do", "else", "void", "delete", "await", "yield", "throw"]);

/**
 * TypeScript source as tokens, in order, whitespace left out. It knows no grammar: whether `/` begins a regular expression
 * is judged by the token before it, which is right but after the `)` of an `if` and the `}` of a block.
 */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const openBraces: number[] = [];
  let last: Token | undefined;
  let line = 1;
  for (let at = 0; at < source.length;) {
    const found = matchAt(source, at, { last, inTemplate: openBraces.at(-1) === 0 });
    if (found.kind !== "space") {
      last = found.kind === "comment" ? last : { kind: found.kind, text: found.text, line };
      tokens.push({ kind: found.kind, text: found.text, line });
      countBraces(openBraces, { kind: found.kind, text: found.text, line });
    }
    line += found.text.split("\n").length - 1;
    at += found.text.length;
  }
  return tokens;
}

interface Surroundings {
  readonly last: Token | undefined;
  /** Does a `}` go on with a template literal? */
  readonly inTemplate: boolean;
}

function matchAt(source: string, at: number, { last, inTemplate }: Surroundings): { kind: Token["kind"] | "space"; text: string } {
  const candidates: [Token["kind"] | "space", RegExp, boolean][] = [
    ["space", space, true],
    ["comment", comment, source[at] !== "#" || at === 0],
    ["word", word, true],
    ["number", number, true],
    ["string", string, true],
    ["template", templatePiece, source[at] === "`" || inTemplate],
    ["regex", regex, mayBeginRegex(last)],
  ];
  for (const [kind, pattern, applies] of candidates) {
    pattern.lastIndex = at;
    const match = applies ? pattern.exec(source) : null;
    if (match) return { kind, text: match[0] };
  }
  return { kind: "punctuator", text: source[at] ?? "" };
}

function mayBeginRegex(last: Token | undefined): boolean {
  if (last === undefined) return true;
  if (last.kind === "word") return beforeRegex.has(last.text);
  if (last.kind === "template") return last.text.endsWith("${");
  return last.kind === "punctuator" && ![")", "]", "}"].includes(last.text);
}

/** One counter for each template literal that is open: how many `{` stand open in its current `${}`. */
function countBraces(openBraces: number[], token: Token): void {
  if (token.kind === "template") {
    if (token.text.startsWith("}")) openBraces.pop();
    if (token.text.endsWith("${")) openBraces.push(0);
  }
  if (token.kind !== "punctuator" || openBraces.length === 0) return;
  const depth = openBraces.length - 1;
  if (token.text === "{") openBraces[depth] = (openBraces[depth] ?? 0) + 1;
  if (token.text === "}") openBraces[depth] = (openBraces[depth] ?? 0) - 1;
}
