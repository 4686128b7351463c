import type { Chance } from "../chance.ts";
import { type LoadWish, planLoad, type RunPlan } from "../load/run-plan.ts";

/** The connection that no agent matches; runs through it wait for one. */
export const nowhere = "nowhere";

/** When the broker goes and comes back, milliseconds since the load began, and what is to be under way then. */
export interface OutageWish extends Pick<LoadWish, "name" | "group" | "connections"> {
  readonly goneMs: number;
  readonly backMs: number;
  /** The number of its first run. */
  readonly from: number;
}

const atTheCut = { runs: 60, fromMs: -500, overMs: 700 };
/** How many runs an outage's load is made of, beside the usual load. */
export const outageRuns = atTheCut.runs + 20;

/** Calls of every class that are open when the broker goes, and runs that wait: for half of them the deadline passes while it is away. */
export function planOutageLoad(chance: Chance, { goneMs, backMs, from, ...common }: OutageWish): readonly RunPlan[] {
  const { runs, overMs, fromMs } = atTheCut;
  const open = planLoad(chance, { ...common, runs, overMs, from, afterMs: goneMs + fromMs });
  const waiting = Array.from({ length: outageRuns - runs }, (_, at): RunPlan => {
    const index = from + runs + at;
    const deadlineMs = at % 2 === 0 ? Math.round((goneMs + backMs) / 2) : backMs + 10_000;
    const body = { action: "okta.group.get", connection: nowhere, lane: "standard", input: { group: common.group } } as const;
    const plan = { index, key: `${common.name}-waits-${index}`, atMs: at * 100, effect: "read", expected: null } as const;
    return { ...plan, body: { ...body, deadline: `${deadlineMs}ms` } };
  });
  return [...open, ...waiting];
}
