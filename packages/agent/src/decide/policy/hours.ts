import type { Hours } from "./policy.ts";

/** The names of days as a policy writes them, from Sunday on. */
export const dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
export const minutesOfDay = 1_440;

/** The day (0 is Sunday) and the minute of it that a moment has in a time zone. Throws a RangeError for a zone that is none. */
export function localTime(nowMs: number, zone: string): { readonly day: number; readonly minute: number } {
  const parts = formatIn(zone).formatToParts(nowMs);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? "";
  const day = dayNames.indexOf(part("weekday").toLowerCase() as (typeof dayNames)[number]);
  return { day, minute: Number(part("hour")) * 60 + Number(part("minute")) };
}

/** Does the moment lie within the hours? */
export function isWithinHours(nowMs: number, { days, fromMinute, toMinute, zone }: Hours): boolean {
  const { day, minute } = localTime(nowMs, zone);
  if (fromMinute < toMinute) return days.includes(day) && minute >= fromMinute && minute < toMinute;
  // Over midnight: its second part belongs to the day on which it began.
  const dayBefore = (day + 6) % 7;
  return (days.includes(day) && minute >= fromMinute) || (days.includes(dayBefore) && minute < toMinute);
}

/** `mon tue 08:00–18:00 Europe/Vienna` */
export function showHours({ days, fromMinute, toMinute, zone }: Hours): string {
  return `${days.map((day) => dayNames[day]).join(" ")} ${clock(fromMinute)}–${clock(toMinute)} ${zone}`;
}

/** `08:00` as the minute of the day; undefined when it is no time from 00:00 to 24:00. */
export function readMinute(text: string): number | undefined {
  const match = /^(\d\d):(\d\d)$/.exec(text);
  const minute = Number(match?.[1]) * 60 + Number(match?.[2]);
  return match && Number(match[2]) < 60 && minute <= minutesOfDay ? minute : undefined;
}

function clock(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

// To make one takes a hundred times as long as to use it; a policy names few zones.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const options = { timeZone: zone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const format = new Intl.DateTimeFormat("en-US", options);
  formats.set(zone, format);
  return format;
}
