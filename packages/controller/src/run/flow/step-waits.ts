import type { Clock, EventChain, Parked, RunId, StepBegun } from "@longarm/shared";
import { eventTest, flowEvent, type EventInput, type FlowEvent, type StepRequest, type WrittenTime } from "@longarm/spoke";
import type { EventWaits } from "../../ports/event-waits.ts";
import { abortReason } from "../wait/abort-reason.ts";

/** Until when a step waits; null: for nothing that the clock tells. */
export function untilOf({ step, input }: StepRequest, nowMs: number): number | null {
  const time = step === "sleep" ? (input as WrittenTime) : step === "event" ? (input as EventInput).timeout : undefined;
  if (!time) return null;
  return "until" in time ? Date.parse(time.until) : nowMs + time.ms;
}

/** The steps of a flow that are under way: while there are any, one of them is told as what it waits for. */
export class OpenWaits {
  readonly #open = new Map<string, Parked>();
  /** The step whose wait the log told last, where that is known. */
  #told: string | undefined;

  /** Takes in a step whose wait is told now. */
  begin(path: string, entry: Parked): Parked {
    this.#open.set(path, entry);
    this.#told = path;
    return entry;
  }

  /** Takes in a step that was under way before. */
  goOn(path: string, entry: Parked): void {
    if (!this.#open.has(path)) this.#open.set(path, entry);
  }

  /** What is to be told now that this step has ended: another one's wait, where its own was told last; undefined: nothing. */
  end(path: string): Parked | undefined {
    this.#open.delete(path);
    if (this.#told !== undefined && this.#told !== path) return undefined;
    const [next] = this.#open;
    this.#told = next?.[0];
    return next?.[1];
  }
}

/** What a flow waits for while a step is under way, for people. */
export function waitEntry(request: StepRequest, { child, untilMs }: Pick<StepBegun, "child" | "untilMs">, nowMs: number): Parked {
  return { kind: "parked", ...wordsOf(request, child), sinceMs: nowMs, untilMs, ordinal: 0, stage: 0 };
}

function wordsOf(request: StepRequest, child: RunId | null): Pick<Parked, "reason" | "sentence"> {
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

/** Who had a hand in the event that a step was given; nobody where there was none. */
export function behindOf(given: unknown): readonly string[] {
  return (given as Pick<FlowEvent, "behind"> | null)?.behind ?? [];
}

/** What a flow's own chain becomes by those whose events it was given: none of them may approve what it starts. */
export function chainWith(chain: EventChain | undefined, behind: ReadonlySet<string>): { readonly chain?: EventChain } {
  if (behind.size === 0) return chain ? { chain } : {};
  return { chain: { depth: chain?.depth ?? 0, behind: [...new Set([...(chain?.behind ?? []), ...behind])] } };
}
