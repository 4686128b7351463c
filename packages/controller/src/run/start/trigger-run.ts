import type { EventChain, StoredEvent } from "@longarm/shared";
import type { StartedRun } from "../../decide/trigger/judge-event.ts";
import type { RunRequest } from "../../ports/run-service.ts";
import type { DefinedTrigger } from "../../ports/trigger-store.ts";

/** The submission that a start stands for. Its run's id follows from the trigger's name and the event's, whoever submits it and however often. */
export function requestOf({ name, lane, behind, connections }: DefinedTrigger, run: StartedRun, event: StoredEvent): RunRequest {
  const { flow: action, connection, input, concurrency, principal, idempotencyKey } = run;
  const chain: EventChain = { depth: event.depth + 1, behind: [...new Set([...behind, ...(event.behind ?? [])])] };
  return {
    ...{ action, connection, input, lane, principal, idempotencyKey, connections, chain, origin: { kind: "trigger", name } },
    ...(concurrency && { terms: { concurrencyKey: concurrency.key, concurrencyLimit: concurrency.limit } }),
  };
}
