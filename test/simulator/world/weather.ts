import type { Random } from "./random.ts";

/** What the target does with a request; see `Org`. */
export type OrgConduct =
  | "answers"
  | "answersLate"
  | "neverHears"
  | "appliesThenCuts"
  | "cutsThenApplies"
  | "cuts"
  | "failsBefore"
  | "failsAfter"
  | "limits"
  | "isNotReached";

/** How likely each thing goes wrong. Probabilities are per message, request or point. */
export interface Weather {
  readonly loseMessage: number;
  readonly repeatMessage: number;
  readonly delayMessage: number;
  readonly loseRequest: number;
  readonly loseAnswer: number;
  readonly delayAnswer: number;
  /** A process dies, or is frozen, at one of the points where it waits for another. */
  readonly die: number;
  readonly freeze: number;
  /** A process is frozen while it waits for a connection to the target; few worlds would have it just then. */
  readonly freezeConnecting: number;
  /** A connection to the target takes seconds. */
  readonly connectSlowly: number;
  readonly org: Readonly<Record<OrgConduct, number>>;
}

const goodOrg: Weather["org"] = {
  ...{ answers: 1, answersLate: 0, neverHears: 0, appliesThenCuts: 0, cutsThenApplies: 0 },
  ...{ cuts: 0, failsBefore: 0, failsAfter: 0, limits: 0, isNotReached: 0 },
};

/** Nothing goes wrong. */
export const calm: Weather = {
  ...{
    loseMessage: 0,
    repeatMessage: 0,
    delayMessage: 0,
    loseRequest: 0,
    loseAnswer: 0,
    delayAnswer: 0,
    die: 0,
    freeze: 0,
    freezeConnecting: 0,
    connectSlowly: 0,
  },
  org: goodOrg,
};

/** The weather of a seed: calm now and then, else each kind of trouble with a strength of its own. */
export function drawWeather(random: Random): Weather {
  if (random.chance(0.05)) return calm;
  const some = (most: number): number => (random.chance(0.5) ? random.next() * most : 0);
  return {
    ...{ loseMessage: some(0.2), repeatMessage: some(0.2), delayMessage: some(0.2) },
    ...{
      loseRequest: some(0.15),
      loseAnswer: some(0.25),
      delayAnswer: some(0.1),
      die: some(0.06),
      freeze: some(0.04),
      freezeConnecting: 0,
      connectSlowly: some(0.5),
    },
    org: {
      ...{ answers: 1, answersLate: some(0.6), neverHears: some(0.3), appliesThenCuts: some(0.6), cutsThenApplies: some(0.4) },
      ...{ cuts: some(0.3), failsBefore: some(0.3), failsAfter: some(0.3), limits: some(0.3), isNotReached: some(0.3) },
    },
  };
}

/** Kinds of weather in which a fault shows sooner than in any other; the rest of it is drawn. */
export const weathers = {
  frozenConnections: { connectSlowly: 0.5, freezeConnecting: 0.3 },
  lateMessages: { loseMessage: 0.1, repeatMessage: 0.1, delayMessage: 0.3 },
} as const satisfies Readonly<Record<string, Partial<Weather>>>;

/** The name of a kind of weather. */
export type WeatherName = keyof typeof weathers;
