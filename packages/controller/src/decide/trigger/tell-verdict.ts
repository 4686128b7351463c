import type { Trigger } from "@longarm/shared";
import type { EventVerdict } from "./judge-event.ts";
import { longestChain } from "./trigger.ts";

/** What a trigger makes of an event, in words. */
export function tellVerdict({ name, on, state }: Pick<Trigger, "name" | "on" | "state">, verdict: EventVerdict): string {
  switch (verdict.kind) {
    case "starts": {
      const { flow, connection, debounce } = verdict.run;
      const wait = debounce ? `, ${debounce.windowMs / 1_000} s after the first event of the key "${debounce.key}"` : "";
      return `${name} starts ${flow} on ${connection}${wait}.`;
    }
    case "draft":
      return `${name} is a ${state}: enabled, it would start ${verdict.wouldStart.flow} on ${verdict.wouldStart.connection}.`;
    case "other_event":
      return `${name} starts nothing: it names ${on.source} events of the type ${on.type}${on.connection === undefined ? "" : ` of ${on.connection}`}.`;
    case "echo":
      return `${name} starts nothing: the event is the echo of a change that this installation made.`;
    case "chain_too_long":
      return `${name} starts nothing: ${longestChain} events lie behind this one, so runs and their ends would go round for ever.`;
    case "filter":
      return verdict.problem === undefined
        ? `${name} starts nothing: its filter does not hold.`
        : `${name} starts nothing: its filter has no value for this event (${verdict.problem}).`;
    case "no_input":
      return `${name} starts nothing: ${verdict.pointer} has no value for this event (${verdict.problem}).`;
  }
}
