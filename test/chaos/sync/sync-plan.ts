import type { FaultKind, FaultPlace } from "../faults/kinds.ts";
import type { Fleet } from "../processes/fleet.ts";
import type { SyncWish } from "../profile.ts";

/** How far away the org is, each way, and how much happens in it. */
export interface Places {
  readonly orgLatencyMs: number;
  readonly perSecond: number;
  /** Between the beginnings of two faults. */
  readonly gapMs: readonly [number, number];
}

const small = 20_000;

/** Is it small enough that a whole sweep at the end is no matter of minutes? */
export function isSmall({ users }: Pick<SyncWish, "users">): boolean {
  return users <= small;
}

/** A small org is further away, so that there is time to strike, less happens in it, and it is struck more often. */
export function placesOf({ users }: Pick<SyncWish, "users">): Places {
  const gapMs = isSmall({ users }) ? ([1_500, 3_000] as const) : ([2_500, 5_000] as const);
  const between = (least: number, value: number, most: number): number => Math.round(Math.max(least, Math.min(value, most)));
  return { orgLatencyMs: between(2, 600_000 / Math.max(1, users), 200), perSecond: between(5, users / 4_000, 20), gapMs };
}

// The deaths that somebody has to go on after.
const often: ReadonlySet<FaultKind> = new Set(["controller.kill", "controller.freeze", "agent.kill", "broker.kill"]);

/** The kinds as often as they are to come up among the others. */
export function weighted(kinds: readonly FaultKind[]): readonly FaultKind[] {
  return kinds.flatMap((kind) =>
    kind.startsWith("controller.") && often.has(kind) ? [kind, kind, kind] : often.has(kind) ? [kind, kind] : [kind],
  );
}

/** What there is to strike: all that stands between the org and the sink. */
export function targetsOf({ controllers, agents, brokers, links }: Fleet): Readonly<Partial<Record<FaultPlace, readonly string[]>>> {
  const names = (members: readonly { readonly name: string }[]): string[] => members.map(({ name }) => name);
  const linksOf = (beginning: string): string[] => [...links.keys()].filter((name) => name.startsWith(beginning));
  return {
    ...{ controller: names(controllers), agent: names(agents), broker: names(brokers) },
    ...{ controllerLink: linksOf("controller-"), agentLink: linksOf("agent-"), orgLink: ["site link"], org: ["org"] },
  };
}
