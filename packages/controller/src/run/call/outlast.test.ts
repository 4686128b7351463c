import assert from "node:assert/strict";
import { newId, type LogEntry } from "@longarm/shared";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { skewedClock } from "../../../../../test/support/skewed-clock.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { carryOn, respond, withCarrying, type Carrying } from "../carrying.fixture.ts";
import { RunCarrier } from "../run-carrier.ts";

const test = suite("an intent that its owner left open, of a call that it made itself");
const settledAfterMs = 10_000 + 1_000 + 2_000;
const look = "GET /keys/ada";
const hourMs = 3_600_000;
const takenAtMs = 10 * hourMs;

interface Taken {
  readonly clock: ManualClock;
  readonly world: Carrying;
  readonly entries: () => Promise<readonly LogEntry[]>;
  /** Resolves when the next owner is done with it. */
  readonly carried: Promise<void>;
}

async function endOf(entries: Taken["entries"]): Promise<string | undefined> {
  const last = (await entries()).at(-1);
  return last?.kind === "completed" ? last.status : undefined;
}

/** A run whose owner died with a call of this action open, taken over by a controller whose clock is that much ahead. */
function whenTaken(of: { readonly action: string; readonly aheadMs?: number }, body: (taken: Taken) => Promise<void>): Promise<void> {
  const clock = new ManualClock(takenAtMs);
  return withCarrying(async (world) => {
    const isSent = Promise.withResolvers<void>();
    world.answer = async ({ effect, path }) => {
      if (effect === "read") return respond(path.startsWith("/things") ? 404 : 200, "allowed");
      isSent.resolve();
      return new Promise(() => undefined);
    };
    const run = await world.submit(of.action);
    void carryOn(world.carrier(), world.log, run);
    await isSent.promise;
    world.answer = async ({ method }) => respond(200, method === "GET" ? { owner: "me", id: "7" } : { id: "again" });
    world.sent.length = 0;
    const next = new RunCarrier({ ...world.deps, controllerId: newId("controller"), clock: skewedClock(clock, of.aheadMs ?? 0) });
    const claimed = await next.claimAbandoned(run, world.deps.controllerId);
    assert.ok(claimed);
    const carried = next.carry(claimed);
    await body({ clock, world, carried, entries: async () => (await world.records(run)).flat() });
  }, clock);
}

for (const [title, aheadMs] of Object.entries({ "the same time": 0, "an hour more": hourMs, "an hour less": -hourMs })) {
  test(`is sent again only when it can be under way no more, by the next owner's own clock, which shows ${title}`, () =>
    whenTaken({ action: "test.thing.addressed", aheadMs }, async ({ clock, world, entries, carried }) => {
      world.answer = async ({ method }) => (method === "GET" ? respond(404, null) : respond(200, { id: "again" }));
      await clock.advance(settledAfterMs - 500);
      assert.deepEqual(world.sent, [look]);
      const parked = (await entries()).find((entry) => entry.kind === "parked");
      assert.deepEqual([parked?.reason, parked?.untilMs], ["waiting_out", takenAtMs + aheadMs + settledAfterMs]);
      assert.match(parked?.sentence ?? "", /POST \/things may still be under way from before this controller took the run/);
      await clock.advance(5_000);
      await carried;
      assert.deepEqual(world.sent, [look, look, look, "POST /things"]);
      assert.equal(await endOf(entries), "succeeded");
    }));

  test(`is found by the next owner at once when it has made what it was to make, and its clock shows ${title}`, () =>
    whenTaken({ action: "test.thing.addressed", aheadMs }, async ({ world, entries, carried }) => {
      await carried;
      assert.deepEqual([world.sent, await endOf(entries)], [[look], "succeeded"]);
    }));
}

test("is not taken for over because the state is reached: what it was to do may still come", () =>
  whenTaken({ action: "test.thing.rename" }, async ({ clock, world, entries, carried }) => {
    await clock.advance(settledAfterMs - 500);
    assert.deepEqual(world.sent, []);
    await clock.advance(3_000);
    await carried;
    assert.deepEqual([world.sent, await endOf(entries)], [[look], "succeeded"]);
  }));

test("is repeated, where that does no harm, only when it can be under way no more", () =>
  whenTaken({ action: "test.thing.strict" }, async ({ clock, world, carried }) => {
    await clock.advance(settledAfterMs - 500);
    assert.deepEqual(world.sent, []);
    await clock.advance(1_000);
    await carried;
    assert.deepEqual(world.sent, ["PUT /things/ada"]);
  }));

test("and of which nobody can tell is told as unknown at once", () =>
  whenTaken({ action: "test.thing.create" }, async ({ world, entries, carried }) => {
    await carried;
    assert.deepEqual([await endOf(entries), world.sent], ["outcome_unknown", []]);
  }));

test("is witnessed, where witnesses are heard, only when it can be under way no more", () =>
  whenTaken({ action: "test.thing.mint" }, async ({ clock, world, carried }) => {
    await clock.advance(settledAfterMs - 500);
    assert.deepEqual(world.sent, []);
    await clock.advance(3_000);
    await carried;
    assert.deepEqual(world.sent, ["GET /tokens/newest"]);
  }));

test.run();
