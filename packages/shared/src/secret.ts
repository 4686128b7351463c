import { inspect } from "node:util";

const shown = "***";

/** A value that prints as `***` wherever it lands: logs, JSON, templates, inspection. Only `reveal()` gives it up. */
export class Secret<T = string> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** The value itself. Call it where the value is used, never earlier. */
  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return shown;
  }

  toJSON(): string {
    return shown;
  }

  [inspect.custom](): string {
    return shown;
  }
}

/** What stands in every view in place of a secret member. */
export const sealedMarker = { $secret: "sealed" } as const;

/** The schema keyword that marks a string member of an input or output as secret: `Type.String({[secretKeyword]: true})`. */
export const secretKeyword = "x-secret";
