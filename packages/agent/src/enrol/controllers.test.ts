import assert from "node:assert/strict";
import { newId } from "@longarm/shared";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { suite } from "../../../../test/support/suite.ts";
import { Controllers } from "./controllers.ts";

const test = suite("what an agent knows of its controllers' clocks");

const id = newId("controller");
const grant = { labels: {}, desired: "up" } as const;

/** A clock that can be set, and one that stands still while the machine sleeps. */
class TwoClocks extends ManualClock {
  setAheadMs = 0;

  override nowMs(): number {
    return super.nowMs() + this.setAheadMs;
  }
}

const near = (actual: number, expected: number, what = ""): void =>
  assert.ok(Math.abs(actual - expected) < 0.5, `${what} ${actual}, not ${expected}`);

/** Asked now, answered after `tripMs` by a controller whose clock is `aheadMs` ahead half-way. */
async function exchange(clock: ManualClock, tripMs: number, aheadMs: number): Promise<{ nowMs: number; askedAtMs: number }> {
  const askedAtMs = clock.monotonicMs();
  await clock.advance(tripMs / 2, tripMs / 2);
  const nowMs = clock.monotonicMs() + aheadMs;
  await clock.advance(tripMs / 2, tripMs / 2);
  return { nowMs, askedAtMs };
}

async function withKnown(body: (world: { clock: TwoClocks; controllers: Controllers }) => Promise<void>, tripMs = 100): Promise<void> {
  const clock = new TwoClocks();
  const controllers = new Controllers(clock);
  controllers.granted(id, grant, await exchange(clock, tripMs, 5_000));
  await body({ clock, controllers });
}

test("a controller that is not known is wholly uncertain", () => {
  assert.equal(new Controllers(new ManualClock()).uncertaintyOf(id), Infinity);
});

test("its clock is known to within half the round trip, and less well as time passes", () =>
  withKnown(async ({ clock, controllers }) => {
    near(controllers.nowOf(id), clock.monotonicMs() + 5_000);
    near(controllers.uncertaintyOf(id), 50);
    await clock.advance(1_000_000, 1_000_000);
    near(controllers.uncertaintyOf(id), 550);
  }));

test("a slow exchange leaves it uncertain, and a quicker one makes it certain", () =>
  withKnown(async ({ clock, controllers }) => {
    near(controllers.uncertaintyOf(id), 2_500);
    controllers.measured(id, await exchange(clock, 10, 5_000));
    near(controllers.uncertaintyOf(id), 5);
    controllers.measured(id, await exchange(clock, 900, 5_000));
    assert.ok(controllers.uncertaintyOf(id) < 6, "a slower exchange that agrees is of no use");
  }, 5_000));

test("a clock that was set there is believed at the next exchange, even a slower one", () =>
  withKnown(async ({ clock, controllers }) => {
    controllers.measured(id, await exchange(clock, 200, 3_605_000));
    near(controllers.nowOf(id), clock.monotonicMs() + 3_605_000);
  }));

test("a machine that has slept, or whose own clock was set, does not trust what it knew", () =>
  withKnown(async ({ clock, controllers }) => {
    clock.setAheadMs = 60_000;
    near(controllers.uncertaintyOf(id), 60_050);
    controllers.measured(id, await exchange(clock, 100, 65_000));
    near(controllers.uncertaintyOf(id), 50);
    near(controllers.nowOf(id), clock.monotonicMs() + 65_000);
  }));

test.run();
