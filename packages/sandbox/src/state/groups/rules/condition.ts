type Profile = Readonly<Record<string, unknown>>;

/** Does a rule take in the user with this profile? */
export type Condition = (profile: Profile) => boolean;

/*
 * Of Okta's expression language as much as group rules mostly say:
 *
 *   or   = and { ("or" | "||" | "OR") and }
 *   and  = term { ("and" | "&&" | "AND") term }
 *   term = "(" or ")" | user.FIELD ("==" | "!=") "text" | String.startsWith(user.FIELD, "text") | String.stringContains(user.FIELD, "text")
 */
const token = /\s*(?:(\(|\)|,|==|!=|&&|\|\|)|"((?:[^"\\]|\\.)*)"|([A-Za-z_][\w.]*))/y;

type Token = { readonly kind: "mark" | "text" | "word"; readonly value: string };

const functions: Readonly<Record<string, (held: string, text: string) => boolean>> = {
  "String.startsWith": (held, text) => held.startsWith(text),
  "String.stringContains": (held, text) => held.includes(text),
};

class Unreadable extends Error {}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; text.slice(at).trim() !== "";) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (!found) throw new Unreadable();
    const [whole, mark, quoted, word] = found;
    at += whole.length;
    if (mark !== undefined) tokens.push({ kind: "mark", value: mark });
    else if (quoted !== undefined) tokens.push({ kind: "text", value: quoted.replaceAll(/\\(.)/g, "$1") });
    else tokens.push({ kind: "word", value: word ?? "" });
  }
  return tokens;
}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Condition {
    const condition = this.#joined(["or", "||"], () => this.#joined(["and", "&&"], () => this.#term()));
    if (this.#at < this.#tokens.length) throw new Unreadable();
    return condition;
  }

  #joined(words: readonly [string, string], part: () => Condition): Condition {
    const parts = [part()];
    while (words.includes(this.#tokens[this.#at]?.value.toLowerCase() ?? "")) {
      this.#at += 1;
      parts.push(part());
    }
    return words[0] === "or" ? (profile) => parts.some((one) => one(profile)) : (profile) => parts.every((one) => one(profile));
  }

  #term(): Condition {
    if (this.#tokens[this.#at]?.value === "(") {
      this.#at += 1;
      const inner = this.#joined(["or", "||"], () => this.#joined(["and", "&&"], () => this.#term()));
      this.#take("mark", ")");
      return inner;
    }
    const word = this.#take("word");
    const test = functions[word];
    if (test) return this.#call(test);
    const field = fieldOf(word);
    const operator = this.#take("mark");
    const text = this.#take("text");
    if (operator === "==") return (profile) => textOf(profile[field]) === text;
    if (operator === "!=") return (profile) => textOf(profile[field]) !== text;
    throw new Unreadable();
  }

  #call(test: (held: string, text: string) => boolean): Condition {
    this.#take("mark", "(");
    const field = fieldOf(this.#take("word"));
    this.#take("mark", ",");
    const text = this.#take("text");
    this.#take("mark", ")");
    return (profile) => test(textOf(profile[field]), text);
  }

  #take(kind: Token["kind"], value?: string): string {
    const next = this.#tokens[this.#at];
    if (next?.kind !== kind || (value !== undefined && next.value !== value)) throw new Unreadable();
    this.#at += 1;
    return next.value;
  }
}

function fieldOf(word: string): string {
  if (!word.startsWith("user.")) throw new Unreadable();
  return word.slice("user.".length);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The condition that this text states; undefined when it cannot be read. */
export function readCondition(text: string): Condition | undefined {
  try {
    return new Reader(tokensOf(text)).whole();
  } catch (reason) {
    if (reason instanceof Unreadable) return undefined;
    throw reason;
  }
}
