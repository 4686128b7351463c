import { LongarmError, needsIntent, type ErrorCode, type Intent } from "@longarm/shared";
import type { CallRecord, HttpMethod } from "@longarm/shared/rest";
import { settledAfterMs } from "../../decide/dispatch.ts";
import { type AfterWord, decideByWord } from "../../decide/inquiry.ts";
import { answeredAttempt, failedAttempt, type EndedAttempt, type Tried } from "./call-attempt.ts";
import { abortReason } from "../wait/abort-reason.ts";
import type { Carriage } from "../carriage.ts";

// A call that the agent refuses because it was begun before may be one that came to it twice.
const unheard: ReadonlySet<ErrorCode> = new Set(["agent_lost", "agent_refused", "invalid_wire_message"]);

/** An intent of a call that went to an agent. */
export type AgentIntent = Intent & { readonly executor: { readonly kind: "agent" } };

type Known = Exclude<AfterWord, { kind: "wait" }> | { readonly kind: "silent" };

// Behind a restart of ours it takes an agent a moment to know us, even where the call's time is long over.
const leastAskMs = 5_000;
const askWorthRecordingMs = 1_000;

/** Did a call that may have changed something go to an agent? */
export function isAgentIntent(intent: Intent | null | undefined): intent is AgentIntent {
  return intent?.executor.kind === "agent" && needsIntent(intent.effect);
}

/** Was the agent's answer lost on its way, so that the agent may know more than we do? */
export function isUnheard({ end }: EndedAttempt): boolean {
  return end.kind === "failure" && end.delivery === "unknown" && unheard.has(end.code);
}

/** What the attempt at hand is known by, beside its intent. */
interface Asked {
  /** No earlier than the intent was written; monotonic. */
  readonly sinceMs: number;
  readonly queuedMs: number;
}

/**
 * Asks the agent what became of the call, until it has said so or the call is over wherever it is; resolves to the attempt's end by
 * that. The time is counted on our own clock: another controller's, by which the intent is dated, may differ. Throws only when this controller stops: the intent stays open then, and the next owner asks.
 */
export async function askAgent(carriage: Carriage, intent: AgentIntent, { sinceMs, queuedMs }: Asked): Promise<EndedAttempt> {
  const known = await hear(carriage, intent, sinceMs);
  const { call: identity, attempt, effect, executor } = intent;
  const tried: Tried = { identity, attempt, effect, executor, queuedMs };
  if (known.kind !== "ended") return failedAttempt(tried, { kind: "failure", ...failureBy(known, intent) });
  const { end } = known;
  if (end.kind === "failure") return failedAttempt(tried, { ...end, error: LongarmError.fromBody(end.error) });
  if (end.body.kind !== "whole") throw new LongarmError("internal");
  return answeredAttempt(carriage, tried, { ...end.head, body: end.body.bytes, record: end.record });
}

/** Once the outcome is stored that was deferred last, tells its agent that it need not keep it any more. */
export function tellWhenStored({ writer, deps }: Carriage, { outcome, end }: EndedAttempt): void {
  const { executor, effect, call, attempt } = outcome;
  if (executor.kind !== "agent" || !needsIntent(effect) || (end.kind === "failure" && end.code === "agent_lost")) return;
  writer.afterStored(() => deps.inquiry.stored(executor.agentId, { callId: call.callId, attempt }));
}

async function hear(carriage: Carriage, intent: AgentIntent, sinceMs: number): Promise<Known> {
  const { clock, inquiry } = carriage.deps;
  const { notAfterMs, journalId, attempt, call, executor } = intent;
  const leftMs = sinceMs + settledAfterMs(carriage.connection.timeoutMs) - clock.monotonicMs();
  const { promise, resolve, reject } = Promise.withResolvers<Known>();
  const over = new AbortController();
  const onStop = (): void => reject(abortReason(carriage.stopping));
  carriage.stopping.addEventListener("abort", onStop, { once: true });
  if (carriage.stopping.aborted) onStop();
  const stop = inquiry.ask({ agentId: executor.agentId, callId: call.callId, attempt, notAfterMs }, (word) => {
    const after = decideByWord(word, journalId);
    if (after.kind !== "wait") resolve(after);
  });
  clock.sleep(Math.max(leastAskMs, leftMs), over.signal).then(
    () => resolve({ kind: "silent" }),
    () => undefined,
  );
  try {
    return await recorded(carriage, { intent, forMs: Math.max(leastAskMs, leftMs) }, promise);
  } finally {
    stop();
    over.abort();
    carriage.stopping.removeEventListener("abort", onStop);
  }
}

/** A wait of some length is written down, and the run gives its lane's slot back meanwhile. */
async function recorded<T>(
  carriage: Carriage,
  { intent, forMs }: { readonly intent: AgentIntent; readonly forMs: number },
  waited: Promise<T>,
): Promise<T> {
  const { clock, slots } = carriage.deps;
  const soon = new AbortController();
  const first = await Promise.race([waited, clock.sleep(askWorthRecordingMs, soon.signal).then(() => later)]);
  soon.abort();
  if (first !== later) return first as T;
  const { lane } = carriage.submission;
  const sinceMs = clock.nowMs();
  const sentence = `The answer to ${intent.call.method} ${pathOf(intent)} was lost; agent ${intent.executor.agentName} is asked what became of it.`;
  const { ordinal } = intent.call;
  waited.catch(() => undefined);
  await carriage.writer.write([{ kind: "parked", reason: "asking_agent", sentence, sinceMs, untilMs: sinceMs + forMs, ordinal, stage: 0 }]);
  slots.release(lane);
  try {
    return await waited;
  } finally {
    slots.take(lane);
    carriage.writer.defer({ kind: "resumed" });
  }
}

const later = Symbol("later");

function pathOf({ call }: AgentIntent): string {
  return call.target.split("?", 1)[0] ?? "";
}

type Failure = Parameters<typeof failedAttempt>[1];

function failureBy(known: Exclude<Known, { kind: "ended" }>, intent: AgentIntent): Omit<Failure, "kind"> {
  const nothing = { headMs: null, totalMs: null, oktaRequestId: null, rateLimit: null, requestBytes: 0, responseBytes: 0 };
  const status = known.kind === "unknown" ? known.status : null;
  const record: CallRecord = { method: intent.call.method as HttpMethod, path: pathOf(intent), status, sentAt: 0, ...nothing };
  const { agentId, agentName } = intent.executor;
  const because = known.kind === "unknown" ? known.because : known.kind;
  const error = new LongarmError("agent_lost", sentences[because](agentName), { retryable: true, details: { agent: agentId, because } });
  return { delivery: known.kind === "notSent" ? "not_sent" : "unknown", error, record };
}

const sentences = {
  notSent: (name: string) => `Agent ${name} never saw the call, and never will begin it.`,
  died: (name: string) => `Agent ${name} began the call, and its process ended before it knew how the call did.`,
  bodyNotKept: (name: string) => `Agent ${name} knows that the target answered, but the answer was too long to be kept.`,
  silent: (name: string) => `Agent ${name} could not tell what became of the call before its time was over.`,
} as const;
