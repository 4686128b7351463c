import assert from "node:assert/strict";
import { LongarmError, newId, type ControllerId, type RunId } from "@longarm/shared";
import { silentLogger, type Logger } from "@longarm/shared/logger";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { suite } from "../../../../test/support/suite.ts";
import { MemoryRunHistory } from "../memory/memory-run-history.ts";
import type { SignOfLife } from "../ports/controller-presence.ts";
import { carryOn, withCarrying, type Carrying } from "../run/carrying.fixture.ts";
import { project } from "./projector.ts";
import { rescue } from "./rescuer.ts";

const test = suite("taking over the runs of the dead");

interface World extends Carrying {
  readonly clock: ManualClock;
  readonly owner: ControllerId;
  /** The owner's. */
  readonly run: RunId;
  /** What a listing shows of the owner's key; undefined: nothing; 0: something new each time. */
  sign: SignOfLife | undefined;
  /** How long a listing takes. */
  listMs: number;
  /** Who has claimed the owner's run, in order. */
  claims(): Promise<readonly ControllerId[]>;
  /** Has the rescuer's own controller claim a run nobody carried yet, and carry it. */
  carryNew(run: RunId): Promise<void>;
  /** The kinds of a run's entries, record by record. */
  kinds(run: RunId): Promise<readonly string[]>;
  /** What was logged, a line each. */
  readonly logged: string[];
}

/** A controller that watches over another one's run. */
function withRescuer(body: (world: World) => Promise<void>): Promise<void> {
  const clock = new ManualClock();
  return withCarrying(async (carrying) => {
    const owner = newId("controller");
    const run = await carrying.submit("test.thing.read");
    const stored = await carrying.log.read(run);
    assert.ok(stored && (await carrying.carrier(owner).claimNew(stored)));
    const stopping = new AbortController();
    const logged: string[] = [];
    let looks = 0;
    const carrier = carrying.carrier();
    const world: World = {
      ...{ ...carrying, clock, owner, run, sign: 1, listMs: 0, logged },
      carryNew: (of) => carryOn(carrier, carrying.log, of),
      kinds: async (of) => (await carrying.records(of)).map((entries) => entries.map(({ kind }) => kind).join("+")),
      claims: async () => (await carrying.records(run)).flat().flatMap((entry) => (entry.kind === "claimed" ? [entry.controllerId] : [])),
    };
    const presence = {
      renew: async () => undefined,
      withdraw: async () => undefined,
      async list() {
        await clock.sleep(world.listMs, stopping.signal);
        return new Map(world.sign === undefined ? [] : [[owner, world.sign || (looks += 1)]]);
      },
    };
    const line = (members: unknown): void => void logged.push(JSON.stringify(members));
    const logger: Logger = { ...silentLogger, info: line, warn: line, error: line };
    const deps = { ...carrying.deps, holds: carrying.holds, carrier, logger, history: new MemoryRunHistory(), presence };
    const loops = [project(deps, stopping.signal), rescue(deps, stopping.signal)];
    try {
      await body(world);
    } finally {
      stopping.abort();
      await clock.advance(1_000);
      await Promise.all(loops);
    }
  }, clock);
}

/** Lets time pass in small steps, as it does. */
async function pass(clock: ManualClock, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 100) await clock.advance(100);
}

test("leaves a run alone whose owner a listing left out", () =>
  withRescuer(async (world) => {
    await pass(world.clock, 4_000);
    world.sign = 2;
    await pass(world.clock, 2_000);
    world.sign = undefined;
    await pass(world.clock, 4_000);
    assert.deepEqual(await world.claims(), [world.owner]);
    world.sign = 3;
    await pass(world.clock, 4_000);
    assert.deepEqual(await world.claims(), [world.owner]);
  }));

test("takes a run over once its owner's key is missing for long enough", () =>
  withRescuer(async (world) => {
    await pass(world.clock, 2_000);
    world.sign = undefined;
    await pass(world.clock, 9_000);
    assert.deepEqual(await world.claims(), [world.owner, world.deps.controllerId]);
  }));

test("takes a run over at once when its owner took its sign of life back", () =>
  withRescuer(async (world) => {
    await pass(world.clock, 2_000);
    world.sign = "withdrawn";
    await pass(world.clock, 3_000);
    assert.deepEqual(await world.claims(), [world.owner, world.deps.controllerId]);
  }));

test("counts none of the time that a listing takes", () =>
  withRescuer(async (world) => {
    world.listMs = 1_500;
    await pass(world.clock, 10_000);
    assert.deepEqual(await world.claims(), [world.owner]);
    await pass(world.clock, 7_500);
    assert.deepEqual(await world.claims(), [world.owner, world.deps.controllerId]);
  }));

test("leaves a run alone whose owner wrote to it after the look that took it for dead had begun", () =>
  withRescuer(async (world) => {
    world.listMs = 300;
    const write = async (): Promise<void> => {
      const at = (await world.log.read(world.run))?.records.at(-1)?.position;
      assert.ok(at);
      await world.log.append(world.run, { at, epoch: 1, entries: [{ kind: "resumed" }] }, new AbortController().signal);
    };
    for (let passed = 0; passed < 20_000; passed += 200) {
      await world.clock.advance(100, 100);
      await write();
      await world.clock.advance(100, 100);
    }
    assert.deepEqual(await world.claims(), [world.owner]);
    await pass(world.clock, 4_000);
    assert.deepEqual(await world.claims(), [world.owner, world.deps.controllerId]);
  }));

/** Breaks the next appends of records with a call's outcome, as a store does that refuses them outright. */
function refuseOutcomes(world: World, times: number): void {
  const append = world.log.append.bind(world.log);
  world.log.append = (run, put, signal) => {
    if (times === 0 || !put.entries.some(({ kind }) => kind === "outcome")) return append(run, put, signal);
    times -= 1;
    return Promise.reject(new LongarmError("internal", "The broker refused to store a message in RUNS."));
  };
}

test("takes a run of its own up again whose record could not be stored, each time after a longer pause", () =>
  withRescuer(async (world) => {
    world.sign = 0;
    refuseOutcomes(world, 2);
    const run = await world.submit("test.thing.read");
    await world.carryNew(run);
    assert.deepEqual(await world.kinds(run), ["claimed"]);
    await pass(world.clock, 4_000);
    assert.deepEqual(await world.kinds(run), ["claimed", "claimed"]);
    await pass(world.clock, 1_000);
    assert.deepEqual(await world.kinds(run), ["claimed", "claimed"]);
    await pass(world.clock, 3_000);
    assert.deepEqual(await world.kinds(run), ["claimed", "claimed", "claimed", "outcome", "outcome+completed"]);
    assert.equal(world.sent.length, 4);
    await pass(world.clock, 60_000);
    assert.equal((await world.kinds(run)).length, 5);
  }));

test("sends no create again of which it could not store how it ended", () =>
  withRescuer(async (world) => {
    world.sign = 0;
    refuseOutcomes(world, 1);
    const run = await world.submit("test.thing.create");
    await world.carryNew(run);
    await pass(world.clock, 60_000);
    const last = (await world.records(run)).at(-1)?.at(-1);
    assert.ok(last?.kind === "completed");
    assert.deepEqual([last.status, world.sent], ["outcome_unknown", ["POST /things"]]);
  }));

test("keeps trying a run whose log cannot be read, and says so each time", () =>
  withRescuer(async (world) => {
    world.sign = 0;
    refuseOutcomes(world, 1);
    const run = await world.submit("test.thing.read");
    await world.carryNew(run);
    const read = world.log.read.bind(world.log);
    const unreadable = new LongarmError("sealed_record_rejected", `Record 3 of ${run} does not open.`);
    world.log.read = (of) => (of === run ? Promise.reject(unreadable) : read(of));
    await pass(world.clock, 30_000);
    const told = world.logged.filter((line) => line.includes(unreadable.message));
    assert.ok(told.length >= 3 && told.length <= 5, `${told.length} times`);
    world.log.read = read;
    await pass(world.clock, 60_000);
    assert.equal((await world.kinds(run)).at(-1), "outcome+completed");
  }));

test.run();
