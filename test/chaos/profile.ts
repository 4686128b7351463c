import { parseArgs } from "node:util";
import { type FaultKind, faultKindNames } from "./faults/kinds.ts";
import { plants } from "./plants/plants.ts";

export const profileNames = ["quick", "full", "recovery", "outage", "power", "sync"] as const;
export type ProfileName = (typeof profileNames)[number];

/** Where the profile `sync` copies to. */
export const sinkNames = ["sqlite", "postgres", "ndjson"] as const;
export type SinkName = (typeof sinkNames)[number];

/** What the profile `sync` copies, and where to. */
export interface SyncWish {
  readonly users: number;
  readonly sink: SinkName;
}

/** How one chaos run is made. */
export interface Profile {
  readonly name: ProfileName;
  readonly seed: number;
  readonly runs: number;
  /** How long runs are submitted. */
  readonly seconds: number;
  readonly controllers: number;
  readonly agents: number;
  /** 1, or 3 in a cluster. */
  readonly brokers: number;
  /** Before the first fault nothing is wrong, and nothing may end unknown. */
  readonly calmSeconds: number;
  /** Between the beginnings of two faults, milliseconds. */
  readonly gapMs: readonly [number, number];
  /** How many open calls each kind of fault must hit for the run to be valid; 0: it only says what it did not reach. */
  readonly leastHits: number;
  /** What strikes. */
  readonly kinds: readonly FaultKind[];
  /** Every so many of the deaths whose recovery is measured are alone; absent: none. */
  readonly aloneEvery?: number;
  /** The one fault is that all brokers are gone from the end of the calm until this many seconds before the end of the load; absent: many are. */
  readonly brokerIsBackBeforeEndSeconds?: number;
  /** Absent: no org is copied. Else `seconds` is how long it is kept up to date, and so many faults must strike while a sync runs. */
  readonly sync?: SyncWish;
}

/** What the command line asks for. */
export interface Wish {
  readonly profile: Profile;
  readonly json: boolean;
  /** Where the history is kept, whatever happens; absent: in a temporary directory that a clean run removes. */
  readonly keep?: string;
  /** The bug that the product is given, to see it found. */
  readonly plant?: string;
  /** How many seeds are run in a row, from the profile's on, until one is not ok. */
  readonly seeds: number;
}

const many = { agents: 3, brokers: 1, leastHits: 0, gapMs: [1_000, 2_000], kinds: faultKindNames } as const;

const copied = faultKindNames.filter((kind) => !kind.startsWith("store.") && !kind.startsWith("clock."));

const profiles: Readonly<Record<ProfileName, Omit<Profile, "name" | "seed">>> = {
  quick: { ...many, runs: 500, seconds: 40, controllers: 2, calmSeconds: 3 },
  full: { ...many, runs: 10_000, seconds: 900, controllers: 3, calmSeconds: 15, gapMs: [2_000, 3_500], leastHits: 20, aloneEvery: 2 },
  recovery: {
    ...{ ...many, runs: 4_000, seconds: 400, controllers: 3, calmSeconds: 10 },
    ...{ kinds: ["controller.kill", "agent.kill"], aloneEvery: 1 },
  },
  outage: {
    ...{ ...many, runs: 1_000, seconds: 360, controllers: 2, calmSeconds: 20 },
    ...{ kinds: ["broker.kill"], brokerIsBackBeforeEndSeconds: 40 },
  },
  power: { ...many, runs: 3_000, seconds: 30, controllers: 1, agents: 0, calmSeconds: 0 },
  sync: {
    ...{ ...many, runs: 0, seconds: 40, controllers: 2, calmSeconds: 2, kinds: copied, leastHits: 12 },
    sync: { users: 100_000, sink: "sqlite" },
  },
};

const nodesOfCluster = 3;

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Error(`--${name} must be a whole number, not "${text}".`);
}

function syncWishOf(usual: SyncWish | undefined, values: { readonly users?: string; readonly sink?: string }): SyncWish | undefined {
  const { users, sink = usual?.sink } = values;
  if (!usual) {
    if (users === undefined && sink === undefined) return undefined;
    throw new Error("--users and --sink are for --profile sync.");
  }
  const kind = sinkNames.find((each) => each === sink);
  if (kind === undefined) throw new Error(`--sink must be one of ${sinkNames.join(", ")}, not "${sink}".`);
  return { users: wholeNumber("users", users) ?? usual.users, sink: kind };
}

/** Reads the flags; throws with a sentence that says what is wrong. */
export function readWish(args: readonly string[]): Wish {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const many = { seeds: text, users: text, sink: text } as const;
  const options = {
    ...many,
    profile: text,
    seconds: text,
    runs: text,
    seed: text,
    keep: text,
    plant: text,
    json: flag,
    cluster: flag,
  } as const;
  const { values } = parseArgs({ args: [...args], options, strict: true });
  const name = profileNames.find((each) => each === (values.profile ?? "quick"));
  if (name === undefined) throw new Error(`--profile must be one of ${profileNames.join(", ")}, not "${values.profile}".`);
  const { keep, plant } = values;
  if (plant !== undefined && !(plant in plants))
    throw new Error(`--plant must be one of ${Object.keys(plants).join(", ")}, not "${plant}".`);
  const usual = profiles[name];
  const sync = syncWishOf(usual.sync, values);
  const profile = {
    ...{ ...usual, name },
    seed: wholeNumber("seed", values.seed) ?? 1,
    brokers: values.cluster ? nodesOfCluster : usual.brokers,
    runs: wholeNumber("runs", values.runs) ?? usual.runs,
    seconds: wholeNumber("seconds", values.seconds) ?? usual.seconds,
    ...(sync && { sync }),
  };
  const seeds = Math.max(1, wholeNumber("seeds", values.seeds) ?? 1);
  return { profile, seeds, json: values.json ?? false, ...(keep !== undefined && { keep }), ...(plant !== undefined && { plant }) };
}
