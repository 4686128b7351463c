import { type Clock, control, type ControllerId, LongarmError, readId } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { decodeBudgetGossip, encodeBudgetGossip, type TargetWord } from "@longarm/shared/wire";
import type { NatsConnection } from "@nats-io/transport-node";

interface Deps {
  readonly connection: NatsConnection;
  readonly controllerId: ControllerId;
  readonly budgets: { words(): readonly TargetWord[]; told(from: ControllerId, words: readonly TargetWord[]): void };
  readonly clock: Clock;
  readonly logger: Logger;
}

// So often while requests are under way: each controller keeps to its part of what is left until it hears of the others'.
const tellEveryMs = 100;
// And so often that it is there.
const greetEveryMs = 1_000;

/** Tells the other controllers what this one knows of its targets' limits, and hears them. Resolves when the signal is aborted. */
export async function gossipBudgets(deps: Deps, signal: AbortSignal): Promise<void> {
  const { connection, clock, logger } = deps;
  const subscription = connection.subscribe(control.allBudgets(), {
    callback: (fault, { subject, data }) => {
      if (fault) logger.error({ reason: fault.message }, "The broker ended what other controllers tell of their budgets.");
      else hear(deps, subject, data);
    },
  });
  try {
    for (let toldMs = -Infinity; !signal.aborted; await clock.sleep(tellEveryMs, signal).catch(() => undefined)) {
      const nowMs = clock.monotonicMs();
      if (!connection.isClosed() && tell(deps, nowMs - toldMs >= greetEveryMs)) toldMs = nowMs;
    }
  } finally {
    subscription.unsubscribe();
  }
}

/** Whether there was something to tell, or it is time to. What could not be told is told the next time. */
function tell({ connection, controllerId, budgets, logger }: Deps, isTimeToGreet: boolean): boolean {
  const words = budgets.words();
  if (words.length === 0 && !isTimeToGreet) return false;
  try {
    connection.publish(control.budget(controllerId), encodeBudgetGossip(words));
  } catch (reason) {
    logger.debug({ reason: LongarmError.from(reason).message }, "Nobody could be told of budgets; trying again.");
  }
  return true;
}

function hear({ controllerId, budgets, logger }: Deps, subject: string, payload: Uint8Array): void {
  const from = readId("controller", subject.slice(subject.indexOf(".") + 1));
  if (!from || from === controllerId) return;
  try {
    budgets.told(from, decodeBudgetGossip(payload));
  } catch (reason) {
    logger.warn({ from, reason: LongarmError.from(reason).message }, "What another controller told of its budgets could not be read.");
  }
}
