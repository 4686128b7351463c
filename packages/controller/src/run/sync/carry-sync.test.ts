import assert from "node:assert/strict";
import { LongarmError, newId, parseId, systemClock } from "@longarm/shared";
import type { SyncJob } from "@longarm/spoke";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { syncsInMemory } from "../../../../../test/support/syncs.ts";
import { syncAction } from "../../ports/sync-store.ts";
import { type Carrying, carryOn, fail, page, withCarrying } from "../carrying.fixture.ts";
import type { SyncOrder } from "./carry-sync.ts";
import { OwnerLease } from "../owner-lease.ts";
import { RunCarrier } from "../run-carrier.ts";
import { progressOf } from "../view/run-progress.ts";

const test = suite("carrying a sync");

const order: SyncOrder = { streams: ["users"], mode: "full", sink: "sqlite", overlapMs: 0, fullEveryMs: null, parallel: 1 };
// Pauses pass at once.
const hasty = { ...systemClock, sleep: async () => undefined };

/** Runs the sync `people` with an engine that does this. */
function withEngine(run: (job: SyncJob) => Promise<unknown>, body: (world: Carrying) => Promise<void>): Promise<void> {
  return withCarrying(async (world) => {
    Object.assign(world.deps, { syncs: syncsInMemory(run) });
    await body(world);
  }, hasty);
}

async function carry(world: Carrying) {
  const run = await world.carry(syncAction("people"), order);
  return { run, entries: (await world.records(run)).flat() };
}

test("waits for a sink that cannot take anything, says so, and goes on under the same epoch", async () => {
  const epochs: number[] = [];
  const run = async ({ epoch }: SyncJob): Promise<unknown> => {
    epochs.push(epoch);
    if (epochs.length < 4) throw new LongarmError("sink_full", "The disk is full.", { retryable: true });
    return { outcome: "complete" };
  };
  await withEngine(run, async (world) => {
    const { entries } = await carry(world);
    const waits = entries.flatMap((entry) => (entry.kind === "parked" ? [entry.reason] : []));
    assert.deepEqual(waits, ["sink", "sink"]);
    const end = entries.at(-1);
    assert.equal(end?.kind === "completed" && end.status, "succeeded");
    assert.deepEqual(new Set(epochs).size, 1);
  });
});

test("fails at once of what a sink refuses for good", () =>
  withEngine(
    () => Promise.reject(new LongarmError("sink_rejected", "It is of another sync.")),
    async (world) => {
      const end = (await carry(world)).entries.at(-1);
      assert.equal(end?.kind === "completed" && end.error?.code, "sink_rejected");
    },
  ));

test("gives each run a higher epoch than the one before, and tells how far it has come", async () => {
  const epochs: number[] = [];
  const read = async ({ epoch, pages, signal }: SyncJob): Promise<unknown> => {
    epochs.push(epoch);
    const counts: number[] = [];
    for await (const outcome of pages.read({ action: "test.thing.stream", input: {} }, { cursor: null, signal }))
      counts.push(outcome.kind === "page" ? outcome.items.length : -1);
    return counts;
  };
  await withEngine(read, async (world) => {
    world.pages = async function* () {
      yield page(["1", "2"], "https://acme.okta.com/next");
      yield page(["3"], null);
    };
    await carry(world);
    const { run } = await carry(world);
    assert.ok((epochs[1] ?? 0) > (epochs[0] ?? 0));
    const mark = (await world.deps.syncs.marks.get("people"))?.value;
    assert.deepEqual(mark, { sync: "people", runId: run, runEpoch: 1, pages: 2, items: 3, beyond: 0, sweptItems: 3 });
  });
});

test("outlasts a target that is away for more tries than an action has, and gives up by the connection's word", async () => {
  const read = async ({ pages, signal }: SyncJob): Promise<unknown> => {
    const counts: number[] = [];
    for await (const outcome of pages.read({ action: "test.thing.stream", input: {} }, { cursor: null, signal }))
      counts.push(outcome.kind === "page" ? outcome.items.length : -1);
    return counts;
  };
  await withEngine(read, async (world) => {
    let tries = 0;
    world.pages = async function* () {
      tries += 1;
      yield tries < 30 ? fail("not_sent", "target_unreachable") : page(["1"], null);
    };
    const statusOf = async () => {
      const end = (await carry(world)).entries.at(-1);
      return end?.kind === "completed" ? [end.status, end.error?.code] : [end?.kind];
    };
    assert.deepEqual([await statusOf(), tries], [["succeeded", undefined], 30]);
    const acme = (await world.deps.connections.get("acme"))?.value ?? assert.fail();
    await world.deps.connections.put("acme", { ...acme, retry: { attempts: 2 } });
    tries = 0;
    assert.deepEqual([await statusOf(), tries], [["failed", "target_unreachable"], 2]);
  });
});

// A sink that somebody else has opened under this epoch.
const heldUnder =
  (by: number, epochs: number[]) =>
  async ({ epoch }: SyncJob) => {
    epochs.push(epoch);
    if (epoch < by) throw new LongarmError("overtaken", `It is written under epoch ${by} now.`, { details: { by } });
    return { outcome: "complete" };
  };

test("tells by the last whole sweep how many items the next one will have", async () => {
  const expected: (number | null | undefined)[] = [];
  const world = Promise.withResolvers<Carrying>();
  const read = async ({ runId, pages, signal }: SyncJob): Promise<unknown> => {
    const { deps, log, items } = await world.promise;
    for await (const _ of pages.read({ action: "test.thing.stream", input: {} }, { cursor: null, signal })) {
      const run = (await log.read(parseId("run", runId))) ?? assert.fail();
      expected.push((await progressOf("sync", run, { items, syncs: deps.syncs, nowMs: deps.clock.nowMs() }))?.expectedItems);
    }
    return {};
  };
  await withEngine(read, async (here) => {
    here.pages = async function* () {
      yield page(["1", "2", "3"], null);
    };
    world.resolve(here);
    await carry(here);
    await carry(here);
  });
  assert.deepEqual(expected, [null, 3]);
});

test("fails, and lets go of its place, where another installation has shut it out of the sink", () =>
  withEngine(heldUnder(900, []), async (world) => {
    const end = (await carry(world)).entries.at(-1);
    assert.ok(end?.kind === "completed");
    assert.equal(end.error?.code, "conflict");
    assert.match(end.error.message, /epoch 900.*--take-over/);
  }));

test("takes a sink over from another installation when it is told to, and the runs behind it need not be", () => {
  const epochs: number[] = [];
  return withEngine(heldUnder(900, epochs), async (world) => {
    const told = await world.carry(syncAction("people"), { ...order, takeOver: true });
    const later = await carry(world);
    const ends = [(await world.records(told)).flat().at(-1), later.entries.at(-1)];
    assert.deepEqual(
      ends.map((end) => end?.kind === "completed" && end.status),
      ["succeeded", "succeeded"],
    );
    assert.equal(epochs.length, 3);
    assert.ok((epochs[0] ?? 0) < 900 && (epochs[1] ?? 0) > 900 && (epochs[2] ?? 0) > (epochs[1] ?? 0));
  });
});

test("does not shut its successor out when it was frozen before it began to write", () => {
  const epochs: number[] = [];
  return withEngine(
    async ({ epoch }) => {
      epochs.push(epoch);
      return {};
    },
    async (world) => {
      const { marks } = world.deps.syncs;
      const [frozen, thawed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const freezing = Object.assign(Object.create(marks) as typeof marks, {
        get: (name: string) => marks.get(name),
        put: async (...put: Parameters<typeof marks.put>) => {
          frozen.resolve();
          await thawed.promise;
          return marks.put(...put);
        },
      });
      const run = await world.submit(syncAction("people"), order);
      const former = new RunCarrier({ ...world.deps, syncs: { ...world.deps.syncs, marks: freezing } });
      const ended = carryOn(former, world.log, run);
      await frozen.promise;
      const successor = world.carrier(newId("controller"));
      const claimed = await successor.claimAbandoned(run, world.deps.controllerId);
      assert.ok(claimed);
      await successor.carry(claimed);
      thawed.resolve();
      await ended;
      assert.equal(epochs.length, 1);
    },
  );
});

test("ends a reading that is left in the middle, and asks for no more pages", async () => {
  let asked = 0;
  const readOne = async ({ pages, signal }: SyncJob): Promise<unknown> => {
    for await (const outcome of pages.read({ action: "test.thing.stream", input: {} }, { cursor: null, signal })) return outcome.kind;
    return "nothing";
  };
  await withEngine(readOne, async (world) => {
    world.pages = async function* () {
      for (asked = 1; ; asked += 1) yield page([String(asked)], `https://acme.okta.com/next?after=${asked}`);
    };
    const { entries } = await carry(world);
    const end = entries.at(-1);
    assert.equal(end?.kind === "completed" && end.status, "succeeded");
    assert.ok(asked <= 2);
  });
});

test("holds nothing while other listings are read for a page, and goes on behind it", async () => {
  let reading = 0;
  const seen: unknown[] = [];
  const readApart = async ({ pages, signal }: SyncJob): Promise<unknown> => {
    const request = { action: "test.thing.stream", input: {}, isApart: true } as const;
    for await (const outcome of pages.read(request, { cursor: null, signal }))
      seen.push([outcome.kind === "page" && outcome.items, reading]);
    return {};
  };
  await withEngine(readApart, async (world) => {
    const next = (id: number): string => `https://acme.example/things?after=${id}`;
    world.pages = async function* ({ resumeAt }) {
      reading += 1;
      try {
        for (let id = Number(resumeAt?.split("=").at(-1) ?? 0) + 1; ; id += 1) yield page([String(id)], id === 3 ? null : next(id));
      } finally {
        reading -= 1;
      }
    };
    const end = (await carry(world)).entries.at(-1);
    assert.equal(end?.kind === "completed" && end.status, "succeeded");
    assert.deepEqual(
      seen,
      ["1", "2", "3"].map((id) => [[{ id }], 0]),
    );
  });
});

test("reads a page anew that came when its lease had run out, though no page is permitted behind it that would tell", async () => {
  const clock = new ManualClock();
  const lease = new OwnerLease({ clock });
  lease.renewed(clock.monotonicMs());
  const seen: unknown[] = [];
  const readApart = async ({ pages, signal }: SyncJob): Promise<unknown> => {
    const request = { action: "test.thing.stream", input: {}, isApart: true } as const;
    for await (const outcome of pages.read(request, { cursor: null, signal })) seen.push(outcome.kind === "page" && outcome.items);
    return {};
  };
  await withEngine(readApart, async (world) => {
    const behind = "https://acme.example/things?after=1";
    world.pages = async function* ({ permit = () => assert.fail(), resumeAt }, signal) {
      await permit(signal);
      if (world.sent.length === 1) {
        await clock.advance(10_000);
        lease.renewed(clock.monotonicMs());
      }
      yield resumeAt === behind ? page(["2"], null) : page(["1"], behind);
      await permit(signal).catch(() => undefined);
    };
    const run = await world.submit(syncAction("people"), order);
    await carryOn(new RunCarrier({ ...world.deps, lease }), world.log, run);
    assert.deepEqual(seen, [[{ id: "1" }], [{ id: "2" }]]);
    assert.deepEqual(world.sent, ["GET /things", "GET /things", `GET ${behind}`]);
  });
});

test.run();
