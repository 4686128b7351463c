import assert from "node:assert/strict";
import type { Recurrence, Timing } from "@longarm/shared";
import { suite } from "../../../../../test/support/suite.ts";
import { slotsOf } from "./timing.ts";

const test = suite("slots of a schedule");

type Bounds = Omit<Timing, "recurrence">;

/** The next `count` slots as the zone's own clock shows them. */
function slots(recurrence: Recurrence, from: string, { count = 3, ...bounds }: Partial<Bounds> & { count?: number } = {}): string[] {
  const { after, zone } = slotsOf("nightly", { recurrence, timeZone: "UTC", ...bounds });
  const found: string[] = [];
  let atMs = Date.parse(from);
  for (let slot = after(atMs); slot && found.length < count; slot = after(atMs)) {
    atMs = slot.slotMs;
    const local = new Date(zone.localOf(atMs)).toISOString().replace(":00.000Z", "").replace(".000Z", "");
    found.push(slot.note ? `${local} ${slot.note}` : local);
  }
  return found;
}

const cron = (text: string): Recurrence => ({ kind: "cron", cron: text });
const berlin = { timeZone: "Europe/Berlin" };

test("come by cron, with ranges, steps, names, and seconds in front", () => {
  assert.deepEqual(slots(cron("*/20 9-10 * * mon-fri"), "2026-11-27T10:15:00Z", { count: 4 }), [
    "2026-11-27T10:20",
    "2026-11-27T10:40",
    "2026-11-30T09:00",
    "2026-11-30T09:20",
  ]);
  assert.deepEqual(slots(cron("*/25 0 0 1 JAN *"), "2026-11-27T00:00:00Z"), [
    "2027-01-01T00:00",
    "2027-01-01T00:00:25",
    "2027-01-01T00:00:50",
  ]);
  assert.deepEqual(slots(cron("@weekly"), "2026-11-27T00:00:00Z", { count: 1 }), ["2026-11-29T00:00"]);
});

test("come on last and nth days, and on either kind of day where both are named", () => {
  assert.deepEqual(slots(cron("0 0 L * *"), "2028-02-01T00:00:00Z", { count: 2 }), ["2028-02-29T00:00", "2028-03-31T00:00"]);
  assert.deepEqual(slots(cron("0 0 L-1 2 *"), "2027-01-01T00:00:00Z", { count: 1 }), ["2027-02-27T00:00"]);
  assert.deepEqual(slots(cron("0 0 * * 5#2,5L"), "2026-11-01T00:00:00Z", { count: 2 }), ["2026-11-13T00:00", "2026-11-27T00:00"]);
  assert.deepEqual(slots(cron("0 0 13 * 7"), "2026-11-10T00:00:00Z"), ["2026-11-13T00:00", "2026-11-15T00:00", "2026-11-22T00:00"]);
  assert.deepEqual(slots(cron("0 0 * 2 mon#5"), "2026-01-01T00:00:00Z", { count: 1 }), ["2044-02-29T00:00"]);
});

test("of an H are one of many times, the same whenever asked, another for another name", () => {
  const minutes = (name: string): readonly number[] => {
    const { after } = slotsOf(name, { recurrence: cron("H(0-29) H * * *"), timeZone: "UTC" });
    return [0, 1].map((day) => (after(day * 86_400_000)?.slotMs ?? -1) / 60_000 - day * 1_440);
  };
  const all = Array.from({ length: 200 }, (_, index) => minutes(`job-${index}`));
  assert.ok(all.every(([first, second]) => first === second && (first ?? 0) % 60 < 30));
  assert.ok(new Set(all.map(([first]) => first)).size > 120);
  assert.equal(slots(cron("H/15 * * * *"), "2026-01-01T00:00:00Z", { endMs: Date.parse("2026-01-01T01:00:00Z"), count: 9 }).length, 4);
});

test("come by the calendar and by absolute intervals", () => {
  const from = "2026-11-27T12:00:00Z";
  assert.deepEqual(slots({ kind: "daily", at: ["23:00", "01:30:15"] }, from, { count: 2 }), ["2026-11-27T23:00", "2026-11-28T01:30:15"]);
  assert.deepEqual(slots({ kind: "weekly", on: ["mon", "fri"], at: ["08:00"] }, from, { count: 2 }), [
    "2026-11-30T08:00",
    "2026-12-04T08:00",
  ]);
  const monthly: Recurrence = { kind: "monthly", on: [31, "last"], at: ["08:00"] };
  assert.deepEqual(slots(monthly, from), ["2026-11-30T08:00", "2026-12-31T08:00", "2027-01-31T08:00"]);
  assert.deepEqual(slots({ kind: "once", at: "2026-12-01T10:00" }, from, berlin), ["2026-12-01T10:00"]);
  const anchorMs = Date.parse("2026-11-27T11:05:00Z");
  assert.deepEqual(slots({ kind: "interval", everyMs: 5_400_000, anchorMs }, from, { count: 2 }), ["2026-11-27T12:35", "2026-11-27T14:05"]);
});

test("keep within start and end, and leave excluded days out", () => {
  const bounds = {
    startMs: Date.parse("2026-12-23T10:00:00Z"),
    endMs: Date.parse("2026-12-28T10:00:00Z"),
    exclude: ["2026-12-24/2026-12-26"],
  };
  assert.deepEqual(slots({ kind: "daily", at: ["10:00"] }, "2026-01-01T00:00:00Z", bounds), ["2026-12-23T10:00", "2026-12-27T10:00"]);
  const everySecond: Recurrence = { kind: "interval", everyMs: 1_000, anchorMs: 0 };
  assert.deepEqual(slots(everySecond, "2026-12-23T23:59:59Z", { exclude: bounds.exclude, count: 1 }), ["2026-12-27T00:00"]);
});

test("are moved to the first instant behind the gap, and come once in the fold", () => {
  const half: Recurrence = cron("30 * * * *");
  assert.deepEqual(slots(half, "2026-03-29T00:00:00Z", berlin), ["2026-03-29T01:30", "2026-03-29T03:00 gap", "2026-03-29T03:30"]);
  assert.deepEqual(slots(half, "2026-10-24T23:31:00Z", berlin), ["2026-10-25T02:30 fold", "2026-10-25T03:30", "2026-10-25T04:30"]);
  // Within the second 02:00 to 03:00.
  assert.deepEqual(slots(half, "2026-10-25T01:10:00Z", { ...berlin, count: 1 }), ["2026-10-25T03:30"]);
  // A day that a country left out altogether.
  assert.deepEqual(slots({ kind: "daily", at: ["12:00"] }, "2011-12-29T23:00:00Z", { timeZone: "Pacific/Apia" }), [
    "2011-12-31T00:00 gap",
    "2011-12-31T12:00",
    "2012-01-01T12:00",
  ]);
  const interval: Recurrence = { kind: "interval", everyMs: 3_600_000, anchorMs: 0 };
  assert.deepEqual(slots(interval, "2026-10-24T23:59:00Z", berlin), ["2026-10-25T02:00", "2026-10-25T02:00", "2026-10-25T03:00"]);
});

test("with jitter start later by the same time whenever asked, and never as late as the next slot", () => {
  const timing: Timing = { recurrence: cron("* * * * *"), timeZone: "UTC", jitterMs: 3_600_000 };
  const [one, two] = [slotsOf("nightly", timing), slotsOf("nightly", timing)];
  const delays = new Set<number>();
  for (let atMs = 0, slot = one.after(0); slot && atMs < 6_000_000; atMs = slot.slotMs, slot = one.after(atMs)) {
    assert.deepEqual(two.after(atMs), slot);
    assert.ok(slot.fireMs >= slot.slotMs && slot.fireMs < slot.slotMs + 60_000);
    delays.add(slot.fireMs - slot.slotMs);
  }
  assert.ok(delays.size > 90);
});

test("that never come are none at all", () => {
  assert.deepEqual(slots(cron("0 0 30 2 *"), "2026-01-01T00:00:00Z"), []);
  assert.deepEqual(slots({ kind: "once", at: "2026-01-01T10:00" }, "2026-01-02T00:00:00Z"), []);
});

test("of ten at once take no time to tell, a zone that nobody asked for before included", () => {
  const startedMs = performance.now();
  slots(cron("0 30 2 29 2 *"), "2026-01-01T00:00:00Z", { timeZone: "America/St_Johns", count: 10 });
  assert.ok(performance.now() - startedMs < 250);
});

test("are refused with the field and the part that is wrong", () => {
  const refused = (recurrence: Recurrence, bounds: Partial<Bounds>, message: RegExp): void => {
    assert.throws(() => slots(recurrence, "2026-01-01T00:00:00Z", bounds), { code: "invalid_request", message });
  };
  refused(cron("61 * * * *"), {}, /"61" as the minute must be 0 to 59/);
  refused(cron("* * * * fry"), {}, /"fry" as the day of the week must be 0 to 7 or one of sun/);
  refused(cron("* * *"), {}, /has 3 fields; a cron expression has five/);
  refused(cron("*/0 * * * *"), {}, /has the step "0"/);
  refused(cron("50-10 * * * *"), {}, /from the lower to the higher/);
  refused(cron("0 0 * * 5#6"), {}, /#1 to #5/);
  refused(cron("0 0 * * *"), { timeZone: "Europe/Berlim" }, /"Europe\/Berlim" is no time zone/);
  refused(cron("0 0 * * *"), { timeZone: "Mars/Berlin" }, /such as Europe\/Berlin/);
  refused({ kind: "daily", at: ["25:00"] }, {}, /"25:00" is no time of the day/);
  refused(cron("0 0 * * *"), { exclude: ["2026-02-30"] }, /is no day to leave out/);
});

/** What the wall clock of a zone shows, as Intl alone tells it. */
function clockOf(timeZone: string): (ms: number) => number {
  const parts = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" } as const;
  const format = new Intl.DateTimeFormat("en-US", { timeZone, hourCycle: "h23", ...parts });
  return (ms) => Date.parse(`${format.format(ms).replace(/^(\d\d)\/(\d\d)\/(\d{4}), /, "$3-$1-$2T")}Z`);
}

/** When it changes within ten years, to the minute. */
function changesOf(local: (ms: number) => number): readonly number[] {
  const [start, end, stepMs] = [Date.UTC(2020), Date.UTC(2030), 4 * 86_400_000];
  const changes: number[] = [];
  for (let from = start; from < end; from += stepMs) {
    const offset = local(from + stepMs) - (from + stepMs);
    let [low, high] = [from, from + stepMs];
    if (local(low) - low === offset) continue;
    while (high - low > 60_000) {
      const middle = Math.floor((low + high) / 120_000) * 60_000;
      if (local(middle) - middle === offset) high = middle;
      else low = middle;
    }
    changes.push(high);
  }
  return changes;
}

/** The instants at which the wall clock comes to a quarter of an hour, or past one by a leap, that it has not shown before. */
function quartersOf(local: (ms: number) => number, from: number, until: number): readonly number[] {
  const reached: number[] = [];
  let shown = Math.floor(local(from) / 900_000);
  for (let ms = from + 60_000; ms <= until; ms += 60_000) {
    const quarter = Math.floor(local(ms) / 900_000);
    if (quarter > shown) reached.push(ms);
    shown = Math.max(shown, quarter);
  }
  return reached;
}

test(
  "come once and in order at every change of every zone's clock within ten years",
  () => {
    let changes = 0;
    for (const timeZone of Intl.supportedValuesOf("timeZone")) {
      const local = clockOf(timeZone);
      const { after } = slotsOf("any", { recurrence: cron("*/15 * * * *"), timeZone });
      for (const change of changesOf(local)) {
        changes += 1;
        const [from, until] = [change - 2 * 3_600_000, change + 2 * 3_600_000];
        const found: number[] = [];
        for (let slot = after(from); slot && slot.slotMs <= until; slot = after(slot.slotMs)) found.push(slot.slotMs);
        assert.deepEqual(found, quartersOf(local, from, until), `${timeZone} at ${new Date(change).toISOString()}`);
      }
    }
    assert.ok(changes > 1_500, String(changes));
  },
  { timeoutMs: 60_000 },
);

test.run();
