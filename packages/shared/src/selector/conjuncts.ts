/** A stretch of source, `[start, end)` in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

type Token = Span & { readonly text: string };

// Strings first, so that an operator inside one is never seen; then comments, which are dropped; then the operators that
// matter. As in the library, a backslash hides the character after it in raw strings too.
const tokenPattern = new RegExp(
  [
    String.raw`"""(?:\\[\s\S]|[^\\])*?"""|'''(?:\\[\s\S]|[^\\])*?'''`,
    String.raw`"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'`,
    String.raw`\/\/[^\n]*`,
    String.raw`&&|\|\||\w+|[^\s\w]`,
  ].join("|"),
  "g",
);

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  for (const match of source.matchAll(tokenPattern)) {
    const text = match[0];
    if (!text.startsWith("//")) tokens.push({ text, start: match.index, end: match.index + text.length });
  }
  return tokens;
}

function depthChange(text: string): number {
  if (text === "(" || text === "[" || text === "{") return 1;
  return text === ")" || text === "]" || text === "}" ? -1 : 0;
}

function isWrapped(tokens: readonly Token[]): boolean {
  if (tokens[0]?.text !== "(") return false;
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    depth += depthChange(token.text);
    if (depth === 0) return index === tokens.length - 1;
  }
  return false;
}

function split(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (depth === 0 && (token.text === "||" || token.text === "?")) return [tokens];
    if (depth === 0 && token.text === "&&") parts.push([]);
    else parts.at(-1)?.push(token);
    depth += depthChange(token.text);
  }
  return parts;
}

function spansOf(tokens: readonly Token[]): Span[] {
  if (isWrapped(tokens)) return spansOf(tokens.slice(1, -1));
  const parts = split(tokens);
  if (parts.length > 1) return parts.flatMap(spansOf);
  const [first, last] = [tokens[0], tokens.at(-1)];
  return first && last ? [{ start: first.start, end: last.end }] : [];
}

/**
 * The terms that a CEL expression joins by `&&` at its top, in order, through enclosing parentheses; one span when it is
 * something else. The source must parse. It works on the text because a node's range in the library's tree leaves closing
 * parentheses out.
 */
export function conjunctsOf(source: string): readonly Span[] {
  return spansOf(tokensOf(source));
}

/** Must this expression stand in parentheses to be one operand of `&&`? */
export function needsParentheses(source: string): boolean {
  let depth = 0;
  for (const { text } of tokensOf(source)) {
    if (depth === 0 && (text === "||" || text === "?")) return true;
    depth += depthChange(text);
  }
  return false;
}
