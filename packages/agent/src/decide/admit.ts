import type { AgentId, ErrorBody } from "@longarm/shared";
import { evaluate, type Labels, parseSelector } from "@longarm/shared/selector";
import {
  type CallMessage,
  type CarriedCheck,
  type DesiredState,
  type JournalState,
  oldestProtocol,
  protocolVersion,
} from "@longarm/shared/wire";

/** What one controller granted to this agent. */
export interface Grant {
  readonly labels: Labels;
  readonly desired: DesiredState;
}

/** What a call that changes something is decided by, beside all else. */
export interface ChangeSituation {
  /** Was this (callId, attempt) begun or refused before? */
  readonly isKnown: boolean;
  readonly journal: { readonly id: string; readonly state: JournalState; readonly horizonMs: number };
  /** By how much the calling controller's clock may differ from what is assumed, in milliseconds. */
  readonly clockUncertaintyMs: number;
}

/** All that a decision about a call rests on. */
export interface Situation {
  readonly agent: { readonly id: AgentId; readonly name: string; readonly bootId: string };
  /** Absent: the calling controller has not enrolled this agent. */
  readonly grant: Grant | undefined;
  readonly isLeaving: boolean;
  readonly freeSlots: number;
  /** Unix milliseconds on the calling controller's clock. */
  readonly controllerNowMs: number;
  /** Only for calls that change something. */
  readonly change?: ChangeSituation;
}

export type Admission = { readonly kind: "admitted" } | { readonly kind: "refused"; readonly error: ErrorBody };

/** The largest body of a request, since it is held whole before it is sent. */
export const maxRequestBytes = 64 * 1024 * 1024;

/** A call that changes something is not taken while the calling controller's clock is less certain than this. */
export const certainClockMs = 2_000;

/** No call may last begin later than this from now on its controller's clock; where it says so, one of the clocks was set. */
export const farAheadMs = 60_000;

const admitted: Admission = { kind: "admitted" };

function refused(reason: string, sentence: string, more: { readonly retryable?: boolean; readonly details?: object } = {}): Admission {
  const details = { reason, ...more.details };
  return { kind: "refused", error: { code: "agent_refused", message: sentence, retryable: more.retryable ?? false, details } };
}

/** May this call begin here and now? A refusal is final: the call was not begun and never will be. */
export function admit(call: CallMessage, situation: Situation): Admission {
  return (
    checkProtocol(call) ??
    checkSize(call) ??
    checkProcess(call, situation) ??
    checkState(situation) ??
    checkChange(call, situation) ??
    checkTime(call, situation.controllerNowMs) ??
    checkAhead(call, situation.controllerNowMs) ??
    checkSelector(call.check, situation) ??
    admitted
  );
}

function checkProtocol({ protocol }: CallMessage): Admission | undefined {
  if (protocol >= oldestProtocol && protocol <= protocolVersion) return undefined;
  const message = `The call is of protocol ${protocol}; this agent speaks ${oldestProtocol} to ${protocolVersion}. Upgrade the older side.`;
  return {
    kind: "refused",
    error: { code: "agent_protocol_unsupported", message, retryable: false, details: { protocol, oldestProtocol, protocolVersion } },
  };
}

function checkSize({ bodyBytes }: CallMessage): Admission | undefined {
  if (bodyBytes <= maxRequestBytes) return undefined;
  return refused("body_too_large", `The request's body has ${bodyBytes} bytes; an agent takes at most ${maxRequestBytes}.`);
}

function checkProcess({ address }: CallMessage, { agent, change }: Situation): Admission | undefined {
  if (address.bootId === agent.bootId || change?.isKnown) return undefined;
  return refused("restarted", `Agent ${agent.name} was started again since this call was made.`, again);
}

function checkState({ agent, grant, isLeaving, freeSlots }: Situation): Admission | undefined {
  if (!grant) return refused("not_enrolled", `Agent ${agent.name} is not enrolled with this controller.`, { retryable: true });
  if (grant.desired !== "up") return refused(grant.desired, `Agent ${agent.name} is ${grant.desired}.`, { retryable: true });
  if (isLeaving) return refused("draining", `Agent ${agent.name} is stopping and takes no new calls.`, { retryable: true });
  if (freeSlots <= 0) return refused("no_free_slot", `Agent ${agent.name} has no free slot.`, { retryable: true });
  return undefined;
}

function checkChange(call: CallMessage, { change, agent }: Situation): Admission | undefined {
  if (!change) return undefined;
  const { callId, attempt } = call.work.request;
  const { journal, clockUncertaintyMs } = change;
  if (change.isKnown) return refused("already_seen", `Call ${callId}, attempt ${attempt}, was begun or refused here before.`);
  if (call.work.kind === "pages") return refused("pages_change_nothing", "A call that changes something cannot be a stream of pages.");
  if (journal.state === "failed")
    return refused("journal_failed", `Agent ${agent.name} cannot write its journal; it takes changing calls again after a restart.`, again);
  if (journal.state === "full")
    return refused("journal_full", `Too many calls of agent ${agent.name} wait for a controller to store how they ended.`, again);
  if (call.journalId !== undefined && call.journalId !== journal.id)
    return refused("journal_differs", `Agent ${agent.name} has another journal than the controller knows of.`, again);
  if (!(clockUncertaintyMs <= certainClockMs))
    return refused("clock_uncertain", `Agent ${agent.name} does not know the controller's clock well enough for a changing call.`, again);
  return checkTime(call, journal.horizonMs + 1);
}

const again = { retryable: true } as const;

function checkTime(call: CallMessage, nowMs: number): Admission | undefined {
  const lateMs = Math.round(nowMs - call.notAfterMs);
  if (lateMs > 0)
    return refused("too_late", `The call arrived ${lateMs} ms after it might last begin.`, { retryable: true, details: { lateMs } });
  return undefined;
}

function checkAhead(call: CallMessage, nowMs: number): Admission | undefined {
  const aheadMs = Math.round(call.notAfterMs - nowMs);
  if (aheadMs <= farAheadMs) return undefined;
  return refused("too_far_ahead", `The call says it may begin for ${aheadMs} ms yet.`, { ...again, details: { aheadMs } });
}

function checkSelector(check: CarriedCheck, { agent, grant }: Situation): Admission | undefined {
  if (!check.condition) return undefined;
  const { selector } = check.condition;
  const parsed = parsedSelector(selector);
  if (!parsed) return refused("selector_not_understood", `The selector ${selector} does not parse here.`);
  const facts = { ...check.condition.facts, freeSlots: 0, load: 0, reach: {} };
  const variables = {
    agent: { id: agent.id, name: agent.name },
    labels: grant?.labels ?? {},
    facts,
    connection: { name: check.connection },
    target: check.target,
  };
  const verdict = evaluate(parsed, variables, { skipVolatile: true });
  if (verdict.matched) return undefined;
  const { failed, because } = verdict;
  return refused("selector_not_matched", `Agent ${agent.name} does not match ${failed} (${because}).`, { details: { failed, because } });
}

type Parsed = ReturnType<typeof parseSelector>;
// A controller sends the same few selectors over and over; parsing is a hundred times the cost of evaluating.
const cache = new Map<string, Parsed | undefined>();
const cachedSelectors = 256;

function parsedSelector(source: string): Parsed | undefined {
  if (cache.has(source)) return cache.get(source);
  if (cache.size >= cachedSelectors) cache.clear();
  const parsed = parseOrNothing(source);
  cache.set(source, parsed);
  return parsed;
}

function parseOrNothing(source: string): Parsed | undefined {
  try {
    return parseSelector(source);
  } catch {
    return undefined;
  }
}
