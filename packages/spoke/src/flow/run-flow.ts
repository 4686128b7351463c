import { LongarmError, type StepKind } from "@longarm/shared";
import { eventInput, type FlowEvent, writtenTime } from "./await-event.ts";
import { Branches } from "./branches.ts";
import type { AnyFlow, Flow } from "./flow.ts";
import { flowRecords } from "./flow-records.ts";
import type { FlowContext, FlowDriver, StepOptions } from "./flow-context.ts";

const mostAtOnce = 100;
const usualAtOnce = 10;
const longestLine = 4_096;

interface Strands {
  readonly driver: FlowDriver;
  readonly branches: Branches;
  readonly compensations: (() => Promise<unknown>)[];
}

/**
 * Runs a flow's function over a driver; what it undertook to undo is undone when it fails. Throws what it threw: a `LongarmError` as it is,
 * anything else as `flow_failed`.
 */
export async function runFlow(flow: AnyFlow, driver: FlowDriver, input: unknown): Promise<unknown> {
  const strands: Strands = { driver, branches: new Branches(driver.submittedAtMs), compensations: [] };
  try {
    return await flow.run(contextOf(strands), input);
  } catch (reason) {
    const error = flowError(flow.name, reason);
    if (driver.isEnding()) throw error;
    throw await compensated(strands, error);
  }
}

/** What a flow threw, as the error that ends its run. */
export function flowError(name: string, reason: unknown): LongarmError {
  if (reason instanceof LongarmError) return reason;
  const message = reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason);
  return new LongarmError("flow_failed", `The flow ${name} threw: ${message}`, { cause: reason });
}

async function compensated({ branches, compensations, driver }: Strands, error: LongarmError): Promise<LongarmError> {
  const failed: string[] = [];
  // The place of the first is behind all that the flow did, which is the same on every replay.
  for (const [index, compensate] of compensations.toReversed().entries()) {
    try {
      await branches.within(`undo.${index}`, async () => compensate());
    } catch (reason) {
      if (driver.isEnding()) return error;
      failed.push(LongarmError.from(reason).message);
    }
  }
  if (failed.length === 0) return error;
  const sentence = `${error.message} Then ${failed.length} of ${compensations.length} compensations failed: ${failed.join(" ")}`;
  return new LongarmError(error.code, sentence, { details: { ...error.details, compensationsFailed: failed }, cause: error });
}

function contextOf(strands: Strands): FlowContext {
  const { driver, branches, compensations } = strands;
  const take = (step: StepKind, name: string, { input, options = {} }: { input: unknown; options?: StepOptions }): Promise<unknown> =>
    takeAt(strands, branches.nextPlace(), {
      step,
      name,
      input,
      ...(options.connection !== undefined && { connection: options.connection }),
    });
  return {
    connection: driver.connection,
    publicUrl: driver.publicUrl,
    run: (action, input, options) => take("run", action, { input, ...(options && { options }) }),
    call: (flow: string | Flow, input: unknown, options?: StepOptions) =>
      take("call", typeof flow === "string" ? flow : flow.name, { input, ...(options && { options }) }),
    async *stream(name, input, { connection } = {}) {
      const path = branches.nextPlace();
      await takeAt(strands, path, { step: "stream", name, input, ...(connection !== undefined && { connection }) });
      yield* driver.items(path);
    },
    records: flowRecords(
      (name, input) => take("records", name, { input }),
      () => branches.here.nowMs,
    ),
    sleep: async (duration) => void (await take("sleep", "", { input: writtenTime(duration, "ctx.sleep") })),
    waitForEvent: async (type, { connection, ...wish } = {}) => {
      const options = connection === undefined ? {} : { options: { connection } };
      return (await take("event", type, { input: eventInput(type, wish), ...options })) as FlowEvent | null;
    },
    all: (items, work, { atOnce = usualAtOnce } = {}) => all(branches, { items: [...items], work, atOnce }),
    now: () => branches.here.nowMs,
    random: () => branches.random(driver.seed),
    log: async (line) => void (await take("log", line.slice(0, longestLine), { input: null })),
    onFailure: (compensation) => void compensations.push(compensation),
  };
}

async function takeAt(
  { driver, branches }: Strands,
  path: string,
  request: Omit<Parameters<FlowDriver["take"]>[0], "path">,
): Promise<unknown> {
  const { here } = branches;
  const { value, atMs } = await driver.take({ path, ...request });
  here.nowMs = Math.max(here.nowMs, atMs);
  return value;
}

interface All<T, R> {
  readonly items: readonly T[];
  readonly work: (item: T, index: number) => Promise<R>;
  readonly atOnce: number;
}

async function all<T, R>(branches: Branches, { items, work, atOnce }: All<T, R>): Promise<R[]> {
  if (!Number.isInteger(atOnce) || atOnce < 1 || atOnce > mostAtOnce)
    throw new LongarmError("invalid_request", `ctx.all was given atOnce: ${atOnce}; it takes a whole number from 1 to ${mostAtOnce}.`);
  const place = branches.nextPlace();
  const ends: PromiseSettledResult<R>[] = [];
  let next = 0;
  const strand = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index] as T;
      const [end] = await Promise.allSettled([branches.within(`${place}.${index}`, async () => work(item, index))]);
      ends[index] = end;
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, strand));
  return ends.map((end) => {
    if (end.status === "rejected") throw end.reason;
    return end.value;
  });
}
