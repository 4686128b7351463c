import type { Clock, RunId, StepBegun } from "@longarm/shared";
import { eventTest, flowEvent, type EventInput, type FlowEvent, type StepRequest, type WrittenTime } from "@longarm/spoke";
import type { EventWaits } from "../../ports/event-waits.ts";
import { abortReason } from "../carriage.ts";

/** Until when a step waits; null: for nothing that the clock tells. */
export function untilOf({ step, input }: StepRequest, nowMs: number): number | null {
  const time = step === "sleep" ? (input as WrittenTime) : step === "event" ? (input as EventInput).timeout : undefined;
  if (!time) return null;
  return "until" in time ? Date.parse(time.until) : nowMs + time.ms;
}

/** What a flow waits for while a step is under way, for people. */
export function waitOf(request: StepRequest, child: RunId | null): { readonly reason: string; readonly sentence: string } {
  const { path, step, name } = request;
  if (step === "sleep") return { reason: "sleep", sentence: "The flow sleeps." };
  if (step === "event")
    return { reason: "event", sentence: `The flow waits for an event: ${eventWords(name, request.input as EventInput)}.` };
  return { reason: "step", sentence: `The flow waits for its step ${path}: ${step} ${name} (${child}).` };
}

function eventWords(type: string, { subject, where, source }: EventInput): string {
  const by = { event: "", hook: " by a hook", flow: " by a flow" }[source];
  return `${type}${by}${subject === undefined ? "" : ` about "${subject}"`}${where === undefined ? "" : ` where ${where}`}`;
}

/** What a step that is no run waits for: its time, or its event; `event` is null where there is none, or its time has passed. */
export async function passTime(
  { events, clock }: { readonly events: EventWaits; readonly clock: Clock },
  request: StepRequest & { readonly connection: string },
  { begun, signal }: { readonly begun: StepBegun; readonly signal: AbortSignal },
): Promise<{ readonly atMs: number; readonly event: FlowEvent | null }> {
  const { step, name: type, untilMs, afterSequence = 0 } = begun;
  if (step === "event") {
    const isWished = eventTest(request.input as EventInput, request.connection);
    const event = await events.first({ type, isWished, afterSequence, untilMs }, signal);
    if (event) return { atMs: clock.nowMs(), event: flowEvent(event) };
  } else {
    await clock.sleep(Math.max(0, (untilMs ?? 0) - clock.nowMs()), signal).catch(() => {
      throw abortReason(signal);
    });
  }
  return { atMs: Math.max(clock.nowMs(), untilMs ?? 0), event: null };
}
