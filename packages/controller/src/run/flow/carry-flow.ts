import { LongarmError } from "@longarm/shared";
import { runFlow, type AnyFlow } from "@longarm/spoke";
import { abortReason } from "../wait/abort-reason.ts";
import type { Carriage } from "../carriage.ts";
import type { RunState } from "../../decide/fold-run.ts";
import type { OwnFlowEnd } from "../../ports/own-flows.ts";
import { patiently } from "../wait/patiently.ts";
import { stateOf } from "../view/run-view.ts";
import { FlowSteps } from "./flow-steps.ts";

/**
 * Carries a run of a flow: its function is run from its beginning, and each step that the log holds is answered from there. Resolves to what
 * it returned. When it ends otherwise, by its own failure, by a cancellation or its deadline, the runs that it has under way are ended too;
 * throws what ends the run.
 */
export async function carryFlow(carriage: Carriage, flow: AnyFlow, input: unknown): Promise<unknown> {
  for (let known = carriage.known; ; known = await knownNow(carriage)) {
    const end = await carryOnce({ ...carriage, known }, flow, input);
    if (end.kind === "returned") return end.output ?? null;
  }
}

/** What ran its code may be gone before it has ended. Its steps go on meanwhile, as they do when a controller is. */
async function carryOnce(carriage: Carriage, flow: AnyFlow, input: unknown): Promise<OwnFlowEnd> {
  const steps = new FlowSteps(carriage, flow);
  try {
    const end = await untilEnding(carriage.signal, () => run(carriage, { flow, steps, input }));
    if (end.kind === "lost") await steps.close();
    else await untilEnding(carriage.signal, () => steps.settle());
    return end;
  } catch (reason) {
    const error = LongarmError.from(carriage.signal.aborted ? carriage.signal.reason : reason);
    await steps.close();
    // Whoever carries the flow on waits for them.
    if (error.code === "overtaken") throw error;
    const [unknown] = await steps.endOpen();
    if (unknown === undefined || error.code === "outcome_unknown") {
      if (!carriage.signal.aborted) steps.assertSound();
      throw error;
    }
    const sentence = `${error.message} Of its step ${unknown} nobody knows whether it took effect; look at that run.`;
    throw new LongarmError("outcome_unknown", sentence, { details: { run: unknown, endedBy: error.code }, cause: error });
  }
}

/** The code of a spoke's flow runs here, that of one's own apart. */
async function run(
  { deps, submission: { runId }, signal }: Carriage,
  { flow, steps, input }: { readonly flow: AnyFlow; readonly steps: FlowSteps; readonly input: unknown },
): Promise<OwnFlowEnd> {
  if (deps.ownFlows?.has(flow) === true) return deps.ownFlows.run({ flow, runId, driver: steps, input, signal });
  return { kind: "returned", output: await runFlow(flow, steps, input) };
}

/** What the log holds by now, which is all that a replay may go by. */
async function knownNow({ deps, submission: { runId }, writer, signal }: Carriage): Promise<RunState> {
  await writer.write([]);
  const stored = await patiently({ clock: deps.clock, signal }, () => deps.log.read(runId));
  if (!stored) throw new LongarmError("unknown_run", `${runId} was removed while it was carried.`);
  return stateOf(stored);
}

/** A flow may wait for what never comes; its run ends all the same. */
async function untilEnding<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  if (signal.aborted) throw abortReason(signal);
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(abortReason(signal));
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([work(), promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
