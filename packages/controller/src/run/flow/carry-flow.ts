import { LongarmError } from "@longarm/shared";
import { runFlow, type AnyFlow } from "@longarm/spoke";
import { abortReason, type Carriage } from "../carriage.ts";
import { FlowSteps } from "./flow-steps.ts";

/**
 * Carries a run of a flow: its function is run from its beginning, and each step that the log holds is answered from there. Resolves to what
 * it returned. When it ends otherwise, by its own failure, by a cancellation or its deadline, the runs that it has under way are ended too;
 * throws what ends the run.
 */
export async function carryFlow(carriage: Carriage, flow: AnyFlow, input: unknown): Promise<unknown> {
  const steps = new FlowSteps(carriage, flow);
  try {
    const output = await untilEnding(carriage.signal, () => runFlow(flow, steps, input));
    await untilEnding(carriage.signal, () => steps.settle());
    return output ?? null;
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
