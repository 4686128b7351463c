import assert from "node:assert/strict";
import { newId, type CatchUp, type OverlapPolicy, type RunId, type RunStatus, type ScheduleState } from "@longarm/shared";
import { suite } from "../../../../../test/support/suite.ts";
import { planDue, type Plan } from "./due.ts";
import { newState, noteEnd, noteRun, pause, resume, triggerNow } from "./state.ts";
import { slotsOf } from "./timing.ts";

const test = suite("what becomes of due slots");

const minute = 60_000;
const calm: CatchUp = { policy: "latest", count: 3, ageMs: 10 * minute, graceMs: 10_000 };

interface Wishes {
  readonly overlap?: OverlapPolicy;
  readonly catchUp?: Partial<CatchUp>;
  readonly pauseAfterFailures?: number;
}

/** A schedule of each minute from 0 on, and what was decided of it so far. */
class EveryMinute {
  state: ScheduleState = newState("each", 0);
  cancelled: RunId[] = [];
  readonly #plan: Plan;

  constructor({ overlap = "skip", catchUp, ...rest }: Wishes = {}) {
    const slots = slotsOf("each", { recurrence: { kind: "interval", everyMs: minute, anchorMs: 0 }, timeZone: "UTC" });
    this.#plan = { slots, policy: { overlap, catchUp: { ...calm, ...catchUp }, ...rest }, sinceMs: 0, principal: "ada" };
  }

  /** Decides at this minute; the minutes whose runs begin by that. */
  at(minutes: number, { canRun = true } = {}): readonly number[] {
    const before = new Set(this.state.starts.map(({ key }) => key));
    const { state, cancel } = planDue(this.#plan, this.state, { nowMs: minutes * minute, canRun });
    this.state = state;
    this.cancelled.push(...cancel);
    const begun = state.starts.filter(({ key }) => !before.has(key));
    for (const { key } of begun) this.state = noteRun(this.state, key, newId("run"));
    return begun.map(({ slotMs }) => slotMs / minute);
  }

  end(status: RunStatus = "succeeded"): void {
    const [first] = this.state.starts;
    assert.ok(first);
    this.state = noteEnd(this.state, this.#plan.policy, { key: first.key, status, nowMs: 0 });
  }
}

test("starts a slot once, also where the clock goes back over it", () => {
  const each = new EveryMinute({ overlap: "allow-all" });
  assert.deepEqual(each.at(1), [1]);
  assert.deepEqual([each.at(1), each.at(0.5), each.at(-60), each.at(1.9)].flat(), []);
  assert.deepEqual(each.at(2), [2]);
});

test("leaves out, keeps or lets be what comes while a run is under way, as the overlap policy says", () => {
  const skip = new EveryMinute();
  assert.deepEqual([skip.at(1), skip.at(2), skip.at(3)], [[1], [], []]);
  skip.end();
  assert.deepEqual(skip.at(4), [4]);
  assert.equal(skip.state.counts.overlapped, 2);
  const one = new EveryMinute({ overlap: "buffer-one" });
  assert.deepEqual([one.at(1), one.at(2), one.at(3)], [[1], [], []]);
  one.end();
  assert.deepEqual(one.at(3.5), [2]);
  assert.equal(one.state.counts.overlapped, 1);
  const all = new EveryMinute({ overlap: "buffer-all" });
  assert.deepEqual([all.at(1), all.at(2), all.at(3)], [[1], [], []]);
  all.end();
  assert.deepEqual(all.at(4), [2]);
  assert.deepEqual(all.state.waiting, [3 * minute, 4 * minute]);
  const side = new EveryMinute({ overlap: "allow-all" });
  assert.deepEqual([side.at(1), side.at(2)], [[1], [2]]);
});

test("cancels the run under way once, and starts the last slot when that has ended", () => {
  const other = new EveryMinute({ overlap: "cancel-other" });
  assert.deepEqual([other.at(1), other.at(2), other.at(3)], [[1], [], []]);
  assert.equal(other.cancelled.length, 1);
  other.end("cancelled");
  assert.deepEqual(other.at(3.1), [3]);
  assert.deepEqual([other.state.counts.overlapped, other.state.failuresInRow], [1, 0]);
  assert.deepEqual(other.at(3.2), []);
  assert.equal(other.cancelled.length, 1);
});

test("makes good what was missed as far as the catch-up policy goes, by count and by age", () => {
  const skip = new EveryMinute({ catchUp: { policy: "skip" } });
  assert.deepEqual(skip.at(30.5), []);
  assert.equal(skip.state.counts.missed, 30);
  const latest = new EveryMinute({ overlap: "allow-all" });
  assert.deepEqual(latest.at(30.5), [30]);
  assert.equal(latest.state.counts.missed, 29);
  assert.deepEqual(new EveryMinute({ overlap: "allow-all" }).at(30), [30]);
  const all = new EveryMinute({ overlap: "allow-all", catchUp: { policy: "all" } });
  assert.deepEqual(all.at(30.5), [28, 29, 30]);
  const aged = new EveryMinute({ overlap: "allow-all", catchUp: { policy: "all", count: 100, ageMs: 90_000 } });
  assert.deepEqual(aged.at(30.5), [29, 30]);
  assert.equal(aged.state.counts.missed + aged.state.counts.started, 30);
});

test("counts every slot of a long absence, however many looks that takes", () => {
  const each = new EveryMinute({ overlap: "allow-all" });
  const begun: number[] = [];
  for (let look = 0; look < 100 && each.state.settledMs < 50_000 * minute; look += 1) begun.push(...each.at(50_000.5));
  assert.deepEqual(begun, [50_000]);
  assert.equal(each.state.counts.missed, 49_999);
});

test("keeps slots for an agent that comes, until they are too old", () => {
  const each = new EveryMinute({ overlap: "allow-all", catchUp: { policy: "all", count: 100, ageMs: 5 * minute } });
  for (let minutes = 1; minutes <= 8; minutes += 1) assert.deepEqual(each.at(minutes, { canRun: false }), []);
  assert.equal(each.state.counts.withoutAgent, 2);
  assert.deepEqual(each.at(8.5), [4, 5, 6, 7, 8]);
  assert.deepEqual([each.state.counts.withoutAgent, each.state.counts.missed], [3, 0]);
  const skip = new EveryMinute({ catchUp: { policy: "skip" } });
  assert.deepEqual([skip.at(1, { canRun: false }), skip.at(1.1), skip.at(2, { canRun: false }), skip.at(2.5)], [[], [1], [], []]);
  assert.equal(skip.state.counts.withoutAgent, 1);
});

test("pauses after so many failures in a row, and begins anew when it is resumed", () => {
  const each = new EveryMinute({ pauseAfterFailures: 2 });
  for (const [at, status] of [
    [1, "failed"],
    [2, "succeeded"],
    [3, "failed"],
    [4, "outcome_unknown"],
  ] as const) {
    assert.deepEqual(each.at(at), [at]);
    each.end(status);
  }
  assert.match(each.state.paused?.note ?? "", /^2 runs failed in a row, the last one: run_/);
  assert.deepEqual(each.at(5), []);
  each.state = resume(each.state, 7.5 * minute);
  assert.deepEqual([each.at(7.6), each.at(8)], [[], [8]]);
});

test("starts nothing while it is paused, but what somebody triggers", () => {
  const each = new EveryMinute();
  each.state = pause(each.state, { by: "ada", note: "works", atMs: 0 });
  assert.deepEqual(each.at(1), []);
  each.state = triggerNow(each.state, { key: "hand", slotMs: minute, principal: "bob" });
  each.state = triggerNow(each.state, { key: "hand", slotMs: minute, principal: "bob" });
  assert.equal(each.state.starts.length, 1);
});

test("goes through a backfill one run after another, behind the slots that wait", () => {
  const each = new EveryMinute({ overlap: "buffer-all" });
  each.at(1);
  each.state = { ...each.state, backfill: [-2 * minute, -minute] };
  each.at(2);
  const order: number[] = [];
  for (let look = 0; look < 3; look += 1) {
    each.end();
    order.push(...each.at(2.1));
  }
  assert.deepEqual(order, [2, -2, -1]);
  const side = new EveryMinute({ overlap: "allow-all" });
  side.state = { ...side.state, backfill: [-2 * minute, -minute] };
  assert.deepEqual(side.at(0.5), [-2, -1]);
});

test.run();
