import assert from "node:assert/strict";
import { newId, type RunId, type RunTerms } from "@longarm/shared";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { skewedClock } from "../../../../../test/support/skewed-clock.ts";
import { suite } from "../../../../../test/support/suite.ts";
import type { AgentDirectory } from "../../ports/agent-directory.ts";
import type { SlotSelection } from "../../ports/selection.ts";
import { carryOn, fail, respond, withCarrying, type Carrying } from "../carrying.fixture.ts";
import { RunCarrier } from "../run-carrier.ts";

const test = suite("a wait in which a run is taken over by a controller whose clock shows another time");
const hourMs = 3_600_000;
const skews = { "an hour more": hourMs, "an hour less": -hourMs };

interface Waiting {
  readonly action: string;
  readonly terms?: RunTerms;
  /** Its reason, as the log has it. */
  readonly reason: string;
}

interface Taken {
  readonly clock: ManualClock;
  readonly world: Carrying;
  readonly run: RunId;
  /** Another controller, whose clock is that much ahead, takes the run; resolves when it is done with it. */
  readonly take: (aheadMs: number) => Promise<{ readonly carried: Promise<void> }>;
}

const noAgent = {
  directory: {} as AgentDirectory,
  selection: {
    choose: () => ({ kind: "none", sentence: "none is there", failed: [], busy: false }),
    onFree: () => () => undefined,
  } as Partial<SlotSelection> as SlotSelection,
};

// Each pause is as long as it may be.
const unhurried = { random: () => 1 };

/** A run that waits, and whose owner has stopped in the midst of it. */
function whenWaiting({ action, terms, reason }: Waiting, body: (taken: Taken) => Promise<void>): Promise<void> {
  const clock = new ManualClock(10 * hourMs);
  return withCarrying(async (world) => {
    world.answer = async () => fail("not_sent", "target_unreachable");
    if (reason === "no_agent_matches") await placeOnAgents(world);
    const run = await world.submit(action, undefined, terms && { terms });
    const owner = new RunCarrier({ ...world.deps, ...noAgent, ...unhurried });
    const carried = carryOn(owner, world.log, run);
    const parked = async () => (await world.records(run)).flat().find((entry) => entry.kind === "parked");
    for (let ms = 0; ms < 10_000 && !(await parked()); ms += 100) await clock.advance(100);
    assert.equal((await parked())?.reason, reason);
    const stopped = owner.stop(0);
    await clock.advance(10, 10);
    await Promise.all([stopped, carried]);
    let last = world.deps.controllerId;
    const take = async (aheadMs: number) => {
      const id = newId("controller");
      const next = new RunCarrier({ ...world.deps, ...noAgent, ...unhurried, controllerId: id, clock: skewedClock(clock, aheadMs) });
      const claimed = await next.claimAbandoned(run, last);
      assert.ok(claimed);
      last = id;
      return { carried: next.carry(claimed) };
    };
    await body({ clock, world, run, take });
  }, clock);
}

async function placeOnAgents(world: Carrying): Promise<void> {
  const { value } = (await world.deps.connections.get("acme")) ?? assert.fail();
  const placement = { on: "agent", whenNone: "wait", waitForMs: 60_000 } as const;
  await world.deps.connections.put("acme", { ...value, placement });
}

async function leftOf({ world, run, clock }: Taken): Promise<number> {
  const parked = (await world.records(run)).flat().find((entry) => entry.kind === "parked");
  return Number(parked?.untilMs) - clock.nowMs();
}

for (const [title, aheadMs] of Object.entries(skews)) {
  const retry = { firstPauseMs: 600_000, longestPauseMs: 600_000 };
  const echo = { action: "test.thing.echo", terms: { retry }, reason: "retry" };

  test(`lasts as long as it was to last before the next attempt, when that shows ${title}`, () =>
    whenWaiting(echo, async (taken) => {
      const { clock, world } = taken;
      const leftMs = await leftOf(taken);
      await clock.advance(leftMs / 2, leftMs / 2);
      world.answer = async () => respond(200, { id: "1" });
      const { carried } = await taken.take(aheadMs);
      await clock.advance(leftMs / 2 - 1_000, 60_000);
      assert.equal(world.sent.length, 1);
      await clock.advance(2_000);
      await carried;
      assert.equal(world.sent.length, 2);
    }));

  test(`gives an agent as long to come as its connection says, when that shows ${title}`, () =>
    whenWaiting({ action: "test.thing.echo", reason: "no_agent_matches" }, async ({ clock, world, run, take }) => {
      await clock.advance(30_000, 30_000);
      const { carried } = await take(aheadMs);
      await clock.advance(28_000, 1_000);
      assert.equal((await world.records(run)).flat().at(-1)?.kind, "parked");
      await clock.advance(3_000);
      await carried;
      const last = (await world.records(run)).flat().at(-1);
      assert.deepEqual(last?.kind === "completed" && last.error?.code, "no_agent_matches");
    }));

  test(`counts the time that a call may be tried for from its first attempt, when that shows ${title}`, () =>
    whenWaiting({ ...echo, action: "test.thing.addressed", terms: { retry: { ...retry, withinMs: 1_500_000 } } }, async (taken) => {
      const { clock, world } = taken;
      await clock.advance(500_000, 10_000);
      const { carried } = await taken.take(aheadMs);
      await clock.advance(2_000_000, 10_000);
      await carried;
      assert.equal(world.sent.length, 3);
    }));
}

test("is no longer for that it is taken over once more", () =>
  whenWaiting(
    { action: "test.thing.echo", terms: { retry: { firstPauseMs: 600_000, longestPauseMs: 600_000 } }, reason: "retry" },
    async (taken) => {
      const { clock, world } = taken;
      const leftMs = await leftOf(taken);
      await clock.advance(leftMs / 2, leftMs / 2);
      void taken.take(hourMs);
      await clock.advance(leftMs / 4, leftMs / 4);
      world.answer = async () => respond(200, { id: "1" });
      const { carried } = await taken.take(-hourMs);
      await clock.advance(leftMs / 4 + 2_000, 1_000);
      await carried;
      assert.equal(world.sent.length, 2);
    },
  ));

test.run();
