import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { decideBugs } from "./bugs/decide-bugs.ts";
import { plantedBugs } from "./bugs/planted-bugs.ts";
import { type WeatherName, weathers } from "./world/weather.ts";

/** What is asked for on the command line. */
export interface Wish {
  readonly from: number;
  readonly seeds: number;
  readonly jobs: number;
  /** Seconds after which no more seeds are begun; undefined: all are lived through. */
  readonly within: number | undefined;
  readonly bug: string | undefined;
  /** The one connection that all clients use; undefined: any. */
  readonly connection: string | undefined;
  /** A kind of weather; undefined: what each seed draws. */
  readonly weather: WeatherName | undefined;
  /** Print what happened in each seed, line by line. */
  readonly isTraced: boolean;
  readonly isJson: boolean;
}

/** Reads the flags. Throws with a sentence that says what is wrong with them. */
export function readWish(args: readonly string[]): Wish {
  const { values } = parseArgs({
    args: [...args],
    options: {
      from: { type: "string", default: "1" },
      seeds: { type: "string", default: "10000" },
      within: { type: "string" },
      jobs: { type: "string", default: String(Math.max(1, availableParallelism())) },
      bug: { type: "string" },
      connection: { type: "string" },
      weather: { type: "string" },
      trace: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  const { bug, connection, weather } = values;
  const known = Object.keys({ ...plantedBugs, ...decideBugs });
  if (bug !== undefined && !known.includes(bug)) throw new Error(`No planted bug is named ${bug}; there are ${known.join(", ")}.`);
  if (weather !== undefined && !isWeather(weather))
    throw new Error(`No weather is ${weather}; there are ${Object.keys(weathers).join(", ")}.`);
  const numbers = { from: whole("from", values.from), seeds: whole("seeds", values.seeds), jobs: whole("jobs", values.jobs) };
  const within = values.within === undefined ? undefined : whole("within", values.within);
  return { ...numbers, within, bug, connection, weather, isTraced: values.trace, isJson: values.json };
}

function isWeather(name: string): name is WeatherName {
  return Object.hasOwn(weathers, name);
}

function whole(name: string, text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new Error(`--${name} must be a whole number above 0, not "${text}".`);
}
