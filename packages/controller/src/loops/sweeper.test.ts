import assert from "node:assert/strict";
import { LongarmError, type RunId } from "@longarm/shared";
import { suite } from "../../../../test/support/suite.ts";
import { MemoryAudit } from "../memory/memory-audit.ts";
import { MemoryRunHistory } from "../memory/memory-run-history.ts";
import type { EndedRuns } from "../ports/ended-runs.ts";
import type { RunLog } from "../ports/run-log.ts";
import { carryOn, withCarrying, type Carrying } from "../run/carrying.fixture.ts";
import { removeRun } from "../run/steer/remove-run.ts";
import { sweepOnce } from "./sweeper.ts";

const test = suite("the sweeper");
const never = new AbortController().signal;
const keepKeysMs = 60_000;
const everything = { endedBefore: Number.POSITIVE_INFINITY, pauseMs: 0 };

interface World extends Carrying {
  readonly history: MemoryRunHistory;
  readonly audit: MemoryAudit;
  /** A run in the log, and in the history as one that ended at that time. */
  finished(endedAt: number): Promise<RunId>;
  sweep(over?: Partial<Parameters<typeof sweepOnce>[0]>): Promise<void>;
  /** Of these the ones that can still be read. */
  left(...runs: readonly RunId[]): Promise<readonly RunId[]>;
}

function withWorld(body: (world: World) => Promise<void>): Promise<void> {
  return withCarrying(async (carrying) => {
    const history = new MemoryRunHistory();
    const audit = new MemoryAudit(carrying.deps.clock);
    let sequence = 0;
    const world: World = {
      ...carrying,
      history,
      audit,
      async finished(endedAt) {
        const id = await carrying.submit("test.thing.read");
        await carryOn(carrying.carrier(), carrying.log, id);
        history.apply([{ id, status: "succeeded", submittedAt: 1, endedAt }], { sequence: ++sequence, timeMs: 1 });
        return id;
      },
      sweep: (over = {}) =>
        sweepOnce(
          { ...carrying.deps, ended: carrying.ended, history, trail: audit, keepRunsMs: 0, keepKeysMs, ...over },
          everything,
          never,
        ),
      async left(...runs) {
        const found = await Promise.all(runs.map((run) => carrying.log.read(run)));
        return runs.filter((_, index) => found[index] !== undefined);
      },
    };
    await body(world);
  });
}

test("removes what has ended, and keeps a run that only its view of the log calls finished", () =>
  withWorld(async (world) => {
    const done = await world.finished(5);
    const going = await world.submit("test.thing.read");
    world.history.apply([{ id: going, status: "succeeded", submittedAt: 1, endedAt: 5 }], { sequence: 9, timeMs: 1 });
    await world.sweep();
    assert.deepEqual(await world.left(done, going), [going]);
    assert.equal((await world.ended.get(done))?.removedBy, "retention");
  }));

test("writes down which runs it removes before it removes one, and removes none that it cannot write down", () =>
  withWorld(async (world) => {
    const [one, other] = [await world.finished(1), await world.finished(2)];
    world.audit.fault = new LongarmError("broker_unavailable");
    await assert.rejects(world.sweep(), { code: "broker_unavailable" });
    assert.deepEqual(await world.left(one, other), [one, other]);
    world.audit.fault = undefined;
    await world.sweep();
    assert.deepEqual(
      world.audit.acts.map(({ record: { body } }) => body),
      [{ kind: "act", principal: "retention", what: "sweepRuns", on: [one, other] }],
    );
  }));

test("goes on behind a run that cannot be read, and keeps that one", () =>
  withWorld(async (world) => {
    const broken = await world.finished(1);
    const done = await world.finished(2);
    const log: Pick<RunLog, "read"> = {
      read: async (id) => {
        if (id === broken) throw new LongarmError("sealed_record_rejected");
        return world.log.read(id);
      },
    };
    await world.sweep({ log });
    assert.deepEqual(await world.left(broken, done), [broken]);
  }));

test("sweeps all that there is, however many pages", () =>
  withWorld(async (world) => {
    const runs = await Promise.all(Array.from({ length: 450 }, (_, n) => world.finished(n)));
    await world.sweep();
    assert.deepEqual(await world.left(...runs), []);
  }));

test("finishes a removal that was cut off before anything was purged, and sweeps beside others", () =>
  withWorld(async (world) => {
    const run = await world.finished(1);
    const ended: EndedRuns = {
      keep: (kept, keepMs) => world.ended.keep(kept, keepMs),
      get: (id) => world.ended.get(id),
      purge: () => Promise.reject(new LongarmError("broker_unavailable")),
    };
    await assert.rejects(removeRun({ ...world.deps, ended, keepKeysMs }, run, "ada"));
    assert.deepEqual(await world.left(run), []);
    world.history.apply([{ id: run, removed: true }], { sequence: 99, timeMs: 1 });
    await Promise.all([world.sweep(), world.sweep()]);
    assert.deepEqual(world.history.removed(1), []);
    assert.equal((await world.ended.get(run))?.removedBy, "ada");
  }));

test("forgets the row of a run of which nothing is left at all", () =>
  withWorld(async (world) => {
    const run = "run_00000000000000000000000000" as RunId;
    world.history.apply([{ id: run, status: "failed", submittedAt: 1, endedAt: 1 }], { sequence: 1, timeMs: 1 });
    await world.sweep();
    assert.deepEqual(world.history.list({}, { limit: 5 }).rows, []);
  }));

test.run();
