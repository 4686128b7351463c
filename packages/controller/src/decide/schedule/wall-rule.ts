import { civilOf, dayMs, nextMonth } from "./civil.ts";

/** Times of the wall clock that recur: on which days, and at which times of each. */
export interface WallRule {
  /** The first second of the day after this one, -1 for the day's beginning; undefined: none is left. */
  readonly timeAfter: (second: number) => number | undefined;
  /** 1 to 12; a month without any day is passed over whole. */
  readonly isMonth: (month: number) => boolean;
  /** By its number since 1970-01-01. */
  readonly isDay: (day: number) => boolean;
}

// A fifth Monday of February comes every 28 years, and once after 40.
const farthestDays = 41 * 366;

/** The next time of the rule after this one, both as the wall clock shows them (see `Zone`); undefined: there is none. */
export function nextLocal(rule: WallRule, afterMs: number): number | undefined {
  const first = Math.floor(afterMs / dayMs);
  let second = Math.floor((afterMs - first * dayMs) / 1_000);
  for (let day = first; day < first + farthestDays;) {
    if (!rule.isMonth(civilOf(day).month)) {
      day = nextMonth(day);
    } else {
      const time = rule.isDay(day) ? rule.timeAfter(second) : undefined;
      if (time !== undefined) return day * dayMs + time * 1_000;
      day += 1;
    }
    second = -1;
  }
  return undefined;
}
