import assert from "node:assert/strict";
import { LongarmError, type Timing } from "@longarm/shared";
import { suite } from "../../../../test/support/suite.ts";
import { slotsOf } from "../decide/schedule/timing.ts";
import { minute, withSchedules } from "./scheduler.fixture.ts";

const test = suite("the scheduler");

test("starts each slot in time and once, however many controllers there are", () =>
  withSchedules(async ({ clock, runs, define, start }) => {
    for (let controllers = 0; controllers < 3; controllers += 1) start();
    await define({ connections: ["acme", "globex*"] });
    const from = clock.nowMs();
    await clock.advance(5 * minute);
    const first = Math.ceil(from / minute);
    assert.deepEqual(
      runs.slots(),
      [0, 1, 2, 3, 4].map((at) => (first + at) * minute),
    );
    assert.ok([...runs.submitted.values()].every((times) => times === 1));
    const origin = { kind: "schedule", name: "each", slotMs: first * minute };
    const [request] = runs.requests;
    assert.deepEqual([request?.origin, request?.principal, request?.connections], [origin, "ada", ["acme", "globex*"]]);
  }));

test("submits again what was not accepted, and what its controller died over", () =>
  withSchedules(async ({ clock, runs, schedules, define, start }) => {
    const kill = start();
    await define();
    runs.fault = new LongarmError("storage_full");
    await clock.advance(2 * minute);
    assert.deepEqual(runs.slots(), []);
    kill();
    start();
    runs.fault = undefined;
    await clock.advance(2_000);
    assert.equal(runs.slots().length, 2);
    const state = await schedules.states.get("each");
    assert.equal(state?.value.counts.started, 2);
  }));

test("pauses a schedule whose runs are refused again and again, and says why", () =>
  withSchedules(async ({ clock, runs, schedules, define, start }) => {
    start();
    await define({}, { pauseAfterFailures: 2 });
    runs.fault = new LongarmError("unknown_connection", 'No connection is named "acme".');
    await clock.advance(5 * minute);
    const state = (await schedules.states.get("each"))?.value;
    assert.match(state?.paused?.note ?? "", /2 runs failed in a row, the last one: unknown_connection: No connection is named "acme"/);
    assert.deepEqual([state?.counts.refused, state?.starts], [2, []]);
  }));

test("starts nothing in the name of somebody whose key was revoked: pauses the schedule at its next slot, once, and the audit says so", () =>
  withSchedules(async ({ clock, runs, audit, schedules, define, start }) => {
    let left = "";
    const over = { hasLeft: async (principal: string) => principal === left };
    start(over);
    start(over);
    await define();
    await clock.advance(minute);
    const before = runs.slots().length;
    left = "ada";
    await clock.advance(3 * minute);
    const state = (await schedules.states.get("each"))?.value;
    assert.deepEqual([runs.slots().length, before, state?.paused?.isAutomatic], [1, 1, true]);
    assert.match(state?.paused?.note ?? "", /The API key of "ada", who defined the schedule.*was revoked; let somebody else define it/);
    const acts = audit.acts.map(({ record: { body } }) => [body.principal, body.what, body.on]);
    assert.deepEqual(acts, [["longarm", "pauseSchedule", ["each"]]]);
  }));

test("runs a flow as it runs an action, with the terms that its target states", () =>
  withSchedules(async ({ clock, runs, define, start }) => {
    start();
    const terms = { concurrencyKey: "staff", concurrencyLimit: 1, retry: { attempts: 2 }, startWithinMs: minute };
    const input = { name: "staff", description: "Everybody" };
    await define({ target: { action: "okta.flow.upsertGroup", input, lane: "bulk", deadline: "10m", terms } });
    await clock.advance(minute);
    const [asked] = runs.requests;
    assert.deepEqual([asked?.action, asked?.input, asked?.lane, asked?.terms], ["okta.flow.upsertGroup", input, "bulk", terms]);
    assert.deepEqual(asked?.deadline?.text, "10m");
  }));

test("starts what waits as soon as the run before it has ended, and cancels it where that is wanted", () =>
  withSchedules(async ({ clock, runs, define, start }) => {
    start();
    start();
    runs.lastsMs = 90_000;
    await define({}, { overlap: "buffer-one" });
    await define({ name: "other" }, { overlap: "cancel-other" });
    await clock.advance(4 * minute);
    const of = (name: string): number => runs.requests.filter(({ origin }) => origin?.name === name).length;
    assert.deepEqual([of("each"), of("other")], [3, 4]);
  }));

test("keeps slots for an agent that is not online", () =>
  withSchedules(async ({ clock, runs, schedules, define, start }) => {
    let isOnline = false;
    start({ canRun: async () => isOnline });
    await define({}, { catchUp: { policy: "latest", count: 1, ageMs: 60 * minute, graceMs: 1_000 } });
    await clock.advance(5.5 * minute);
    assert.deepEqual(runs.slots(), []);
    isOnline = true;
    await clock.advance(1_000);
    assert.equal(runs.slots().length, 1);
    const counts = (await schedules.states.get("each"))?.value.counts;
    assert.ok((counts?.withoutAgent ?? 0) >= 4 && counts?.missed === 0, JSON.stringify(counts));
  }));

/** Numbers from 0 to `below`, the same each time. */
function draws(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test("decides of each slot once, also where controllers hear of a run's end at different times", () => {
  const below = draws(5);
  return withSchedules(
    async ({ clock, runs, schedules, define, start }) => {
      // The first one hears of every end at once, the others only when they look.
      start();
      for (let deaf = 0; deaf < 2; deaf += 1) start({ hasFinished: () => false });
      runs.lastsMs = minute - 200;
      await define({}, { overlap: "skip" });
      await clock.advance(100 * minute, 100);
      const { counts } = (await schedules.states.get("each"))?.value ?? {};
      assert.equal(counts?.started, runs.requests.length);
      assert.equal((counts?.started ?? 0) + (counts?.overlapped ?? 0), 100);
    },
    () => below(4),
  );
});

/** Ten thousand slots of one timing while controllers die and start and the clock is set an hour forth and back. */
async function liveThrough(timing: Timing, { from, slots: wanted, seed }: { from: number; slots: number; seed: number }): Promise<void> {
  const below = draws(seed);
  // Answers are late, so that a death, or another controller, comes between any two steps.
  const lag = (): number => below(4);
  await withSchedules(async ({ clock, runs, define, start, schedules }) => {
    clock.aheadMs = from - clock.monotonicMs();
    await define({ timing, sinceMs: from });
    const living = [start(), start()];
    while (runs.submitted.size < wanted) {
      await clock.advance(10 * minute, 5 * minute + below(1_000));
      const chance = below(12);
      if (chance === 0) living.shift()?.();
      if (chance === 1) clock.aheadMs += 60 * minute;
      if (chance === 2) clock.aheadMs -= 60 * minute;
      if (chance === 3) for (const end of living.splice(0)) end();
      while (living.length < 2) living.push(start());
    }
    await clock.advance(120 * minute, minute);
    const { settledMs = 0, counts } = (await schedules.states.get("each"))?.value ?? {};
    const expected: number[] = [];
    const { after } = slotsOf("each", timing);
    for (let slot = after(from); slot && slot.slotMs <= settledMs; slot = after(slot.slotMs)) expected.push(slot.slotMs);
    assert.deepEqual(
      runs.slots().toSorted((a, b) => a - b),
      expected,
    );
    assert.ok([...runs.submitted.values()].every((times) => times === 1));
    assert.deepEqual([counts?.started, counts?.missed], [expected.length, 0]);
  }, lag);
}

test(
  "starts ten thousand slots once each over deaths of controllers and clocks that are set an hour forth and back",
  async () => {
    const from = Date.UTC(2026, 2, 1);
    const timing: Timing = { recurrence: { kind: "cron", cron: "*/10 * * * *" }, timeZone: "Europe/Berlin" };
    await liveThrough(timing, { from, slots: 5_000, seed: 7 });
    await liveThrough({ ...timing, timeZone: "Australia/Lord_Howe", jitterMs: 120_000 }, { from, slots: 5_000, seed: 11 });
  },
  { timeoutMs: 60_000 },
);

test.run();
