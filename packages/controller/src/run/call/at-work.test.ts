import assert from "node:assert/strict";
import { newId, type LogEntry, type RunId } from "@longarm/shared";
import type { RestFailure, RestResponse } from "@longarm/shared/rest";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { carryOn, fail, respond, withCarrying, type Carrying } from "../carrying.fixture.ts";

const test = suite("a target that may be at work on a call whose connection broke");
const timeoutMs = 20_000;
const doneAfterMs = timeoutMs + 2_000;
const mine = { owner: "me", id: "7" };
const rename = { action: "test.thing.rename", changes: "PUT /things/ada" };

interface AtWork {
  readonly clock: ManualClock;
  readonly world: Carrying;
  readonly run: RunId;
  /** How often the changing call was made. */
  readonly times: () => number;
  /** How its run ended, if it has. */
  readonly end: () => Promise<readonly (string | null)[] | undefined>;
}

interface Of {
  readonly action?: string;
  readonly changes?: string;
  /** When the target is done with it; default: never. */
  readonly appliedAtMs?: number;
  readonly first?: RestResponse | RestFailure;
  readonly later?: RestResponse | RestFailure;
}

function endOf(entries: readonly LogEntry[]): readonly (string | null)[] | undefined {
  const last = entries.at(-1);
  return last?.kind === "completed" ? [last.status, last.error?.code ?? null] : undefined;
}

/** A run whose first changing call got no answer; the target's state shows it from `appliedAtMs` on. */
function whenBroken(of: Of, body: (at: AtWork) => Promise<void>): Promise<void> {
  const { action = "test.thing.addressed", changes = "POST /things", appliedAtMs = Infinity } = of;
  const clock = new ManualClock(0);
  return withCarrying(async (world) => {
    const { value } = (await world.deps.connections.get("acme")) ?? assert.fail();
    await world.deps.connections.put("acme", { ...value, timeoutMs });
    const times = (): number => world.sent.filter((each) => each === changes).length;
    const later = of.later ?? respond(200, { id: "again" });
    world.answer = async ({ effect }) => {
      if (effect === "read") return clock.nowMs() >= appliedAtMs ? respond(200, mine) : respond(404, null);
      return times() === 1 ? (of.first ?? fail("unknown")) : later;
    };
    const run = await world.submit(action);
    const carried = carryOn(world.carrier(), world.log, run);
    await clock.advance(0);
    const end = async () => endOf((await world.records(run)).flat());
    await body({ clock, world, run, times, end });
    await carried;
  }, clock);
}

test("is given as long as a client would have waited for it, before a create counts as absent and is sent again", () =>
  whenBroken({}, async ({ clock, times, end, world }) => {
    await clock.advance(doneAfterMs - 500);
    assert.equal(times(), 1);
    await clock.advance(5_000);
    assert.deepEqual([times(), await end()], [2, ["succeeded", null]]);
    assert.equal(world.sent.length, 2 + 5, "it is not asked more often than need be");
  }));

test("has made it late: it is found, and not sent again", () =>
  whenBroken({ appliedAtMs: timeoutMs - 1_000 }, async ({ clock, times, end }) => {
    await clock.advance(doneAfterMs + 1_000);
    assert.deepEqual([times(), await end()], [1, ["succeeded", null]]);
  }));

test("has made it at once: it is found at the first look", () =>
  whenBroken({ appliedAtMs: 0 }, async ({ clock, end }) => {
    await clock.advance(1_250);
    assert.deepEqual(await end(), ["succeeded", null]);
  }));

test("says with a 500 itself that it is done: what is absent then is sent again after two looks", () =>
  whenBroken({ first: respond(500, null) }, async ({ clock, times, end }) => {
    await clock.advance(8_000);
    assert.deepEqual([times(), await end()], [2, ["succeeded", null]]);
  }));

for (const status of [408, 502, 503, 504]) {
  test(`says nothing with a ${status}, which may be the word of what stands before it`, () =>
    whenBroken({ first: respond(status, null) }, async ({ clock, times }) => {
      await clock.advance(doneAfterMs - 500);
      assert.equal(times(), 1);
      await clock.advance(5_000);
    }));
}

test("keeps a converge call from no repeat, but its run from failing before the target is done", () =>
  whenBroken({ ...rename, later: fail("unknown"), appliedAtMs: timeoutMs }, async ({ clock, times, end }) => {
    await clock.advance(timeoutMs - 1_000);
    assert.deepEqual([times(), await end()], [5, undefined]);
    await clock.advance(timeoutMs);
    assert.deepEqual(await end(), ["succeeded", null]);
  }));

test("may have caused that the repeat is refused: the refusal counts only when the target is done", () =>
  whenBroken({ ...rename, later: respond(400, null), appliedAtMs: timeoutMs }, async ({ clock, times, end }) => {
    await clock.advance(timeoutMs - 1_000);
    assert.deepEqual([times(), await end()], [2, undefined]);
    await clock.advance(doneAfterMs);
    assert.deepEqual(await end(), ["succeeded", null]);
  }));

test("is given that time by the next owner, too, that finds the call in doubt", () =>
  whenBroken({}, async ({ clock, world, run, times }) => {
    await clock.advance(1_500);
    const next = world.carrier(newId("controller"));
    const claimed = await next.claimAbandoned(run, world.deps.controllerId);
    assert.ok(claimed);
    const takenMs = clock.nowMs();
    const carried = next.carry(claimed);
    await clock.advance(takenMs + doneAfterMs - 500 - clock.nowMs());
    assert.equal(times(), 1);
    await clock.advance(10_000);
    await carried;
    assert.equal(times(), 2);
  }));

test.run();
