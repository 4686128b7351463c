import type { FaultPlace } from "../faults/kinds.ts";
import type { Fleet } from "../processes/fleet.ts";
import type { SyncWish } from "../profile.ts";

/** How far away the org is, each way, and how much happens in it. */
export interface Places {
  readonly orgLatencyMs: number;
  readonly perSecond: number;
}

/** A small org is further away, so that there is time to strike, and less happens in it. */
export function placesOf({ users }: Pick<SyncWish, "users">): Places {
  const between = (least: number, value: number, most: number): number => Math.round(Math.max(least, Math.min(value, most)));
  return { orgLatencyMs: between(2, 600_000 / Math.max(1, users), 200), perSecond: between(5, users / 4_000, 20) };
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
