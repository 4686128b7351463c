import type { HookState } from "@longarm/shared";
import type { AgentView } from "../ports/agent-directory.ts";
import type { BudgetView } from "../ports/budgets.ts";
import type { LiveSubject } from "../ports/live.ts";
import type { RunRow } from "../ports/run-history.ts";
import type { RunView } from "../ports/run-service.ts";
import { viewRow } from "../run/view/view-row.ts";

/** One thing that has happened: whom it concerns, and what is sent. */
export interface LiveEvent {
  readonly subject: LiveSubject;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A run as the lists show it, whenever it has changed. */
export function runEvent(row: RunRow): LiveEvent {
  const { id, connection, principal, lane, status } = row;
  return { subject: { kind: "run", connection, run: { id, principal, lane, status } }, body: { kind: "run", run: viewRow(row) } };
}

/** How far a stream or a sync has come. */
export function progressEvent({ id, connection, submittedBy, lane, status, progress }: RunView): LiveEvent {
  const run = { id, principal: submittedBy ?? "", lane, status };
  return { subject: { kind: "progress", connection, run }, body: { kind: "progress", run: id, progress } };
}

/** An agent's presence and slots. */
export function agentEvent({ id, name, state, slots, version }: AgentView): LiveEvent {
  return { subject: { kind: "agent" }, body: { kind: "agent", agent: { id, name, state, slots, version } } };
}

/** What has come by a connection's hook, and what has not. */
export function hookEvent({ connection, counts, lastDeliveryMs, lastGap }: HookState): LiveEvent {
  const gap = lastGap && { missed: lastGap.missed, foundAt: new Date(lastGap.atMs).toISOString() };
  const hook = { counts, lastDeliveryAt: lastDeliveryMs === null ? null : new Date(lastDeliveryMs).toISOString(), lastGap: gap };
  return { subject: { kind: "hook", connection }, body: { kind: "hook", connection, hook } };
}

/** What may still be asked of a connection's target. */
export function budgetEvent(connection: string, budget: BudgetView): LiveEvent {
  return { subject: { kind: "budget", connection }, body: { kind: "budget", connection, budget } };
}
