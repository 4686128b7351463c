import assert from "node:assert/strict";
import type { BudgetTerms, LogEntry, Parked, RunId } from "@longarm/shared";
import type { CallRecord, RestResponse } from "@longarm/shared/rest";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { budgetTermsOf } from "../../decide/budget/terms.ts";
import type { AgentDirectory } from "../../ports/agent-directory.ts";
import type { SlotSelection } from "../../ports/selection.ts";
import { carryOn, respond, withCarrying, type Carrying } from "../carrying.fixture.ts";
import { RunCarrier } from "../run-carrier.ts";

const test = suite("a run and its target's budget");

/** An answer by which so many of a hundred requests are left for another ten seconds. */
function left(remaining: number, status = 200): RestResponse {
  const response = respond(status, { id: "1" });
  const rateLimit: CallRecord["rateLimit"] = { limit: 100, remaining, reset: 1_010, date: 1_000 };
  return { ...response, record: () => ({ ...response.record(), rateLimit }) };
}

async function entriesOf(world: Carrying, run: RunId): Promise<readonly LogEntry[]> {
  return (await world.records(run)).flat();
}

async function parkedOf(world: Carrying, run: RunId): Promise<Parked | undefined> {
  return (await entriesOf(world, run)).find((entry): entry is Parked => entry.kind === "parked");
}

async function setBudget(world: Carrying, budget: Partial<BudgetTerms>): Promise<void> {
  const { value } = (await world.deps.connections.get("acme")) ?? assert.fail();
  await world.deps.connections.put("acme", { ...value, budget });
}

function view(world: Carrying) {
  return world.deps.budgets.view({ baseUrl: "https://acme.example", terms: budgetTermsOf({}) });
}

function withTime(body: (world: Carrying, clock: ManualClock) => Promise<void>): Promise<void> {
  const clock = new ManualClock();
  return withCarrying((world) => body(world, clock), clock);
}

test("waits for the next window where its share is spent, tells why, and holds no slot meanwhile", () =>
  withTime(async (world, clock) => {
    world.answer = async () => left(10);
    const run = await world.submit("test.thing.read");
    const before = world.deps.slots.free("standard");
    const carried = carryOn(world.carrier(), world.log, run);
    await clock.advance(3_000);
    assert.equal(world.sent.length, 1);
    const parked = await parkedOf(world, run);
    assert.equal(parked?.reason, "budget");
    assert.match(
      parked?.sentence ?? "",
      /90 of 80 requests that standard runs may make of bucket \* at https:\/\/acme\.example in this window are made/,
    );
    assert.equal(world.deps.slots.free("standard"), before + 1);
    await clock.advance(9_000);
    await carried;
    assert.equal(world.sent.length, 2);
    const kinds = (await entriesOf(world, run)).map(({ kind }) => kind);
    assert.ok(kinds.indexOf("resumed") > kinds.indexOf("parked"));
    assert.equal((await entriesOf(world, run)).at(-1)?.kind, "completed");
    assert.equal(view(world).places.open, 0);
  }));

test("lets a refusal of one run hold back the others, none of which loses a try", () =>
  withTime(async (world, clock) => {
    let refusals = 1;
    world.answer = async () => left(0, refusals-- > 0 ? 429 : 200);
    const runs = [await world.submit("test.thing.read"), await world.submit("test.thing.read")];
    const carrier = world.carrier();
    const first = carryOn(carrier, world.log, runs[0] ?? assert.fail());
    await clock.advance(100, 50);
    const second = carryOn(carrier, world.log, runs[1] ?? assert.fail());
    await clock.advance(5_000);
    assert.equal(world.sent.length, 1);
    assert.match((await parkedOf(world, runs[1] as RunId))?.sentence ?? "", /refused a request of bucket \* for its limit/);
    world.answer = async () => respond(200, { id: "1" });
    await clock.advance(20_000);
    await Promise.all([first, second]);
    for (const run of runs) {
      const last = (await entriesOf(world, run)).at(-1);
      assert.ok(last?.kind === "completed" && last.status === "succeeded");
    }
  }));

test("leaves the line when its controller stops, and gives back what it held", () =>
  withTime(async (world, clock) => {
    await setBudget(world, { concurrency: 1 });
    const slow = Promise.withResolvers<RestResponse>();
    world.answer = async () => slow.promise;
    const carrier = world.carrier();
    const [one, two] = [await world.submit("test.thing.read"), await world.submit("test.thing.read")];
    const [first, second] = [carryOn(carrier, world.log, one), carryOn(carrier, world.log, two)];
    await clock.advance(2_000);
    assert.match((await parkedOf(world, two))?.sentence ?? "", /All 1 requests that standard runs may have open/);
    const stopped = carrier.stop(0);
    slow.resolve(respond(200, { id: "1" }));
    await clock.advance(2_000);
    await Promise.all([first, second, stopped]);
    assert.equal(view(world).places.open, 0);
    assert.deepEqual(view(world).buckets[0]?.waiting, { interactive: 0, standard: 0, bulk: 0 });
  }));

test("holds nothing of the budget while it waits for an agent", () =>
  withTime(async (world, clock) => {
    const { value } = (await world.deps.connections.get("acme")) ?? assert.fail();
    await world.deps.connections.put("acme", { ...value, placement: { on: "agent", whenNone: "wait" } });
    const noAgent = {
      directory: {} as AgentDirectory,
      selection: {
        choose: () => ({ kind: "none", sentence: "none is there", failed: [], busy: false }),
        onFree: () => () => undefined,
      } as Partial<SlotSelection> as SlotSelection,
    };
    const carrier = new RunCarrier({ ...world.deps, ...noAgent });
    const run = await world.submit("test.thing.read");
    const carried = carryOn(carrier, world.log, run);
    await clock.advance(2_000);
    assert.equal((await parkedOf(world, run))?.reason, "no_agent_matches");
    assert.equal(view(world).places.open, 0);
    const stopped = carrier.stop(0);
    await clock.advance(10, 10);
    await Promise.all([stopped, carried]);
  }));

test.run();
