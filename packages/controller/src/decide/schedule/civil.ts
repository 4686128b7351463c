/** A day of the proleptic Gregorian calendar. */
export interface Civil {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

/** Milliseconds of a day of the wall clock; days with a change of offset last longer or shorter in truth. */
export const dayMs = 86_400_000;

const daysOfEra = 146_097;

/** Days since 1970-01-01, by Howard Hinnant's `days_from_civil`: eras of 400 years that begin in March. */
export function dayNumber({ year, month, day }: Civil): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * daysOfEra + dayOfEra - 719_468;
}

/** The day of that number since 1970-01-01. */
export function civilOf(dayNumbered: number): Civil {
  const shifted = dayNumbered + 719_468;
  const era = Math.floor(shifted / daysOfEra);
  const dayOfEra = shifted - era * daysOfEra;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marched = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marched < 10 ? marched + 3 : marched - 9;
  const day = dayOfYear - Math.floor((153 * marched + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** 0 is Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** The number of the first day of the month after the one of `day`. */
export function nextMonth(day: number): number {
  const { year, month } = civilOf(day);
  return dayNumber(month === 12 ? { year: year + 1, month: 1, day: 1 } : { year, month: month + 1, day: 1 });
}

export function daysInMonth({ year, month }: Pick<Civil, "year" | "month">): number {
  const first = dayNumber({ year, month, day: 1 });
  return nextMonth(first) - first;
}

/** The number of the day that `2026-03-29` writes; undefined: there is no such day. */
export function readDay(text: string): number | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (day === undefined) return undefined;
  const civil = { year: Number(year), month: Number(month), day: Number(day) };
  const number = dayNumber(civil);
  return writeDay(number) === text ? number : undefined;
}

/** `2026-03-29` */
export function writeDay(day: number): string {
  const { year, month, day: ofMonth } = civilOf(day);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(ofMonth).padStart(2, "0")}`;
}

/** The second of the day that `02:30` or `02:30:15` writes; undefined: there is no such time. */
export function readTime(text: string): number | undefined {
  const [, hour, minute, second = "0"] = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(text) ?? [];
  return minute === undefined ? undefined : Number(hour) * 3_600 + Number(minute) * 60 + Number(second);
}

/** `02:30`, with seconds where there are any. */
export function writeTime(second: number): string {
  const parts = [Math.floor(second / 3_600), Math.floor(second / 60) % 60, second % 60].map((part) => String(part).padStart(2, "0"));
  return (second % 60 === 0 ? parts.slice(0, 2) : parts).join(":");
}
