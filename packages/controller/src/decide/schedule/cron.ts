import { LongarmError } from "@longarm/shared";
import { civilOf, daysInMonth, weekdayOf } from "./civil.ts";
import { fieldFault, fieldKinds, readPart, readValue } from "./cron-field.ts";
import type { WallRule } from "./wall-rule.ts";

const macros: Readonly<Record<string, string>> = {
  "@hourly": "0 * * * *",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@weekly": "0 0 * * 0",
  "@monthly": "0 0 1 * *",
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
};

/** Is it such a day of its month? */
type DayTest = (day: number) => boolean;

interface DayField {
  /** It begins with `*` or is `?`: it alone leaves the choice to the other one. */
  readonly isOpen: boolean;
  readonly test: DayTest;
}

/**
 * A cron expression of five fields, or six with the seconds in front. `seed` decides what `H` means. Where both fields of days are
 * restricted, one of them is enough, as in every cron. Throws `invalid_request` that names the field and its part.
 */
export function parseCron(text: string, seed: string): WallRule {
  const expression = macros[text.trim().toLowerCase()] ?? text.trim();
  const fields = expression.split(/\s+/);
  if (fields.length !== 5 && fields.length !== 6) {
    const count = expression === "" ? "no fields" : `${fields.length} field${fields.length === 1 ? "" : "s"}`;
    throw new LongarmError("invalid_request", `has ${count}; a cron expression has five, or six with the seconds in front`);
  }
  const [second = "0", minute = "", hour = "", day = "", month = "", weekday = ""] = fields.length === 6 ? fields : ["0", ...fields];
  const values = (kind: keyof typeof fieldKinds, field: string): readonly number[] => {
    const all = field.split(",").flatMap((part) => readPart(fieldKinds[kind], part, seed));
    return [...new Set(all)].toSorted((a, b) => a - b);
  };
  const times = { seconds: values("second", second), minutes: values("minute", minute), hours: values("hour", hour) };
  const inMonths = new Set(values("month", month));
  return {
    timeAfter: (after) => timeAfter(times, after),
    isMonth: (one) => inMonths.has(one),
    isDay: joinDays(readDays(day, seed), readWeekdays(weekday, seed)),
  };
}

function joinDays(day: DayField, weekday: DayField): DayTest {
  if (day.isOpen || weekday.isOpen) return (one) => day.test(one) && weekday.test(one);
  return (one) => day.test(one) || weekday.test(one);
}

function readField(field: string, readOne: (part: string) => DayTest): DayField {
  const tests = field.split(",").map(readOne);
  return { isOpen: /^[*?]/.test(field), test: (day) => tests.some((test) => test(day)) };
}

/** `L` is the last day of the month, `L-3` the third before it. */
function readDays(field: string, seed: string): DayField {
  return readField(field, (part) => {
    const last = /^L(?:-(\d{1,2}))?$/i.exec(part);
    if (last) {
      const before = Number(last[1] ?? 0);
      if (before > 30) throw fieldFault(fieldKinds.day, part, "lies before the month");
      return (day) => civilOf(day).day === daysInMonth(civilOf(day)) - before;
    }
    const days = new Set(readPart(fieldKinds.day, part, seed));
    return (day) => days.has(civilOf(day).day);
  });
}

/** `5#2` is the second Friday of the month, `5L` the last one; 7 is Sunday as 0 is. */
function readWeekdays(field: string, seed: string): DayField {
  return readField(field, (part) => {
    const [, named, nth] = /^(\w+)#(\d+)$/.exec(part) ?? [];
    const [, lastOf] = /^(\w+)L$/i.exec(part) ?? [];
    const name = named ?? lastOf;
    if (name === undefined) {
      const days = new Set(readPart(fieldKinds.weekday, part, seed).map((day) => day % 7));
      return (day) => days.has(weekdayOf(day));
    }
    const weekday = readValue(fieldKinds.weekday, part, name) % 7;
    if (nth === undefined) return (day) => weekdayOf(day) === weekday && civilOf(day).day + 7 > daysInMonth(civilOf(day));
    const wanted = Number(nth);
    if (wanted < 1 || wanted > 5) throw fieldFault(fieldKinds.weekday, part, "must be the first to the fifth: #1 to #5");
    return (day) => weekdayOf(day) === weekday && Math.ceil(civilOf(day).day / 7) === wanted;
  });
}

function timeAfter(
  { hours, minutes, seconds }: { hours: readonly number[]; minutes: readonly number[]; seconds: readonly number[] },
  after: number,
): number | undefined {
  const from = after + 1;
  const [hour, minute, second] = [Math.floor(from / 3_600), Math.floor(from / 60) % 60, from % 60];
  for (const h of hours) {
    if (h < hour) continue;
    for (const m of minutes) {
      if (h === hour && m < minute) continue;
      const s = seconds.find((one) => h > hour || m > minute || one >= second);
      if (s !== undefined) return h * 3_600 + m * 60 + s;
    }
  }
  return undefined;
}
