import { once } from "node:events";
import type { Readable } from "node:stream";
import { styleText } from "node:util";
import type { WriteStream } from "node:tty";
import type { ExitCode } from "./exit-code.ts";
import { exitCodes } from "./exit-code.ts";
import { table } from "./print/table.ts";

type Look = Parameters<typeof styleText>[0];
type Output = NodeJS.WritableStream & Partial<Pick<WriteStream, "isTTY" | "columns">>;

/** The process's surroundings, so that no command reaches for them by itself. */
export interface Surroundings {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
  readonly environment: NodeJS.ProcessEnv;
}

/** How a command speaks: results on stdout, everything else on stderr, colour only on a terminal. */
export class Shell {
  readonly #surroundings: Surroundings;
  readonly #interrupted = new AbortController();
  exitCode: ExitCode = exitCodes.success;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  get environment(): NodeJS.ProcessEnv {
    return this.#surroundings.environment;
  }

  get stdin(): Surroundings["stdin"] {
    return this.#surroundings.stdin;
  }

  get stderr(): Output {
    return this.#surroundings.stderr;
  }

  /** Aborted by `interrupt`. */
  get signal(): AbortSignal {
    return this.#interrupted.signal;
  }

  /** Asks the command to stop at once; what it has begun elsewhere goes on. */
  interrupt(): void {
    this.#interrupted.abort();
  }

  /** Does a person see the results at once? */
  get isTerminal(): boolean {
    return this.#surroundings.stdout.isTTY === true;
  }

  get isProgressShown(): boolean {
    return this.#surroundings.stderr.isTTY === true;
  }

  /** Writes a result, and waits until whoever reads has room for more. */
  async write(result: string | Uint8Array): Promise<void> {
    const { stdout } = this.#surroundings;
    if (!stdout.write(result)) await once(stdout, "drain", { signal: this.signal }).catch(() => undefined);
  }

  /** Writes a result as JSON. */
  async json(result: unknown): Promise<void> {
    await this.write(`${JSON.stringify(result, null, 2)}\n`);
  }

  /** Writes rows that fit the terminal. */
  async table(
    headings: readonly string[],
    rows: readonly (readonly string[])[],
    cell?: (text: string, column: number) => string,
  ): Promise<void> {
    const columns = this.#surroundings.stdout.isTTY ? this.#surroundings.stdout.columns : undefined;
    await this.write(table(headings, rows, { columns, heading: (text) => this.look("bold", text), ...(cell && { cell }) }));
  }

  /** Says something beside the result. */
  note(sentence: string): void {
    this.#surroundings.stderr.write(`${sentence}\n`);
  }

  /** `text` in a colour or weight where stdout is a terminal that wants it. */
  look(look: Look, text: string): string {
    return styleText(look, text, { stream: this.#surroundings.stdout });
  }

  /** The same for stderr. */
  noteLook(look: Look, text: string): string {
    return styleText(look, text, { stream: this.#surroundings.stderr });
  }
}
