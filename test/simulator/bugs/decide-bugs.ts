import type { WeatherName } from "../world/weather.ts";

/** A fault inside one of the product's pure decisions: a line of its source that is another one. */
export interface DecideBug {
  /** The source file, from the root of the repository. */
  readonly file: string;
  /** Text that must stand in it once. */
  readonly from: string;
  readonly to: string;
  readonly isSeenAs: RegExp;
  /** The connection that all clients use, where few worlds show the bug otherwise; default: any. */
  readonly connection?: string;
  /** A kind of weather, where few worlds show the bug otherwise; default: what the seed draws. */
  readonly weather?: WeatherName;
}

const decide = "packages/controller/src/decide";
const twice = /(?:create|once) was (?:applied|sent) \d times/;

/** Bugs inside decisions about what an answer, or its absence, stands for, by their names. */
export const answerBugs: Readonly<Record<string, DecideBug>> = {
  takesForAbsentWhatMayComeYet: {
    file: `${decide}/resolve.ts`,
    from: `at.effect === "create" ? pauseBeforeAbsentMs(found, at) : undefined`,
    to: `undefined`,
    isSeenAs: twice,
  },
  repeatsACreateThatFailedWithA503: {
    file: `${decide}/retry.ts`,
    from: `if (!isPassingFault(end.status)) return { kind: "settle" };`,
    to: `if (!isPassingFault(end.status)) return { kind: "settle" };
  if (at.effect === "create") return repeat("target_error", at) ?? { kind: "settle" };`,
    isSeenAs: twice,
  },
};

/** Bugs inside decisions about intents, by their names. */
export const intentBugs: Readonly<Record<string, DecideBug>> = {
  forgetsItsIntents: {
    file: `${decide}/call-progress.ts`,
    from: `const intents = state.intents.filter(isOwn);`,
    to: `const intents = [];`,
    isSeenAs: twice,
  },
  doubtsNoOpenIntent: {
    file: `${decide}/call-progress.ts`,
    from: `const isDoubted = open !== null || wasDoubted;`,
    to: `const isDoubted = wasDoubted;`,
    isSeenAs: twice,
  },
};

/** Bugs inside decisions about what agents tell, or do not, by their names. */
export const toldBugs: Readonly<Record<string, DecideBug>> = {
  doubtsNothingThatNobodyTold: {
    file: `${decide}/doubts.ts`,
    from: `isDoubted || open.length > 0`,
    to: `isDoubted && open.length < 0`,
    isSeenAs: /failed, but .* was applied/,
    // Its runs end for a reason of their own when no agent is left, whatever they have in doubt.
    connection: "bold",
  },
  takesBegunForNeverSent: {
    file: `${decide}/inquiry.ts`,
    from: `{ kind: "unknown", because: "died", status: null }`,
    to: `{ kind: "notSent" }`,
    isSeenAs: twice,
  },
};

/** Every bug that is planted inside a decision, by its name. */
export const decideBugs: Readonly<Record<string, DecideBug>> = { ...answerBugs, ...intentBugs, ...toldBugs };
