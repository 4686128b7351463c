import { isUtf8 } from "node:buffer";
import { findJsonFlaws, LongarmError } from "@longarm/shared";
import type { FastifyInstance } from "fastify";
import { invalidRequest } from "./invalid-request.ts";

/** Where a text stops being JSON: an offset in characters, a line and a column from 1, and what is wrong there. */
export interface JsonFault {
  readonly position: number;
  readonly line: number;
  readonly column: number;
  readonly problem: string;
}

const blank = /[ \t\n\r]*/y;
const scalar = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const memberName = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

// One step of the grammar at a time; the stack holds which brackets are open. It never recurses, so depth cannot harm it.
type Expecting = "value" | "value or ]" | "name or }" | "name" | ":" | ", or end";

class Scanner {
  readonly #text: string;
  readonly #open: ("{" | "[")[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The fault, or undefined when the whole text is JSON. */
  find(): JsonFault | undefined {
    let expecting: Expecting | undefined = "value";
    while (expecting) {
      this.#take(blank);
      if (expecting === ", or end" && this.#open.length === 0) break;
      const next: Expecting | undefined = this.#step(expecting);
      if (!next) return this.#fault(expecting);
      expecting = next;
    }
    return this.#at < this.#text.length ? this.#fault("end") : undefined;
  }

  #step(expecting: Expecting): Expecting | undefined {
    switch (expecting) {
      case "value":
      case "value or ]":
        return expecting === "value or ]" && this.#close("[", "]") ? ", or end" : this.#value();
      case "name or }":
        return this.#close("{", "}") ? ", or end" : this.#take(memberName) ? ":" : undefined;
      case "name":
        return this.#take(memberName) ? ":" : undefined;
      case ":":
        return this.#skip(":") ? "value" : undefined;
      default:
        return this.#afterValue();
    }
  }

  #value(): Expecting | undefined {
    if (this.#skip("{")) return this.#enter("{", "name or }");
    if (this.#skip("[")) return this.#enter("[", "value or ]");
    return this.#take(scalar) ? ", or end" : undefined;
  }

  #afterValue(): Expecting | undefined {
    const inside = this.#open.at(-1);
    if (this.#skip(",")) return inside === "{" ? "name" : "value";
    const closed = inside === "{" ? this.#close("{", "}") : this.#close("[", "]");
    return closed ? ", or end" : undefined;
  }

  #enter(bracket: "{" | "[", next: Expecting): Expecting {
    this.#open.push(bracket);
    return next;
  }

  #close(open: "{" | "[", close: string): boolean {
    if (this.#open.at(-1) !== open || !this.#skip(close)) return false;
    this.#open.pop();
    return true;
  }

  #skip(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  #fault(expecting: Expecting | "end"): JsonFault {
    const before = this.#text.slice(0, this.#at);
    const line = before.split("\n").length;
    const column = this.#at - before.lastIndexOf("\n");
    const found = this.#at >= this.#text.length ? "the text ends here" : "something else stands here";
    const wanted = expecting === ", or end" ? `"," or "${this.#open.at(-1) === "{" ? "}" : "]"}"` : expecting;
    return { position: this.#at, line, column, problem: `expected ${wanted}, but ${found}` };
  }
}

/** Finds where `text` stops being JSON; undefined when it is JSON. The text itself is never quoted: it may hold secrets. */
export function findJsonFault(text: string): JsonFault | undefined {
  return new Scanner(text).find();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const fault = findJsonFault(text);
    const place = fault ? ` It stops being so at line ${fault.line}, column ${fault.column}: ${fault.problem}.` : "";
    throw new LongarmError("invalid_json", `The body is not JSON.${place}`, fault ? { details: { ...fault } } : {});
  }
}

function read(body: Buffer): unknown {
  // An empty body is for the route's schema to refuse or to accept.
  if (body.length === 0) return undefined;
  if (!isUtf8(body)) throw new LongarmError("invalid_json", "The body is not JSON: it is not encoded as UTF-8.");
  const text = body.toString();
  const value = parse(text);
  const flaws = findJsonFlaws(text, value);
  if (flaws.length > 0) throw invalidRequest(flaws.map((flaw) => ({ in: "body", ...flaw })));
  return value;
}

/**
 * Reads JSON bodies, and refuses all others, and those that nest too deeply or hold strings that are no text. A member named
 * `__proto__` stays an own member, which every closed schema refuses.
 */
export function acceptJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) => {
    try {
      done(null, read(body as Buffer));
    } catch (reason) {
      done(reason as LongarmError);
    }
  });
}
