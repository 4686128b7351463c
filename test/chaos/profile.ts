import { parseArgs } from "node:util";

export const profileNames = ["quick", "full", "power"] as const;
export type ProfileName = (typeof profileNames)[number];

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
}

/** What the command line asks for. */
export interface Wish {
  readonly profile: Profile;
  readonly json: boolean;
  /** Where the history is kept, whatever happens; absent: in a temporary directory that a clean run removes. */
  readonly keep?: string;
}

const profiles: Readonly<Record<ProfileName, Omit<Profile, "name" | "seed">>> = {
  quick: { runs: 500, seconds: 40, controllers: 2, agents: 3, brokers: 1, calmSeconds: 3, gapMs: [1_000, 2_000], leastHits: 0 },
  full: { runs: 10_000, seconds: 900, controllers: 3, agents: 3, brokers: 1, calmSeconds: 15, gapMs: [2_000, 3_500], leastHits: 20 },
  power: { runs: 3_000, seconds: 30, controllers: 1, agents: 0, brokers: 1, calmSeconds: 0, gapMs: [1_000, 2_000], leastHits: 0 },
};

const nodesOfCluster = 3;

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Error(`--${name} must be a whole number, not "${text}".`);
}

/** Reads the flags; throws with a sentence that says what is wrong. */
export function readWish(args: readonly string[]): Wish {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const options = { profile: text, seconds: text, runs: text, seed: text, keep: text, json: flag, cluster: flag } as const;
  const { values } = parseArgs({ args: [...args], options, strict: true });
  const name = profileNames.find((each) => each === (values.profile ?? "quick"));
  if (name === undefined) throw new Error(`--profile must be one of ${profileNames.join(", ")}, not "${values.profile}".`);
  const usual = profiles[name];
  const profile = {
    ...{ ...usual, name },
    seed: wholeNumber("seed", values.seed) ?? 1,
    brokers: values.cluster ? nodesOfCluster : usual.brokers,
    runs: wholeNumber("runs", values.runs) ?? usual.runs,
    seconds: wholeNumber("seconds", values.seconds) ?? usual.seconds,
  };
  return { profile, json: values.json ?? false, ...(values.keep !== undefined && { keep: values.keep }) };
}
