import assert from "node:assert/strict";
import { newId, type RunId } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { createKeyRing } from "@longarm/shared/seal";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { MemoryHoldStore } from "../../memory/memory-hold-store.ts";
import type { Holds } from "../../ports/hold-store.ts";
import { KeyPlaces } from "./key-places.ts";

const test = suite("runs that ask for a place");
const place = { reason: "concurrency_key", of: ["acme", "ada"], limit: 1, name: "the key" } as const;
const never = new AbortController().signal;
const turns = async (count = 20): Promise<void> => {
  for (let n = 0; n < count; n += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** A store that counts the writes, and refuses them while it is to be away. */
class CountingStore extends MemoryHoldStore {
  writes = 0;
  isAway = false;
  losesAnswers = false;

  override async write(holds: Holds): Promise<Holds | undefined> {
    this.writes += 1;
    if (this.isAway) throw new Error("away");
    const written = await super.write(holds);
    if (this.losesAnswers) throw new Error("no answer");
    return written;
  }
}

interface World {
  readonly store: CountingStore;
  readonly clock: ManualClock;
  /** In the order in which they got it. */
  readonly got: RunId[];
  controller(): KeyPlaces;
  /** Asks, and resolves when it has the place. */
  ask(
    places: KeyPlaces,
    submittedAtMs: number,
    over?: { run?: RunId; signal?: AbortSignal; limit?: number },
  ): { run: RunId; has: Promise<void>; waits: object[] };
}

function world(): World {
  const store = new CountingStore();
  const [clock, ring, got] = [new ManualClock(), createKeyRing(), [] as RunId[]];
  return {
    ...{ store, clock, got },
    controller: () => new KeyPlaces({ store, controllerId: newId("controller"), ring, clock, logger: silentLogger }),
    ask(places, submittedAtMs, { run = newId("run"), signal = never, limit = 1 } = {}) {
      const waits: object[] = [];
      const onWait = async (at: object): Promise<void> => void waits.push(at);
      const has = places.take({ ...place, limit }, { run, submittedAtMs, signal, onWait }).then(() => void got.push(run));
      has.catch(() => undefined);
      return { run, has, waits };
    },
  };
}

test("get it at once while it is free, and wait with counts when it is not", async () => {
  const { controller, ask } = world();
  const places = controller();
  const [first, second] = [ask(places, 1), ask(places, 2)];
  await first.has;
  const third = ask(places, 3);
  await turns();
  assert.deepEqual([first.waits, second.waits, third.waits], [[], [{ holding: 1, ahead: 0 }], [{ holding: 1, ahead: 1 }]]);
});

test("go in the order of their submission, whatever the order in which they asked", async () => {
  const { controller, ask, got } = world();
  const places = controller();
  const holder = ask(places, 0);
  await holder.has;
  const asked = [5, 2, 4, 1, 3].map((at) => ({ at, ...ask(places, at) }));
  let { run } = holder;
  for (let n = 1; n <= 5; n += 1) {
    await places.leave(run);
    await turns();
    assert.equal(got.length, 1 + n);
    run = got.at(-1) ?? run;
  }
  const order = asked.toSorted((a, b) => a.at - b.at).map((one) => one.run);
  assert.deepEqual(got.slice(1), order);
});

test("are woken by the run of another controller that ends, and two controllers never hold more than the limit", async () => {
  const { controller, ask, store, got } = world();
  const all = [controller(), controller(), controller()];
  const askers = Array.from({ length: 60 }, (_, n) => ask(all[n % 3] as KeyPlaces, n, { limit: 4 }));
  for (let ended = 0; ended < askers.length; ended += 1) {
    await turns();
    const [holds] = store.held();
    assert.equal(holds?.holders.length, Math.min(4, askers.length - ended));
    const { run } = askers.find((asker) => asker.run === got[ended]) ?? askers[0]!;
    for (const places of all) await places.leave(run);
  }
  assert.deepEqual(store.held(), []);
});

test("cost one write for each that goes on, not one for each that waits", async () => {
  const { controller, ask, store, got } = world();
  const places = controller();
  for (let n = 0; n < 10_000; n += 1) ask(places, n);
  await turns();
  for (let n = 0; n < 20; n += 1) {
    await places.leave(got.at(-1) as RunId);
    await turns(3);
  }
  assert.equal(got.length, 21);
  assert.ok(store.writes <= 2 * 21, `${store.writes} writes`);
});

test("leave the queue when they are ended, and the place goes to the next", async () => {
  const { controller, ask, got } = world();
  const places = controller();
  const holder = ask(places, 0);
  await holder.has;
  const ending = new AbortController();
  const [cancelled, next] = [ask(places, 1, { signal: ending.signal }), ask(places, 2)];
  await turns();
  ending.abort(new Error("cancelled"));
  await assert.rejects(cancelled.has, /cancelled/);
  await places.leave(holder.run);
  await next.has;
  assert.deepEqual(got, [holder.run, next.run]);
});

test("keep their place under the controller that carries them on, before all who wait", async () => {
  const { controller, ask, store } = world();
  const [dead, alive] = [controller(), controller()];
  const held = ask(dead, 9);
  await held.has;
  const waiting = ask(alive, 1);
  await turns();
  await ask(alive, 9, { run: held.run }).has;
  const [holds] = store.held();
  assert.deepEqual(
    holds?.holders.map(({ run }) => run),
    [held.run],
  );
  await alive.leave(held.run);
  await waiting.has;
});

test("have the place that they were given by a write whose answer was lost, though another that comes before them asks meanwhile", async () => {
  const { controller, ask, store, clock } = world();
  const places = controller();
  store.losesAnswers = true;
  const later = ask(places, 2);
  await turns();
  store.losesAnswers = false;
  const earlier = ask(places, 1);
  await clock.advance(1_000);
  await later.has;
  await places.leave(later.run);
  await earlier.has;
});

test("do not keep a place that a write without an answer gave them when they are ended before they know of it", async () => {
  const { controller, ask, store, clock } = world();
  const places = controller();
  store.losesAnswers = true;
  const ending = new AbortController();
  const ended = ask(places, 1, { signal: ending.signal });
  await turns();
  ending.abort(new Error("cancelled"));
  await assert.rejects(ended.has, /cancelled/);
  store.losesAnswers = false;
  await places.tend();
  await clock.advance(1_000);
  assert.deepEqual(store.held(), []);
});

test("give their place back later when the broker is away as they end", async () => {
  const { controller, ask, store } = world();
  const places = controller();
  const holder = ask(places, 0);
  await holder.has;
  store.isAway = true;
  await places.leave(holder.run);
  assert.equal(store.held().length, 1);
  store.isAway = false;
  await places.tend();
  assert.deepEqual(store.held(), []);
});

test("get it once the broker is back", async () => {
  const { controller, ask, store, clock } = world();
  store.isAway = true;
  const asker = ask(controller(), 0);
  await turns();
  store.isAway = false;
  await clock.advance(1_000);
  await asker.has;
});

test.run();
