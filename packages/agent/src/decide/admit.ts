import type { AgentId, ErrorBody } from "@longarm/shared";
import { evaluate, type Labels, parseSelector } from "@longarm/shared/selector";
import { type CallMessage, type CarriedCheck, type DesiredState, oldestProtocol, protocolVersion } from "@longarm/shared/wire";

/** What one controller granted to this agent. */
export interface Grant {
  readonly labels: Labels;
  readonly desired: DesiredState;
}

/** All that a decision about a call rests on. */
export interface Situation {
  readonly agent: { readonly id: AgentId; readonly name: string };
  /** Absent: the calling controller has not enrolled this agent. */
  readonly grant: Grant | undefined;
  readonly isLeaving: boolean;
  readonly freeSlots: number;
  /** Do messages stay on this machine, or travel encrypted? */
  readonly isPrivate: boolean;
  /** Was this (callId, attempt) begun before? */
  readonly isKnown: boolean;
  /** Unix milliseconds on the calling controller's clock. */
  readonly controllerNowMs: number;
}

export type Admission = { readonly kind: "admitted" } | { readonly kind: "refused"; readonly error: ErrorBody };

/** The largest body of a request, since it is held whole before it is sent. */
export const maxRequestBytes = 64 * 1024 * 1024;

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
    checkState(situation) ??
    checkRepeat(call, situation) ??
    checkSecrecy(call, situation) ??
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

function checkState({ agent, grant, isLeaving, freeSlots }: Situation): Admission | undefined {
  if (!grant) return refused("not_enrolled", `Agent ${agent.name} is not enrolled with this controller.`, { retryable: true });
  if (grant.desired !== "up") return refused(grant.desired, `Agent ${agent.name} is ${grant.desired}.`, { retryable: true });
  if (isLeaving) return refused("draining", `Agent ${agent.name} is stopping and takes no new calls.`, { retryable: true });
  if (freeSlots <= 0) return refused("no_free_slot", `Agent ${agent.name} has no free slot.`, { retryable: true });
  return undefined;
}

function checkRepeat(call: CallMessage, { isKnown, controllerNowMs }: Situation): Admission | undefined {
  const { callId, attempt } = call.work.request;
  if (isKnown) return refused("already_seen", `Call ${callId}, attempt ${attempt}, was begun here before.`);
  const lateMs = Math.round(controllerNowMs - call.notAfterMs);
  if (lateMs > 0)
    return refused("too_late", `The call arrived ${lateMs} ms after it might last begin.`, { retryable: true, details: { lateMs } });
  return undefined;
}

function checkSecrecy(call: CallMessage, { isPrivate, agent }: Situation): Admission | undefined {
  if (isPrivate || call.work.request.auth.scheme === "none") return undefined;
  return refused(
    "broker_not_private",
    `Agent ${agent.name} takes no credential over a broker that is neither on this machine nor behind TLS.`,
  );
}

function checkSelector(check: CarriedCheck, { agent, grant }: Situation): Admission | undefined {
  if (!check.condition) return undefined;
  const { selector } = check.condition;
  const parsed = parsedSelector(selector);
  if (!parsed) return refused("selector_not_understood", `The selector ${selector} does not parse here.`);
  const facts = { ...check.condition.facts, freeSlots: 0, load: 0, reach: {} };
  const variables = { agent, labels: grant?.labels ?? {}, facts, connection: { name: check.connection }, target: check.target };
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
