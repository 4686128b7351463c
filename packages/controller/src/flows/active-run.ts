import { formatDuration, isErrorCode, LongarmError } from "@longarm/shared";
import type { FlowDriver } from "@longarm/spoke";
import type { OwnFlowEnd, OwnFlowRun } from "../ports/own-flows.ts";
import type { ItemBatch, Question, ToThread } from "./messages.ts";

/** The most items that cross at once. */
const batchItems = 100;

/** A run whose code is in the thread: its questions are answered by its driver. */
export class ActiveRun {
  readonly number: number;
  readonly asked: OwnFlowRun;
  readonly #post: (message: ToThread) => void;
  readonly #end = Promise.withResolvers<OwnFlowEnd>();
  readonly #readings = new Map<number, AsyncIterator<unknown>>();
  #asks = 0;
  #open = 0;
  #isOver = false;
  #isLeft = false;

  constructor(number: number, asked: OwnFlowRun, post: (message: ToThread) => void) {
    this.number = number;
    this.asked = asked;
    this.#post = post;
  }

  /** How its function ended. Throws what it threw. */
  get end(): Promise<OwnFlowEnd> {
    return this.#end.promise;
  }

  /** Does its code wait for nothing that it has asked for, as far as is known here? */
  get isIdle(): boolean {
    return this.#open === 0;
  }

  /** Was it ended from here, while its code awaited what it had not asked for? */
  get isLeft(): boolean {
    return this.#isLeft;
  }

  begin(): void {
    const { flow, driver, input } = this.asked;
    const { submittedAtMs, seed, connection, publicUrl } = driver;
    const world = { submittedAtMs, seed, connection, publicUrl };
    this.#post({ kind: "run", run: this.number, flow: flow.name, version: flow.version, input, world });
  }

  /** Answers a question. What the driver holds against the whole run ends it, whatever its code would make of the answer. */
  async answer(question: Question): Promise<void> {
    const { ask } = question;
    this.#asks += 1;
    this.#open += 1;
    try {
      const value: unknown = question.kind === "take" ? await this.#driver.take(question.request) : await this.#nextItems(question);
      this.#open -= 1;
      if (!this.#isOver) this.#post({ kind: "answer", run: this.number, ask, value });
    } catch (reason) {
      this.#open -= 1;
      const error = LongarmError.from(reason);
      if (this.#driver.isEnding()) this.fail(error);
      else if (!this.#isOver) this.#post({ kind: "failure", run: this.number, ask, error: error.toBody() });
    }
  }

  /** Nobody reads those items any more. */
  leave(reading: number): void {
    const iterator = this.#readings.get(reading);
    this.#readings.delete(reading);
    void iterator?.return?.().catch(() => undefined);
  }

  returned(output: unknown): void {
    this.#settle(() => this.#end.resolve({ kind: "returned", output }));
  }

  threw(error: LongarmError): void {
    // These words are the engine's own: by them it lets go of a run, or asks for a report.
    const isOurs = !isErrorCode(error.code) || error.code === "overtaken" || error.code === "internal";
    const own = `The flow ${this.asked.flow.name} threw: ${error.message}`;
    const told = isOurs ? new LongarmError("flow_failed", own, { cause: error }) : error;
    this.#settle(() => this.#end.reject(told));
  }

  /** Ends it from here. */
  fail(error: LongarmError): void {
    this.#isLeft ||= !this.#isOver && this.isIdle;
    this.#settle(() => this.#end.reject(error));
  }

  /** What ran it is gone. */
  lose(): void {
    this.#settle(() => this.#end.resolve({ kind: "lost" }));
  }

  /** Asks its code whether it waits for something. */
  probe(): void {
    this.#post({ kind: "probe", run: this.number });
  }

  /** Fails it where its code has asked for nothing since that many questions, and nothing is open. */
  failIfIdle(asks: number, idleAfterMs: number): void {
    if (!this.isIdle || asks !== this.#asks) return;
    const { name, version } = this.asked.flow;
    const sentence = `The flow ${name} (version ${version}) waits for what never comes: for ${formatDuration(idleAfterMs)} it had no step under way, asked for none, and did not end. It may await only what its context gives.`;
    this.fail(new LongarmError("flow_failed", sentence));
  }

  get #driver(): FlowDriver {
    return this.asked.driver;
  }

  async #nextItems({ reading, path }: Extract<Question, { kind: "items" }>): Promise<ItemBatch> {
    const iterator = this.#readings.get(reading) ?? this.#driver.items(path)[Symbol.asyncIterator]();
    this.#readings.set(reading, iterator);
    const items: unknown[] = [];
    while (items.length < batchItems) {
      const { done, value } = await iterator.next();
      if (done === true) {
        this.#readings.delete(reading);
        return { items, isLast: true };
      }
      items.push(value);
    }
    return { items, isLast: false };
  }

  #settle(settle: () => void): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const reading of this.#readings.keys()) this.leave(reading);
    settle();
  }
}
