/** Where a fault strikes; the words before the dot of its kind. */
export const faultPlaces = ["controller", "agent", "broker", "controllerLink", "agentLink", "orgLink", "org", "store", "clock"] as const;
export type FaultPlace = (typeof faultPlaces)[number];

/** How one kind of fault is planned. Milliseconds. */
export interface FaultRule {
  /** How long it lasts, from and to; a killed process is started again after that. */
  readonly lasts: readonly [number, number];
  /** How long its target is left alone afterwards. */
  readonly rest: number;
  /** Bytes, calls or milliseconds that it needs to know, drawn from and to. */
  readonly amount?: readonly [number, number];
}

const process = { rest: 5_000 };
const link = { rest: 1_500 };
const org = { lasts: [3_000, 5_000], rest: 0, amount: [4, 12] } as const;

const linkRules = {
  partition: { ...link, lasts: [1_500, 8_000] },
  latency: { ...link, lasts: [3_000, 5_000], amount: [200, 900] },
  blackHole: { ...link, lasts: [2_000, 7_000] },
  refuse: { ...link, lasts: [500, 4_000] },
  halfOpen: { ...link, lasts: [3_000, 6_000], amount: [0, 3_000] },
  reset: { ...link, lasts: [2_000, 4_000], amount: [50, 4_000] },
} as const satisfies Record<string, FaultRule>;

const linkPlaces = ["controllerLink", "agentLink", "orgLink"] as const;
type LinkKind = `${(typeof linkPlaces)[number]}.${keyof typeof linkRules}`;

function everyLink(): Readonly<Record<LinkKind, FaultRule>> {
  const named = linkPlaces.flatMap((place) => Object.entries(linkRules).map(([what, rule]) => [`${place}.${what}`, rule]));
  return Object.fromEntries(named) as Record<LinkKind, FaultRule>;
}

/** Every kind of fault that there is. `pause` is short enough that nobody may be taken for dead, `freeze` is not. */
export const faultRules = {
  "controller.kill": { ...process, lasts: [200, 9_000] },
  "controller.pause": { ...process, lasts: [2_000, 2_000], rest: 8_000 },
  "controller.freeze": { ...process, lasts: [9_000, 13_000] },
  "agent.kill": { ...process, lasts: [200, 9_000] },
  "agent.pause": { ...process, lasts: [2_000, 2_000] },
  "agent.freeze": { ...process, lasts: [11_000, 14_000] },
  "broker.kill": { ...process, lasts: [200, 4_000] },
  "broker.pause": { ...process, lasts: [2_000, 2_000] },
  "broker.freeze": { ...process, lasts: [7_000, 9_000] },
  ...everyLink(),
  "org.cutAfterApply": org,
  "org.cutBefore": org,
  "org.errorAfterApply": org,
  "org.rateLimited": org,
  "org.halfBody": org,
  "store.full": { lasts: [3_000, 5_000], rest: 4_000 },
  "clock.jump": { lasts: [5_000, 8_000], rest: 4_000 },
} as const satisfies Record<string, FaultRule>;

export type FaultKind = keyof typeof faultRules;

/** The kinds in the order of the table. */
export const faultKindNames = Object.keys(faultRules) as readonly FaultKind[];

/** What keeps still about a death, so that it can be told how long its recovery takes. Milliseconds before and after it. */
export interface Quiet {
  readonly places: readonly FaultPlace[];
  readonly beforeMs: number;
  readonly afterMs: number;
}

/** The deaths whose recovery is measured: what would stand in its way keeps still, all else goes on. */
export const quietAbout: Readonly<Partial<Record<FaultKind, Quiet>>> = {
  "controller.kill": { places: ["controller", "controllerLink", "broker", "store", "clock"], beforeMs: 6_000, afterMs: 10_000 },
  "agent.kill": { places: faultPlaces, beforeMs: 6_000, afterMs: 6_000 },
};

/** Where a kind strikes, and what it does there. */
export function partsOf(kind: FaultKind): { readonly place: FaultPlace; readonly what: string } {
  const [place = "", what = ""] = kind.split(".");
  return { place: place as FaultPlace, what };
}
