import type { LogEvent } from "../log/log-event.ts";

/** Does a hook want this event? */
export type EventTest = (event: LogEvent) => boolean;

/** A filter as it is asked, or a sentence that says where it stopped being one. */
export type ReadFilter = { readonly kind: "filter"; readonly test: EventTest } | { readonly kind: "bad"; readonly problem: string };

/*
 * Of Okta's expression language what its page on event hooks documents (help.okta.com, "Okta Expression Language and event hooks"):
 *
 *   or      = and { "||" and }
 *   and     = term { "&&" term }
 *   term    = "(" or ")" | "true" | "false" | FIELD compare 'text' | "event.target" [ ".?[" targets "]" ] ".size()" order NUMBER
 *   targets = the same, with `id`, `type`, `alternateId` and `displayName` of a target as the fields, and without sizes
 *   compare = "eq" | "ne" | "==" | "!="         order = compare | ">" | ">=" | "<" | "<="
 *
 * Texts stand between single or double quotes. What is not of this form is refused where the hook is written.
 */
const token =
  /\s*(?:(\.\?\[|\]|\(\)|\(|\)|&&|\|\||==|!=|>=|<=|>|<)|'([^']*)'|"([^"]*)"|(\d+)(?![\w.])|([A-Za-z]\w*(?:\.[A-Za-z]\w*)*)|(\.size))/y;

interface Token {
  readonly kind: "mark" | "text" | "number" | "word";
  readonly value: string;
}

type Members = Readonly<Record<string, unknown>>;
type Test = (subject: Members) => boolean;
type Field = (subject: Members) => unknown;

class Unreadable extends Error {}

const longest = 4_000;
const mostNested = 64;

function tokensOf(text: string): readonly Token[] {
  if (text.length > longest) throw new Unreadable(`it is longer than ${longest} characters`);
  const tokens: Token[] = [];
  for (let at = 0; text.slice(at).trim() !== "";) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (!found) throw new Unreadable(`cannot read '${text.slice(at).trim().slice(0, 20)}'`);
    const [whole, mark, single, double, number, word, size] = found;
    at += whole.length;
    if (mark !== undefined) tokens.push({ kind: "mark", value: mark });
    else if (number !== undefined) tokens.push({ kind: "number", value: number });
    else if (word !== undefined || size !== undefined) tokens.push({ kind: "word", value: word ?? size ?? "" });
    else tokens.push({ kind: "text", value: single ?? double ?? "" });
  }
  return tokens;
}

function member(...path: readonly string[]): Field {
  return (subject) => path.reduce<unknown>((value, name) => (value as Members | null | undefined)?.[name], subject);
}

const eventFields: Readonly<Record<string, Field>> = {
  "event.eventType": member("eventType"),
  "event.outcome.reason": member("outcome", "reason"),
  "event.outcome.result": member("outcome", "result"),
  "event.actor.id": member("actor", "id"),
  "event.actor.type": member("actor", "type"),
  "event.actor.alternateId": member("actor", "alternateId"),
  "event.actor.displayName": member("actor", "displayName"),
  "event.debugData.changedAttributes": member("debugContext", "debugData", "changedAttributes"),
};

const targetFields: Readonly<Record<string, Field>> = Object.fromEntries(
  ["id", "type", "alternateId", "displayName"].map((name) => [name, member(name)]),
);

const equal: Readonly<Record<string, boolean>> = { eq: true, "==": true, ne: false, "!=": false };

const orders: Readonly<Record<string, (size: number, wanted: number) => boolean>> = {
  ">": (size, wanted) => size > wanted,
  ">=": (size, wanted) => size >= wanted,
  "<": (size, wanted) => size < wanted,
  "<=": (size, wanted) => size <= wanted,
};

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Test {
    const test = this.#any(eventFields);
    const rest = this.#tokens[this.#at];
    if (rest) throw new Unreadable(`expected '&&', '||' or the end, found '${rest.value}'`);
    return test;
  }

  #any(fields: typeof eventFields): Test {
    const parts = [this.#all(fields)];
    while (this.#takes("||")) parts.push(this.#all(fields));
    return (subject) => parts.some((part) => part(subject));
  }

  #all(fields: typeof eventFields): Test {
    const parts = [this.#term(fields)];
    while (this.#takes("&&")) parts.push(this.#term(fields));
    return (subject) => parts.every((part) => part(subject));
  }

  #enclosed(fields: typeof eventFields): Test {
    this.#depth += 1;
    if (this.#depth > mostNested) throw new Unreadable(`nested deeper than ${mostNested} levels`);
    const inner = this.#any(fields);
    this.#expect(")");
    this.#depth -= 1;
    return inner;
  }

  #term(fields: typeof eventFields): Test {
    if (this.#takes("(")) return this.#enclosed(fields);
    const name = this.#take("word", "a field");
    if (fields === eventFields && (name === "event.target" || name === "event.target.size")) return this.#size(name);
    if (name === "true" || name === "false") return () => name === "true";
    const field = fields[name];
    if (!field) throw new Unreadable(`the field '${name}' cannot be filtered by`);
    const isWanted = this.#comparison();
    const text = this.#take("text", "a text in quotes");
    return (subject) => (field(subject) === text) === isWanted;
  }

  #size(name: string): Test {
    let isMeant: Test = () => true;
    if (name === "event.target") {
      this.#expect(".?[");
      isMeant = this.#any(targetFields);
      this.#expect("]");
      this.#expect(".size");
    }
    this.#expect("()");
    const order = this.#order();
    const wanted = Number(this.#take("number", "a number"));
    return ({ target }) => order((target as readonly Members[]).filter(isMeant).length, wanted);
  }

  #order(): (size: number, wanted: number) => boolean {
    const order = orders[this.#tokens[this.#at]?.value ?? ""];
    if (order) {
      this.#at += 1;
      return order;
    }
    const isWanted = this.#comparison();
    return (size, wanted) => (size === wanted) === isWanted;
  }

  #comparison(): boolean {
    const next = this.#tokens[this.#at];
    const isWanted = next && next.kind !== "text" ? equal[next.value] : undefined;
    if (isWanted === undefined) throw new Unreadable(`expected 'eq' or 'ne', found '${next?.value ?? "the end"}'`);
    this.#at += 1;
    return isWanted;
  }

  #take(kind: Token["kind"], what: string): string {
    const next = this.#tokens[this.#at];
    if (next?.kind !== kind) throw new Unreadable(`expected ${what}, found '${next?.value ?? "the end"}'`);
    this.#at += 1;
    return next.value;
  }

  #takes(mark: string): boolean {
    const next = this.#tokens[this.#at];
    if (next?.value !== mark || next.kind === "text") return false;
    this.#at += 1;
    return true;
  }

  #expect(mark: string): void {
    if (!this.#takes(mark)) throw new Unreadable(`expected '${mark}', found '${this.#tokens[this.#at]?.value ?? "the end"}'`);
  }
}

/** Reads the filter of an event hook. */
export function readEventFilter(text: string): ReadFilter {
  try {
    return { kind: "filter", test: new Reader(tokensOf(text)).whole() };
  } catch (reason) {
    if (reason instanceof Unreadable) return { kind: "bad", problem: reason.message };
    throw reason;
  }
}
