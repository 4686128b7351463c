import { LongarmError, type Recurrence, type Timing } from "@longarm/shared";
import { civilOf, daysInMonth, dayMs, readDay, readTime, weekdayOf } from "./civil.ts";
import { parseCron } from "./cron.ts";
import { weekdays } from "./cron-field.ts";
import { seededDraw } from "../place-seed.ts";
import { nextLocal, type WallRule } from "./wall-rule.ts";
import { zoneOf, type Meant, type Zone } from "./zone.ts";

/** A firing time. It is known by `slotMs`, and its run starts at `fireMs`. */
export interface Slot {
  readonly slotMs: number;
  readonly fireMs: number;
  /** What became of a time of the wall clock that does not exist on its day, or comes twice. */
  readonly note?: "gap" | "fold";
}

/** The slots of a timing. */
export interface Slots {
  readonly zone: Zone;
  /** The first one after an instant; undefined: there is none any more. */
  after(atMs: number): Slot | undefined;
}

type Exclusion = readonly [firstDay: number, lastDay: number];

/** The slots of a schedule of this name. Throws `invalid_request` with what is wrong. */
export function slotsOf(name: string, timing: Timing): Slots {
  const zone = zoneOf(timing.timeZone);
  const excluded = (timing.exclude ?? []).map(readExclusion);
  const bare = bareSlots(name, timing.recurrence, { zone, excluded });
  const { startMs = Number.NEGATIVE_INFINITY, endMs = Number.POSITIVE_INFINITY, jitterMs = 0 } = timing;
  const within = (atMs: number): Meant | undefined => {
    const found = bare(Math.max(atMs, startMs - 1));
    return found && found.atMs < endMs ? found : undefined;
  };
  return {
    zone,
    after(atMs) {
      const found = within(atMs);
      if (!found) return undefined;
      const { atMs: slotMs, note } = found;
      const delayMs = jitterMs > 0 ? jitterOf(`${name}\n${slotMs}`, Math.min(jitterMs, (within(slotMs)?.atMs ?? endMs) - slotMs)) : 0;
      return { slotMs, fireMs: slotMs + delayMs, ...(note && { note }) };
    },
  };
}

function jitterOf(seed: string, belowMs: number): number {
  return seededDraw(seed).below(Math.max(1, Math.min(belowMs, 2 ** 32)));
}

function bareSlots(
  name: string,
  recurrence: Recurrence,
  { zone, excluded }: { readonly zone: Zone; readonly excluded: readonly Exclusion[] },
): (atMs: number) => Meant | undefined {
  if (recurrence.kind === "interval") return (atMs) => nextOfInterval(recurrence, { zone, excluded }, atMs);
  const rule = ruleOf(name, recurrence);
  const isDay = (day: number): boolean => rule.isDay(day) && lastExcluded(excluded, day) === undefined;
  return (atMs) => nextOfRule({ ...rule, isDay }, zone, atMs);
}

/** In the second hour of a fold the wall clock's times were slots an hour ago. */
function nextOfRule(rule: WallRule, zone: Zone, atMs: number): Meant | undefined {
  for (let local = nextLocal(rule, zone.localOf(atMs)); local !== undefined; local = nextLocal(rule, local)) {
    const meant = zone.instantOf(local);
    if (meant.atMs > atMs) return meant;
  }
  return undefined;
}

function nextOfInterval(
  { everyMs, anchorMs }: { readonly everyMs: number; readonly anchorMs: number },
  { zone, excluded }: { readonly zone: Zone; readonly excluded: readonly Exclusion[] },
  atMs: number,
): Meant | undefined {
  const following = (ms: number): number => anchorMs + (Math.floor((ms - anchorMs) / everyMs) + 1) * everyMs;
  let found = following(atMs);
  for (;;) {
    const last = lastExcluded(excluded, Math.floor(zone.localOf(found) / dayMs));
    if (last === undefined) return { atMs: found };
    found = following(Math.max(found, zone.instantOf((last + 1) * dayMs).atMs - 1));
  }
}

/** The last day of the exclusion that a day lies in; undefined: it lies in none. */
function lastExcluded(excluded: readonly Exclusion[], day: number): number | undefined {
  return excluded.find(([first, last]) => day >= first && day <= last)?.[1];
}

function readExclusion(text: string): Exclusion {
  const [from = "", until = from, ...more] = text.split("/");
  const [first, last] = [readDay(from), readDay(until)];
  if (first !== undefined && last !== undefined && last >= first && more.length === 0) return [first, last];
  throw new LongarmError("invalid_request", `"${text}" is no day to leave out; write 2026-12-24, or 2026-12-24/2027-01-01`);
}

const everyMonth = (): boolean => true;

function ruleOf(name: string, recurrence: Exclude<Recurrence, { kind: "interval" }>): WallRule {
  switch (recurrence.kind) {
    case "cron":
      return parseCron(recurrence.cron, name);
    case "daily":
      return { timeAfter: timesOf(recurrence.at), isMonth: everyMonth, isDay: () => true };
    case "weekly": {
      const days = new Set(recurrence.on.map((day) => weekdays.indexOf(day)));
      return { timeAfter: timesOf(recurrence.at), isMonth: everyMonth, isDay: (day) => days.has(weekdayOf(day)) };
    }
    case "monthly": {
      const days = new Set(recurrence.on);
      const isLast = (day: number): boolean => civilOf(day).day === daysInMonth(civilOf(day));
      const isDay = (day: number): boolean => days.has(civilOf(day).day) || (days.has("last") && isLast(day));
      return { timeAfter: timesOf(recurrence.at), isMonth: everyMonth, isDay };
    }
    case "once": {
      const [dayText = "", time = "", ...more] = recurrence.at.split("T");
      const only = more.length === 0 ? readDay(dayText) : undefined;
      if (only === undefined) throw new LongarmError("invalid_request", `"${recurrence.at}" is no time; write 2026-12-01T10:00`);
      return { timeAfter: timesOf([time]), isMonth: everyMonth, isDay: (day) => day === only };
    }
  }
}

function timesOf(texts: readonly string[]): (second: number) => number | undefined {
  const times = texts.map((text) => {
    const time = readTime(text);
    if (time === undefined) throw new LongarmError("invalid_request", `"${text}" is no time of the day; write 02:30 or 02:30:15`);
    return time;
  });
  const sorted = times.toSorted((a, b) => a - b);
  return (second) => sorted.find((time) => time > second);
}
