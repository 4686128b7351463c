import type { BudgetAsk, BudgetGrant } from "../../ports/budgets.ts";
import type { AttemptEnd } from "../../decide/retry.ts";
import { budgetTermsOf } from "../../decide/budget/terms.ts";
import { abortReason } from "../wait/abort-reason.ts";
import type { Carriage } from "../carriage.ts";
import { parkedDuring } from "../wait/park.ts";
import { placeCall, type PlaceAsked, type PlacedCall } from "./place-call.ts";

// The ordinary jostle for places among the open requests, and the pace of bulk, are not worth a record.
const unrecordedWaitMs = 1_000;

/** What a run asks of its target's budget for a request. */
export function budgetAsk(
  { connection, submission }: Pick<Carriage, "connection" | "submission">,
  { method, path }: Pick<BudgetAsk, "method" | "path">,
): BudgetAsk {
  return { baseUrl: connection.baseUrl, terms: budgetTermsOf(connection.budget), lane: submission.lane, method, path };
}

/**
 * Finds a place and the right to make the request. While it waits for one it holds nothing of the other: neither does a target's
 * limit fill an agent's slots, nor a missing agent the target's places.
 */
export async function placeInBudget(
  carriage: Carriage,
  asked: Omit<PlaceAsked, "onWait">,
  ask: BudgetAsk,
): Promise<{ readonly placed: PlacedCall; readonly grant: BudgetGrant }> {
  let grant: BudgetGrant | undefined;
  const giveBack = (): void => {
    grant?.unused();
    grant = undefined;
  };
  try {
    for (;;) {
      const placed = await placeCall(carriage, { ...asked, onWait: giveBack });
      grant ??= carriage.deps.budgets.tryTake(ask);
      if (grant) return { placed, grant };
      placed.release();
      grant = await waitForBudget(carriage, ask, asked.ordinal);
    }
  } catch (reason) {
    giveBack();
    throw reason;
  }
}

/** The right to make the request, now or when it is this run's turn. */
export async function takeBudget(carriage: Carriage, ask: BudgetAsk, ordinal: number): Promise<BudgetGrant> {
  return carriage.deps.budgets.tryTake(ask) ?? waitForBudget(carriage, ask, ordinal);
}

/** Tells the budget how the request went that it was granted for. */
export function settleBudget(grant: BudgetGrant, end: AttemptEnd): void {
  if (end.kind === "response") grant.answered(end.status, end.rateLimit ?? null, end.retryAfterSeconds ?? null);
  else if (end.delivery === "not_sent") grant.unused();
  else grant.unanswered();
}

/** Waits its turn; a wait of some length is written down with its reason, and gives the lane's slot back. */
async function waitForBudget(carriage: Carriage, ask: BudgetAsk, ordinal: number): Promise<BudgetGrant> {
  const { deps, signal } = carriage;
  if (signal.aborted) throw abortReason(signal);
  const enough = new AbortController();
  const onAbort = (): void => enough.abort(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  const turn = deps.budgets.take(ask, enough.signal);
  try {
    return (await soon(carriage, turn)) ?? (await parkedDuring(carriage, wait(carriage, ask, ordinal), () => turn));
  } catch (reason) {
    enough.abort(reason);
    // It may have been granted in the same moment.
    void turn.then((grant) => grant.unused()).catch(() => undefined);
    throw signal.aborted ? abortReason(signal) : reason;
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

function wait({ deps }: Carriage, ask: BudgetAsk, ordinal: number) {
  const sinceMs = deps.clock.nowMs() - unrecordedWaitMs;
  return { reason: "budget", sentence: deps.budgets.explain(ask), sinceMs, untilMs: null, ordinal, stage: 0 };
}

async function soon({ deps }: Carriage, turn: Promise<BudgetGrant>): Promise<BudgetGrant | undefined> {
  const granted = new AbortController();
  const late = deps.clock.sleep(unrecordedWaitMs, granted.signal).then(
    () => undefined,
    () => undefined,
  );
  try {
    return await Promise.race([turn, late]);
  } finally {
    granted.abort();
  }
}
