import { chanceOf } from "./chance.ts";
import { type FaultPlace, partsOf } from "./faults/kinds.ts";
import { planFaults, type PlannedFault } from "./faults/schedule.ts";
import { planLoad, planReadsAbout, type RunPlan } from "./load/run-plan.ts";
import { outageRuns, planOutageLoad } from "./outage/outage-load.ts";
import type { Fleet } from "./processes/fleet.ts";
import type { Profile } from "./profile.ts";

/** How many runs need an object of their own. */
export function runsOf({ runs, brokerIsBackBeforeEndSeconds }: Profile): number {
  return brokerIsBackBeforeEndSeconds === undefined ? runs : runs + outageRuns;
}

/** What is to strike the fleet, and when. */
export function planOf(profile: Profile, fleet: Fleet): readonly PlannedFault[] {
  const { seed, calmSeconds, seconds, gapMs, kinds, aloneEvery } = profile;
  const { controllers, agents, brokers, clock, links } = fleet;
  const names = (members: readonly { readonly name: string }[]): string[] => members.map(({ name }) => name);
  const away = awayOf(profile);
  if (away) {
    const { goneMs, backMs } = away;
    const common = { kind: "broker.kill", atMs: goneMs, forMs: backMs - goneMs, amount: 0 } as const;
    return names(brokers).map((target, at) => ({ ...common, target, id: at + 1 }));
  }
  const linksOf = (beginning: string): string[] => [...links.keys()].filter((name) => name.startsWith(beginning));
  return planFaults(chanceOf(seed).fork("faults"), {
    kinds,
    targets: {
      controller: names(controllers),
      agent: names(agents),
      broker: names(brokers),
      controllerLink: linksOf("controller-"),
      agentLink: linksOf("agent-"),
      orgLink: ["home link", "site link"],
      org: ["org"],
      store: names(brokers.slice(0, 1)),
      ...(clock.isAvailable && { clock: [...names(controllers), ...names(agents)] }),
    },
    fromMs: calmSeconds * 1_000,
    toMs: seconds * 1_000,
    gapMs,
    ...(aloneEvery !== undefined && { aloneEvery }),
  });
}

// They strike one process of several, and the usual load has about one call open in all.
const strikeOpenReads: ReadonlySet<FaultPlace> = new Set(["agent", "agentLink", "controller", "controllerLink"]);

/** What is submitted: a mix over the whole time, and what is to be under way when somebody dies or the broker goes. */
export function loadOf(
  profile: Profile,
  { faults, group }: { readonly faults: readonly PlannedFault[]; readonly group: string },
): readonly RunPlan[] {
  const { seed, runs, seconds, aloneEvery } = profile;
  const chance = chanceOf(seed).fork("load");
  const common = { group, name: `chaos-${seed}`, connections: ["home", "site"] };
  const usual = planLoad(chance, { ...common, runs, overMs: seconds * 1_000 });
  const away = awayOf(profile);
  if (away) return [...usual, ...planOutageLoad(chance, { ...common, ...away, from: runs })];
  if (aloneEvery === undefined) return usual;
  const moments = faults.filter(({ kind }) => strikeOpenReads.has(partsOf(kind).place)).map(({ atMs }) => atMs);
  return [...usual, ...planReadsAbout(moments, { ...common, connection: "site", from: runs })];
}

function awayOf({ calmSeconds, seconds, brokerIsBackBeforeEndSeconds }: Profile) {
  if (brokerIsBackBeforeEndSeconds === undefined) return undefined;
  return { goneMs: calmSeconds * 1_000, backMs: (seconds - brokerIsBackBeforeEndSeconds) * 1_000 };
}
