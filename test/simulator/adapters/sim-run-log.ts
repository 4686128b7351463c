import { isCommand, LongarmError, type RunId, type Submission } from "@longarm/shared";
import type { AppendResult, LogEvent, RunLog, StoredRun } from "../../../packages/controller/src/ports/run-log.ts";
import type { Reply } from "../world/broker.ts";
import type { SimProcess } from "../world/sim-process.ts";

type Append = Parameters<RunLog["append"]>[1];

const hash = new Uint8Array([1]);
const retryMs = { least: 50, most: 1_000 };
const deliveryMs = { least: 0.3, most: 4 };

/** The run log of one process, over the simulated broker: the same moves as over JetStream. */
export class SimRunLog implements RunLog {
  readonly #process: SimProcess;
  #appends = 0;

  constructor(process: SimProcess) {
    this.#process = process;
  }

  async submit(submission: Submission) {
    const { broker } = this.#process.world;
    const stored = answerOf(await broker.request(this.#process, "submit", () => broker.submit(submission)));
    return stored === "stored" ? ({ kind: "stored" } as const) : ({ kind: "exists", submission: stored } as const);
  }

  async read(run: RunId): Promise<StoredRun | undefined> {
    const { broker } = this.#process.world;
    return answerOf(await broker.request(this.#process, "read", () => broker.read(run)));
  }

  async append(run: RunId, append: Append, signal: AbortSignal): Promise<AppendResult> {
    const { broker, random } = this.#process.world;
    const { clock, name } = this.#process;
    const { at, epoch, entries } = append;
    const appendId = `${name}/${(this.#appends += 1)}`;
    const record = { appendId, timeMs: clock.nowMs(), epoch, entries, after: at.sequence, by: name };
    for (;;) {
      signal.throwIfAborted();
      const reply = await broker.request(this.#process, "append", () => broker.append(run, record));
      if (reply.kind === "answered" && reply.value !== "conflict")
        return { kind: "appended", position: { sequence: reply.value.sequence, hash, epoch }, timeMs: record.timeMs };
      const settled = await this.#settle(run, append, appendId);
      if (settled) return settled;
      await clock.sleep(random.between(retryMs.least, retryMs.most), signal);
    }
  }

  async *follow(after: number, signal: AbortSignal): AsyncGenerator<readonly LogEvent[]> {
    const { broker, random } = this.#process.world;
    for (let next = after; !signal.aborted;) {
      const events = broker.eventsFrom(next);
      next += events.length;
      if (events.length > 0) {
        await this.#process.answer(random.between(deliveryMs.least, deliveryMs.most), () => undefined);
        if (!signal.aborted) yield events;
      } else await this.#nextEvent(signal);
    }
  }

  async identity() {
    const { broker } = this.#process.world;
    return { name: "simulated", lastSequence: answerOf(await broker.request(this.#process, "identity", () => broker.eventCount)) };
  }

  async ageOf(sequence: number): Promise<number | undefined> {
    const { broker } = this.#process.world;
    return answerOf(await broker.request(this.#process, "age", () => broker.ageOf(sequence)));
  }

  /** After a conflict or a lost answer: whose record stands behind the expected one? Undefined: nobody's, or none can tell now. */
  async #settle(run: RunId, { at, epoch }: Append, appendId: string): Promise<AppendResult | undefined> {
    const { broker } = this.#process.world;
    const reply = await broker.request(this.#process, "settle", () => broker.readFrom(run, at.sequence));
    if (reply.kind === "silent") return undefined;
    const records = reply.value;
    const own = records.find((record) => record.appendId === appendId);
    if (own) return { kind: "appended", position: own.position, timeMs: own.timeMs };
    const newest = records.at(-1);
    if (!newest) return undefined;
    if (records.some((record) => record.position.epoch > epoch || !record.entries.every(isCommand)))
      return { kind: "overtaken", epoch: newest.position.epoch };
    return { kind: "commands", records, position: newest.position };
  }

  #nextEvent(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        stop();
        signal.removeEventListener("abort", wake);
        this.#process.take(resolve);
      };
      const stop = this.#process.world.broker.onNextEvent(wake);
      signal.addEventListener("abort", wake, { once: true });
    });
  }
}

/** The answer of a request that can simply be made again. */
export function answerOf<T>(reply: Reply<T>): T {
  if (reply.kind === "answered") return reply.value;
  throw new LongarmError("broker_unavailable", undefined, { retryable: true });
}
