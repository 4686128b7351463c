// The program of the thread that flows of one's own run in. No more than the kit is loaded here, and nothing that knows a secret.
import { AsyncLocalStorage } from "node:async_hooks";
import { parentPort, workerData } from "node:worker_threads";
import { LongarmError } from "@longarm/shared";
import { type AnyFlow, flowError, runFlow } from "@longarm/spoke";
import { loadFlows } from "./load-flows.ts";
import { Marks } from "./marks.ts";
import type { FromThread, ThreadStart, ToThread } from "./messages.ts";
import { faultLine, placeOfFault } from "./place-of-fault.ts";
import { PortDriver } from "./port-driver.ts";
import { resolveKit } from "./resolve-kit.ts";

const { directory, files, sources: kept, marks: buffer } = workerData as ThreadStart;
const marks = new Marks(buffer);
const runs = new Map<number, PortDriver>();
const flows = new Map<string, AnyFlow>();
/** The run that code belongs to, also where it was not a message that set it going. */
const whose = new AsyncLocalStorage<number>();

function post(message: FromThread): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
  parentPort?.postMessage(message);
}

function keyOf(name: string, version: number): string {
  return `${name} ${version}`;
}

async function begin({ run, flow: name, version, input, world }: Extract<ToThread, { kind: "run" }>): Promise<void> {
  const driver = new PortDriver(run, world, post);
  runs.set(run, driver);
  try {
    const flow = flows.get(keyOf(name, version));
    if (!flow) throw new LongarmError("internal", `The thread of flows knows no ${name} in version ${version}.`);
    const output = await whose.run(run, () => runFlow(flow, driver, input));
    if (runs.has(run)) post({ kind: "returned", run, output: asJson(name, output) });
  } catch (reason) {
    if (runs.has(run)) post({ kind: "threw", run, error: placed(flowError(name, reason)).toBody() });
  } finally {
    runs.delete(run);
  }
}

function asJson(name: string, output: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(output ?? null)) as unknown;
  } catch (reason) {
    // Node draws the circle of a circular structure below its first line.
    const [why = ""] = reason instanceof Error ? reason.message.split("\n") : [String(reason)];
    throw new LongarmError("flow_failed", `What ${name} returned cannot be written as JSON: ${why}.`);
  }
}

/** With the place in the flow's files that it was thrown at, as far as that is to be seen. */
function placed(error: LongarmError): LongarmError {
  if (error.code !== "flow_failed") return error;
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const at = cause === error ? undefined : placeOfFault(cause, directory);
    if (at !== undefined) return new LongarmError(error.code, `${error.message} (at ${at})`, { details: { ...error.details, at } });
  }
  return error;
}

function take(message: ToThread): void {
  const run = message.kind === "ping" ? 0 : message.run;
  marks.enter(run);
  // What follows the message has run by then; what else runs was set going by something else.
  setImmediate(() => marks.blame(0));
  const driver = runs.get(run);
  if (message.kind === "run") void begin(message);
  if (message.kind === "answer") driver?.answer(message.ask, message.value);
  if (message.kind === "failure") driver?.fail(message.ask, message.error);
  if (message.kind === "drop") runs.delete(run);
  if (message.kind === "probe" && driver?.asks.open === 0) post({ kind: "idle", run, asks: driver.asks.all });
}

type Timer = (task: (...given: unknown[]) => void, ms?: number, ...given: unknown[]) => unknown;

/** A timer's code is its run's, too. */
function blameTimers(): void {
  for (const name of ["setTimeout", "setInterval"] as const) {
    const plain = globalThis[name] as Timer;
    const blaming: Timer = (task, ms, ...given) =>
      plain(
        (...all) => {
          marks.blame(whose.getStore() ?? 0);
          task(...all);
        },
        ms,
        ...given,
      );
    Object.defineProperties(blaming, Object.getOwnPropertyDescriptors(plain));
    Object.defineProperty(globalThis, name, { value: blaming, writable: true, configurable: true });
  }
}

function stray(reason: unknown, isFatal: boolean): void {
  post({ kind: "stray", run: whose.getStore() ?? marks.run, text: faultLine(reason, directory), isFatal });
}

process.on("uncaughtException", (reason) => {
  stray(reason, true);
  process.exit(1);
});
// A step that failed stands in the log, whether somebody awaited it or not.
process.on("unhandledRejection", (reason) => {
  if (!(reason instanceof LongarmError)) stray(reason, false);
});

const sources = resolveKit(kept);
blameTimers();
const found = await loadFlows(directory, files, (file) => post({ kind: "loading", file }));
for (const { flow } of found.flows) flows.set(keyOf(flow.name, flow.version), flow);
parentPort?.on("message", take);
post({ kind: "loaded", flows: found.flows.map(({ facts }) => facts), faults: found.faults, sources });
