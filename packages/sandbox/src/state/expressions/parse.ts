import { type Expression, type Literal, type Operator, operators } from "./expression.ts";
import { type Token, tokenize } from "./tokens.ts";

/** What became of a text: an expression, or a sentence that says where it stopped being one. */
export type Parsed = { readonly kind: "expression"; readonly expression: Expression } | { readonly kind: "bad"; readonly message: string };

/** Deeper nesting than this is refused rather than followed. */
const maxDepth = 64;

type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

function read<T>(value: T): Read<T> {
  return { ok: true, value };
}

function unread(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}

/** A cursor over the tokens; each method reads one rule of the grammar. */
class Reader {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get atEnd(): boolean {
    return this.#next >= this.#tokens.length;
  }

  /** For messages: the next token and its place. */
  get here(): string {
    const token = this.#tokens[this.#next];
    return token ? `'${token.text}' at character ${token.at + 1}` : "the end";
  }

  any(): Read<Expression> {
    return this.#joined("or", () => this.#joined("and", () => this.#single()));
  }

  #joined(kind: "and" | "or", readTerm: () => Read<Expression>): Read<Expression> {
    const first = readTerm();
    if (!first.ok) return first;
    const terms = [first.value];
    while (this.#takeWord(kind)) {
      const term = readTerm();
      if (!term.ok) return term;
      terms.push(term.value);
    }
    return read(terms.length === 1 ? first.value : { kind, terms });
  }

  #single(): Read<Expression> {
    this.#depth += 1;
    if (this.#depth > maxDepth) return unread(`nested deeper than ${maxDepth} levels`);
    const result = this.#takeWord("not") ? this.#negated() : this.#take("open") ? this.#enclosed() : this.#comparison();
    this.#depth -= 1;
    return result;
  }

  #negated(): Read<Expression> {
    const term = this.#single();
    return term.ok ? read({ kind: "not", term: term.value }) : term;
  }

  #enclosed(): Read<Expression> {
    const inner = this.any();
    if (!inner.ok) return inner;
    return this.#take("close") ? inner : unread(`expected ')' before ${this.here}`);
  }

  #comparison(): Read<Expression> {
    const attribute = this.#take("word");
    if (!attribute) return unread(`expected an attribute name, found ${this.here}`);
    const written = this.#take("word");
    const operator = operators.find((known) => known === written?.text.toLowerCase());
    if (!operator) return unread(`Unrecognized attribute operator '${written?.text ?? ""}' after '${attribute.text}'`);
    return this.#compared(attribute.text, operator);
  }

  #compared(attribute: string, operator: Operator): Read<Expression> {
    if (operator === "pr") return read({ kind: "comparison", attribute, operator, value: null });
    const value = this.#literal();
    return value.ok ? read({ kind: "comparison", attribute, operator, value: value.value }) : value;
  }

  #literal(): Read<Literal> {
    const quoted = this.#take("string");
    if (quoted) return read(quoted.text);
    const place = this.here;
    const bare = this.#take("word")?.text;
    if (bare === "true" || bare === "false") return read(bare === "true");
    if (bare === "null") return read(null);
    if (bare !== undefined && /^-?\d+(\.\d+)?$/.test(bare)) return read(Number(bare));
    return unread(`expected a value in double quotes, found ${place}`);
  }

  #take(kind: Token["kind"]): Token | undefined {
    const token = this.#tokens[this.#next];
    if (token?.kind !== kind) return undefined;
    this.#next += 1;
    return token;
  }

  #takeWord(word: string): boolean {
    const token = this.#tokens[this.#next];
    if (token?.kind !== "word" || token.text.toLowerCase() !== word) return false;
    this.#next += 1;
    return true;
  }
}

/** Parses an expression: comparisons joined by `and`, `or`, `not` and parentheses, `and` binding closer than `or`. */
export function parseExpression(source: string): Parsed {
  const tokens = tokenize(source);
  if (tokens.kind === "bad") return { kind: "bad", message: `cannot read character ${tokens.at + 1}` };
  const reader = new Reader(tokens.tokens);
  const result = reader.any();
  if (!result.ok) return { kind: "bad", message: result.message };
  if (!reader.atEnd) return { kind: "bad", message: `expected 'and', 'or' or the end, found ${reader.here}` };
  return { kind: "expression", expression: result.value };
}
