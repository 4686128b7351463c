import {
  LongarmError,
  needsIntent,
  type Attempt,
  type CallIdentity,
  type ExecutorChoice,
  type Intent,
  type Outcome,
} from "@longarm/shared";
import type { RestRequest } from "@longarm/shared/rest";
import { leftByMs, notAfterOf } from "../../decide/dispatch.ts";
import { askAgent, isAgentIntent, isUnheard } from "./ask-agent.ts";
import { attemptCall, type EndedAttempt } from "./call-attempt.ts";
import { abortReason } from "../wait/abort-reason.ts";
import type { Carriage } from "../carriage.ts";
import { Denials } from "./denials.ts";
import { leasedExecutor } from "./leased-executor.ts";
import { patiently } from "../wait/patiently.ts";
import { authOf } from "./request.ts";
import { budgetAsk, placeInBudget, settleBudget } from "../place/take-budget.ts";

/** A call as an action states it, ready for any place. */
export type Call = Pick<RestRequest, "effect" | "method" | "path" | "query" | "headers" | "body">;

/** Which attempt of which call. */
export interface Numbered {
  readonly call: Call;
  readonly identity: CallIdentity;
  /** From 1. */
  readonly attempt: number;
  /** What sites have said to earlier attempts; takes in what they say to this one. */
  readonly denials?: Denials;
}

/** An attempt that has ended, and until when its first byte may have left, on our own monotonic clock. */
export interface SentAttempt extends EndedAttempt {
  readonly leftByMs: number;
}

/**
 * Makes one attempt of a call: finds its place, writes its intent where it changes something, sends it and reads the answer. Where the
 * answer of an agent is lost, the agent is asked what became of the call.
 */
export async function sendAttempt(carriage: Carriage, numbered: Numbered): Promise<SentAttempt> {
  const { ended, intent, intendedMs, lookedMs } = await sendOnce(carriage, numbered);
  if (!isAgentIntent(intent)) return { ...ended, leftByMs: lookedMs };
  const { clock } = carriage.deps;
  const isAnswered = ended.end.kind === "response" || ended.end.delivery !== "unknown";
  // The agent goes on with it, and tells the next owner.
  if (!isAnswered && carriage.stopping.aborted) throw abortReason(carriage.stopping);
  const isAsked = !isAnswered && isUnheard(ended);
  const told = isAsked ? await askAgent(carriage, intent, { sinceMs: intendedMs, queuedMs: ended.outcome.queuedMs }) : ended;
  return { ...told, leftByMs: leftByMs(intendedMs, clock.monotonicMs()) };
}

interface Sent {
  readonly ended: EndedAttempt;
  readonly intent: Intent | undefined;
  /** When the intent was made; monotonic. */
  readonly intendedMs: number;
  /** When it was last looked whether the call may leave from here; monotonic. */
  readonly lookedMs: number;
}

async function sendOnce(carriage: Carriage, { call, identity, attempt, denials = new Denials() }: Numbered): Promise<Sent> {
  const { deps, submission, connection, writer, signal } = carriage;
  if (submission.dryRun && needsIntent(call.effect))
    throw new LongarmError("internal", "A dry run came to the point of changing something.");
  if (signal.aborted) throw abortReason(signal);
  const askedMs = deps.clock.monotonicMs();
  // While the broker is away, whoever changes something holds neither an agent's slot nor a place at the target.
  if (needsIntent(call.effect)) await deps.lease.held(signal);
  const asked = { ordinal: identity.ordinal, seed: `${identity.callId}/${attempt}`, isChanging: needsIntent(call.effect), denials };
  const { placed, grant } = await placeInBudget(carriage, asked, budgetAsk(carriage, call));
  try {
    const base = { runId: submission.runId, callId: identity.callId, attempt, baseUrl: connection.baseUrl };
    const limits = { timeoutMs: connection.timeoutMs, maxResponseBytes: connection.maxResponseBytes };
    const auth = await patiently({ clock: deps.clock, signal }, () => authOf(deps, connection, placed.choice));
    // Waited for before the intent, so that an outage of the broker does not fill the log with intents.
    const term = needsIntent(call.effect) ? await deps.lease.held(signal) : undefined;
    const intent = needsIntent(call.effect) ? intentOf(carriage, { call, identity, attempt }, placed.choice) : undefined;
    const intendedMs = deps.clock.monotonicMs();
    await writer.write(intent ? [intent] : []);
    if (signal.aborted) {
      const error = abortReason(signal);
      // Without it the intent would stand open, and the next owner could not know that nothing was sent.
      if (needsIntent(call.effect)) writer.defer(notSent({ call: identity, attempt, effect: call.effect, executor: placed.choice }, error));
      throw error;
    }
    let lookedMs = intendedMs;
    const onLook = (): void => void (lookedMs = deps.clock.monotonicMs());
    const executor = term === undefined ? placed.executor : leasedExecutor(placed.executor, { ...deps, term, onLook });
    const request: RestRequest = { ...base, ...call, ...limits, auth, ...(intent && { dispatch: dispatchOf(intent, carriage.epoch) }) };
    const queuedMs = deps.clock.monotonicMs() - askedMs;
    const ended = await attemptCall(carriage, { request, identity, placed: { ...placed, executor }, queuedMs });
    settleBudget(grant, ended.end);
    denials.note(placed.choice, ended.outcome.error);
    // A read that was broken off says nothing about the target, so no later owner is to find it in the log.
    if (ended.end.kind === "failure" && call.effect === "read" && signal.aborted) throw abortReason(signal);
    return { ended, intent, intendedMs, lookedMs };
  } finally {
    grant.unused();
    placed.release();
  }
}

function intentOf({ deps }: Carriage, { call, identity, attempt }: Numbered, executor: ExecutorChoice): Intent {
  const journalId = executor.kind === "agent" ? deps.directory.find(executor.agentId)?.journal?.id : undefined;
  const written = { call: identity, attempt, effect: call.effect, executor, notAfterMs: notAfterOf(deps.clock.nowMs()) };
  return { kind: "intent", ...written, resumeAt: null, ...(journalId !== undefined && { journalId }) };
}

function dispatchOf({ notAfterMs, journalId }: Intent, epoch: number): NonNullable<RestRequest["dispatch"]> {
  return { notAfterMs, epoch, ...(journalId !== undefined && { journalId }) };
}

function notSent(attempt: Attempt, error: LongarmError): Outcome {
  const nothing = { status: null, headers: {}, body: null, record: {}, queuedMs: 0 } as const;
  return { kind: "outcome", ...attempt, ...nothing, result: "not_sent", error: error.toBody(), superseded: true };
}
