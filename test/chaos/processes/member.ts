import { type ProcessOptions, type RunningProcess, startProcess } from "../../support/processes.ts";

/** What a member tells about itself, for the history. */
export interface MemberEvent {
  readonly kind: "ready" | "startFailed" | "endedByItself";
  readonly member: string;
  /** The ready line as JSON, or what the process printed. */
  readonly detail: unknown;
}

type Started = RunningProcess & { end(): Promise<void> };

const readyMs = 60_000;
const startAgainMs = 500;

/**
 * A process that is killed, stopped and started again, always with the same command:
 *
 *   down ──start──▶ starting ──ready line──▶ up ──kill──▶ down
 *                      └── it ended first ──▶ starting, as a supervisor would
 */
export class Member {
  readonly name: string;
  readonly #options: ProcessOptions;
  readonly #tell: (event: MemberEvent) => void;
  readonly #printed: string[] = [];
  #process: Started | undefined;
  #starting: Promise<void> = Promise.resolve();
  /** Counts the times somebody wanted it down, so that an end is known to be wanted. */
  #downs = 0;
  #isWanted = false;

  constructor(name: string, options: ProcessOptions, tell: (event: MemberEvent) => void) {
    this.name = name;
    this.#options = options;
    this.#tell = tell;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  get isUp(): boolean {
    return this.#process !== undefined;
  }

  /** Everything that it has printed, over all its lives. */
  printed(): string {
    return [...this.#printed, this.#process?.output() ?? ""].join("");
  }

  /** Resolves once it is up; a start that fails is tried again until `kill` or `end`. */
  async start(): Promise<void> {
    this.#isWanted = true;
    const life = this.#downs;
    this.#starting = this.#starting.then(() => this.#keepStarting(life));
    await this.#starting;
  }

  /** Resolves once it is up, or is not wanted any more. */
  async whenUp(): Promise<void> {
    await this.#starting;
  }

  /** SIGKILL; resolves once it is gone. */
  async kill(): Promise<void> {
    this.#downs += 1;
    this.#isWanted = false;
    const dying = this.#process;
    this.#process = undefined;
    if (!dying) return;
    await dying.end();
    this.#printed.push(dying.output());
  }

  pause(): void {
    this.#process?.kill("SIGSTOP");
  }

  resume(): void {
    this.#process?.kill("SIGCONT");
  }

  /** Ends it for good. */
  async end(): Promise<void> {
    await this.kill();
    await this.#starting;
    await this.kill();
  }

  async #keepStarting(life: number): Promise<void> {
    while (this.#isWanted && life === this.#downs && !this.#process) {
      try {
        const started = await startProcess({ ...this.#options, readyMs });
        if (life !== this.#downs) {
          await started.end();
          return;
        }
        this.#process = started;
        this.#tell({ kind: "ready", member: this.name, detail: JSON.parse(started.ready[0] ?? "{}") as unknown });
        void started.exited.then(() => this.#ended(started, life));
      } catch (reason) {
        this.#tell({ kind: "startFailed", member: this.name, detail: String(reason) });
        await new Promise((resolve) => setTimeout(resolve, startAgainMs));
      }
    }
  }

  #ended(process: Started, life: number): void {
    if (life !== this.#downs || this.#process !== process) return;
    this.#tell({ kind: "endedByItself", member: this.name, detail: process.output().slice(-4_000) });
    this.#printed.push(process.output());
    this.#process = undefined;
    void this.start();
  }
}
