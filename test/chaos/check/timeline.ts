import type { InflictedFault } from "../faults/inflict.ts";
import { partsOf } from "../faults/kinds.ts";
import type { LogRecord } from "./evidence.ts";

/** A call as a run's log tells of it. Unix milliseconds. */
export interface OpenCall {
  readonly fromMs: number;
  readonly toMs: number;
  /** `local`, the agent's name, or undefined where the log does not know, since whoever carried it died. */
  readonly executor: string | undefined;
  readonly controllerId: string;
  /** Was it to change something? */
  readonly isChanging: boolean;
}

interface ExecutorFacts {
  readonly kind?: unknown;
  readonly name?: unknown;
  readonly agentName?: unknown;
}

function nameOf(facts: Readonly<Record<string, unknown>>): string | undefined {
  const executor = facts["executor"] as ExecutorFacts | undefined;
  if (!executor) return undefined;
  return executor.kind === "local" ? "local" : String(executor.name ?? executor.agentName);
}

const commands: ReadonlySet<string> = new Set(["cancelRequested", "approved", "denied", "resolved", "secretsRead"]);

/** The calls of a run, in the order of its log: each from its intent, or the record before it, to the record that ends it. */
export function callsOf(log: readonly LogRecord[]): readonly OpenCall[] {
  const calls: OpenCall[] = [];
  const intents = new Map<string, number>();
  let [fromMs, controllerId, executor] = [0, "", undefined as string | undefined];
  let [isOpen, isIntended] = [false, false];
  for (const { kind, facts, time } of log) {
    // What others ask of a run stands in its log wherever it came, and begins and ends no call.
    if (commands.has(kind)) continue;
    const nowMs = Date.parse(time);
    const endsCall = kind === "outcome" || ((kind === "claimed" || kind === "completed") && isOpen);
    // While an agent is asked what became of a call, records of that wait stand between its intent and its outcome.
    const intendedMs = kind === "outcome" ? intents.get(`${String(facts["id"])} ${String(facts["attempt"])}`) : undefined;
    const isChanging = kind === "outcome" ? facts["effect"] !== "read" : isIntended;
    if (endsCall) calls.push({ fromMs: intendedMs ?? fromMs, toMs: nowMs, executor: nameOf(facts) ?? executor, controllerId, isChanging });
    if (kind === "claimed") controllerId = String(facts["controllerId"]);
    if (kind === "intent") intents.set(`${String(facts["callId"])} ${String(facts["attempt"])}`, nowMs);
    executor = kind === "intent" ? nameOf(facts) : undefined;
    isIntended = kind === "intent";
    isOpen = kind === "claimed" || kind === "intent" || kind === "resumed";
    fromMs = nowMs;
  }
  return calls;
}

const hourMs = 3_600_000;

/** The log with the times of controllers whose clock was an hour off set right; `nearMs` is a time shortly before it began. */
export function withTrueTimes(log: readonly LogRecord[], nearMs: number): readonly LogRecord[] {
  return log.map((record) => {
    const offMs = Math.round((Date.parse(record.time) - nearMs) / hourMs) * hourMs;
    return offMs === 0 ? record : { ...record, time: new Date(Date.parse(record.time) - offMs).toISOString() };
  });
}

/** Could this fault have struck that call? */
export function touches(fault: InflictedFault, call: OpenCall, controllers: ReadonlyMap<string, string>): boolean {
  const { place, what } = partsOf(fault.kind);
  const untilMs = what === "kill" ? fault.fromMs : fault.untilMs;
  if (call.toMs < fault.fromMs || call.fromMs > untilMs) return false;
  const member = fault.target.replace(/ link$/, "");
  switch (place) {
    case "controller":
    case "controllerLink":
    case "clock":
      return controllers.get(call.controllerId) === member;
    case "agent":
    case "agentLink":
      return call.executor === undefined || call.executor === member;
    case "orgLink":
      return call.executor === undefined || (member === "home") === (call.executor === "local");
    case "broker":
    case "store":
    case "org":
      return true;
  }
}
