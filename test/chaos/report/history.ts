import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The raw history of a chaos run: NDJSON files in one directory. */
export class History {
  readonly directory: string;

  constructor(directory: string) {
    mkdirSync(directory, { recursive: true });
    this.directory = directory;
  }

  /** Adds what happened just now to `events.ndjson`. */
  event(kind: string, facts: object): void {
    appendFileSync(join(this.directory, "events.ndjson"), `${JSON.stringify({ at: new Date().toISOString(), kind, ...facts })}\n`);
  }

  /** Writes a whole file, a line for each value. */
  lines(name: string, values: Iterable<unknown>): void {
    const text = Array.from(values, (value) => `${JSON.stringify(value)}\n`).join("");
    writeFileSync(join(this.directory, `${name}.ndjson`), text);
  }

  text(name: string, text: string): void {
    writeFileSync(join(this.directory, name), text);
  }
}
