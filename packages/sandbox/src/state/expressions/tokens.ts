/** One word of an expression and where it starts. */
export interface Token {
  readonly kind: "word" | "string" | "open" | "close";
  readonly text: string;
  readonly at: number;
}

/** The tokens, or the place where no token could be read. */
export type Tokens = { readonly kind: "tokens"; readonly tokens: readonly Token[] } | { readonly kind: "bad"; readonly at: number };

const patterns: readonly (readonly [Token["kind"], RegExp])[] = [
  ["open", /\(/y],
  ["close", /\)/y],
  ["string", /"(?:[^"\\]|\\.)*"/sy],
  ["word", /[^\s()"]+/y],
];

function unescape(quoted: string): string {
  return quoted.slice(1, -1).replaceAll(/\\(.)/gs, "$1");
}

function tokenAt(source: string, at: number): { token: Token; end: number } | undefined {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const text = pattern.exec(source)?.[0];
    if (text !== undefined)
      return {
        token: { kind, text: kind === "string" ? unescape(text) : text, at },
        end: at + text.length,
      };
  }
  return undefined;
}

/** Cuts an expression into tokens. Inside quotes a backslash keeps the next character as it is. */
export function tokenize(source: string): Tokens {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    if (/\s/.test(source[at] as string)) {
      at += 1;
      continue;
    }
    const read = tokenAt(source, at);
    if (!read) return { kind: "bad", at };
    tokens.push(read.token);
    at = read.end;
  }
  return { kind: "tokens", tokens };
}
