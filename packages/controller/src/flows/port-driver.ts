import { LongarmError, type ErrorBody } from "@longarm/shared";
import type { FlowDriver, StepRequest, StepResult } from "@longarm/spoke";
import type { FromThread, ItemBatch, Question, RunWorld } from "./messages.ts";

interface Waiting {
  resolve(value: unknown): void;
  reject(reason: LongarmError): void;
}

/** The driver of one run in the thread of flows: each step is asked of the controller's own thread, which carries it out. */
export class PortDriver implements FlowDriver {
  readonly submittedAtMs: number;
  readonly seed: string;
  readonly connection: string;
  readonly publicUrl: string | null;
  readonly #run: number;
  readonly #post: (message: FromThread) => void;
  readonly #waiting = new Map<number, Waiting>();
  #asks = 0;

  constructor(run: number, world: RunWorld, post: (message: FromThread) => void) {
    this.#run = run;
    this.#post = post;
    this.submittedAtMs = world.submittedAtMs;
    this.seed = world.seed;
    this.connection = world.connection;
    this.publicUrl = world.publicUrl;
  }

  async take(asked: StepRequest): Promise<StepResult> {
    // As JSON from here on: whatever else it is could not cross.
    const request = JSON.parse(JSON.stringify(asked)) as StepRequest;
    return (await this.#asked((ask) => ({ kind: "take", run: this.#run, ask, request }))) as StepResult;
  }

  async *items(path: string): AsyncIterable<unknown> {
    const reading = this.#asks + 1;
    let isLast = false;
    try {
      while (!isLast) {
        const batch = (await this.#asked((ask) => ({ kind: "items", run: this.#run, ask, reading, path }))) as ItemBatch;
        isLast = batch.isLast;
        yield* batch.items;
      }
    } finally {
      if (!isLast) this.#post({ kind: "leave", run: this.#run, reading });
    }
  }

  /** The controller's own thread ends such a run by itself, and gives it nothing any more. */
  isEnding(): boolean {
    return false;
  }

  /** How many questions were put so far, and how many of them are open. */
  get asks(): { readonly all: number; readonly open: number } {
    return { all: this.#asks, open: this.#waiting.size };
  }

  answer(ask: number, value: unknown): void {
    this.#take(ask)?.resolve(value);
  }

  fail(ask: number, error: ErrorBody): void {
    this.#take(ask)?.reject(LongarmError.fromBody(error));
  }

  #take(ask: number): Waiting | undefined {
    const waiting = this.#waiting.get(ask);
    this.#waiting.delete(ask);
    return waiting;
  }

  #asked(question: (ask: number) => Question): Promise<unknown> {
    this.#asks += 1;
    const ask = this.#asks;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#waiting.set(ask, { resolve, reject });
    this.#post(question(ask));
    return promise;
  }
}
