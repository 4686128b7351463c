import assert from "node:assert/strict";
import { LongarmError, type StoredEvent } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { MemoryEventStore } from "../../memory/memory-event-store.ts";
import type { EventFeed } from "../../ports/event-feed.ts";
import type { AwaitedEvent } from "../../ports/event-waits.ts";
import { IndexedEventWaits } from "./indexed-event-waits.ts";

const test = suite("waits for events");

/** Counts how the events are read, and fails when it is told to. */
class CountedFeed implements EventFeed {
  readonly store = new MemoryEventStore();
  reads = 0;
  followers = 0;
  fault: LongarmError | undefined;
  /** What each reading waits for when it has seen all. */
  gate: Promise<void> | undefined;

  async position(): Promise<number> {
    if (this.fault) throw this.fault;
    return this.store.position();
  }

  async *read(after: number): ReturnType<MemoryEventStore["read"]> {
    this.reads += 1;
    if (this.fault) throw this.fault;
    yield* this.store.read(after);
    await this.gate;
  }

  async *follow(after: number, signal: AbortSignal): ReturnType<MemoryEventStore["follow"]> {
    this.followers += 1;
    try {
      yield* this.store.follow(after, signal);
    } finally {
      this.followers -= 1;
    }
  }
}

interface World {
  readonly clock: ManualClock;
  readonly feed: CountedFeed;
  readonly waits: IndexedEventWaits;
  post(id: string, over?: Partial<StoredEvent>): Promise<void>;
  first(over?: Partial<AwaitedEvent>, signal?: AbortSignal): Promise<string | null>;
}

function world(): World {
  const clock = new ManualClock();
  const feed = new CountedFeed();
  const waits = new IndexedEventWaits({ feed, clock, logger: silentLogger });
  const forEver = new AbortController();
  return {
    ...{ clock, feed, waits },
    async post(id, over = {}) {
      const event = { id, source: "event", type: "tick", subject: "", data: {}, depth: 0, isEcho: false } as const;
      await feed.store.store({ ...event, receivedAtMs: clock.nowMs(), ...over });
    },
    async first(over = {}, signal = forEver.signal) {
      const event = await waits.first({ type: "tick", isWished: () => true, afterSequence: 0, untilMs: null, ...over }, signal);
      return event && event.id;
    },
  };
}

async function turns(count = 20): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
}

test("end with the first event behind their place that is wished, whether it was there or comes", async () => {
  const { post, first, waits } = world();
  await post("a");
  await post("b", { subject: "ada" });
  await post("c", { subject: "ada" });
  const about = (subject: string) => ({ isWished: (event: StoredEvent) => event.subject === subject });
  assert.equal(await first(about("ada")), "b");
  assert.equal(await first({ ...about("ada"), afterSequence: 2 }), "c");
  assert.equal(await first({ type: "t*k" }), "a");
  const place = await waits.begin(new AbortController().signal);
  const later = first({ afterSequence: place });
  await turns();
  await post("d", { type: "tock" });
  await post("e");
  assert.equal(await later, "e");
});

test("of a thousand share one follower and one reading, and leave none behind when they have ended", async () => {
  const { feed, post, first } = world();
  await post("old");
  const all = Array.from({ length: 1_000 }, (_, n) =>
    first({ type: `type${n % 10}`, isWished: ({ subject }) => subject === String(n), afterSequence: n % 2 }),
  );
  await turns();
  assert.deepEqual([feed.reads, feed.followers], [1, 1]);
  for (let n = 0; n < 1_000; n += 1) await post(`e${n}`, { type: `type${n % 10}`, subject: String(n) });
  assert.deepEqual(
    await Promise.all(all),
    Array.from({ length: 1_000 }, (_, n) => `e${n}`),
  );
  await turns();
  assert.equal(feed.followers, 0);
});

test("of a thousand that begin at once ask twice where they begin, and none is told a place from before it asked", async () => {
  const { feed, post, waits } = world();
  let asked = 0;
  const position = feed.position.bind(feed);
  feed.position = async () => {
    asked += 1;
    const place = await position();
    await turns(3);
    return place;
  };
  const { signal } = new AbortController();
  const early = waits.begin(signal);
  await post("a");
  const all = Array.from({ length: 1_000 }, () => waits.begin(signal));
  assert.deepEqual([await early, new Set(await Promise.all(all)), asked], [0, new Set([1]), 2]);
  await post("b");
  assert.equal(await waits.begin(signal), 2);
});

test("miss nothing that comes while they begin, and are given nothing twice", async () => {
  const { feed, post, waits } = world();
  const { signal } = new AbortController();
  const seen: string[] = [];
  /** Goes from one event to the next, as a flow does that waits in a loop. */
  const walk = async (steps: number): Promise<void> => {
    for (let after = 0; after < steps;) {
      const event = await waits.first({ type: "tick", isWished: () => true, afterSequence: after, untilMs: null }, signal);
      after = Number(event?.id);
      seen.push(String(event?.id));
    }
  };
  const walks = [walk(200), walk(200)];
  for (let n = 1; n <= 200; n += 1) {
    await post(String(n));
    if (n % 7 === 0) await turns(n % 5);
  }
  await Promise.all(walks);
  const wanted = Array.from({ length: 200 }, (_, n) => [String(n + 1), String(n + 1)]).flat();
  assert.deepEqual(
    seen.map(Number).toSorted((a, b) => a - b),
    wanted.map(Number),
  );
  await turns();
  assert.equal(feed.followers, 0);
});

test("end with nothing when their time has passed, but not before what was stored in time is looked at", async () => {
  const { clock, post, first } = world();
  const untilMs = clock.nowMs() + 1_000;
  const nothing = first({ untilMs });
  await turns();
  await clock.advance(999);
  await post("late", { receivedAtMs: untilMs + 1 });
  await clock.advance(10);
  assert.equal(await nothing, null);
  await post("in time", { receivedAtMs: untilMs });
  await clock.advance(60_000);
  // As after a restart: the time is long past, and the event came while nobody was there.
  assert.equal(await first({ untilMs }), "in time");
  assert.equal(await first({ untilMs, type: "tock" }), null);
});

test("end with what was stored in time behind a reading that had seen all before", async () => {
  const { clock, feed, post, first } = world();
  const gate = Promise.withResolvers<void>();
  feed.gate = gate.promise;
  const waiting = first({ untilMs: clock.nowMs() + 1_000 });
  await turns();
  await post("in time");
  await clock.advance(2_000);
  gate.resolve();
  assert.equal(await waiting, "in time");
});

test("outlast a broker that is away, also beyond their time", async () => {
  const { clock, feed, post, first } = world();
  feed.fault = new LongarmError("broker_unavailable");
  const untilMs = clock.nowMs() + 1_000;
  const waiting = first({ untilMs });
  const ended: unknown[] = [];
  void waiting.then((end) => ended.push(end));
  await post("a");
  await clock.advance(5_000);
  assert.deepEqual(ended, []);
  feed.fault = undefined;
  await clock.advance(1_000);
  assert.equal(await waiting, "a");
});

test("end when they are cancelled, with the reason, and look at nothing any more", async () => {
  const { clock, feed, first } = world();
  const cancelling = new AbortController();
  const [one, other] = [first({}, cancelling.signal), first({ type: "tock" }, cancelling.signal)];
  await turns();
  cancelling.abort(new LongarmError("cancelled"));
  for (const wait of [one, other, first({}, cancelling.signal)]) await assert.rejects(wait, { code: "cancelled" });
  feed.fault = new LongarmError("broker_unavailable");
  const whileAway = new AbortController();
  const unread = first({}, whileAway.signal);
  await turns();
  whileAway.abort(new LongarmError("cancelled"));
  await assert.rejects(unread, { code: "cancelled" });
  feed.fault = undefined;
  await clock.advance(5_000);
  assert.equal(feed.followers, 0);
});

/** Numbers from 0 to below `most`, the same for a seed. */
function drawsOf(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

/** The same feed with late answers and faults, over which time flies. */
function troubled(feed: MemoryEventStore, below: (most: number) => number): EventFeed {
  const trouble = async (): Promise<void> => {
    await turns(below(4));
    if (below(8) === 0) throw new LongarmError("broker_unavailable");
  };
  return {
    async position() {
      await trouble();
      const place = await feed.position();
      await turns(below(3));
      return place;
    },
    async *read(after) {
      await trouble();
      for await (const events of feed.read(after)) {
        yield events;
        if (below(6) === 0) await trouble();
      }
      await turns(below(3) === 0 ? 30 : 0);
    },
    async *follow(after, signal) {
      await trouble();
      for await (const events of feed.follow(after, signal)) {
        await turns(below(2));
        const some = events.slice(0, 1 + below(3));
        yield some;
        if (some.length < events.length || below(12) === 0) return;
      }
    },
  };
}

test("give each the first event that is wished, whatever is late, fails or is cancelled meanwhile", async () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const below = drawsOf(seed);
    const store = new MemoryEventStore();
    const clock = { nowMs: () => 0, monotonicMs: () => 0, sleep: () => turns(1 + below(5)) };
    const waits = new IndexedEventWaits({ feed: troubled(store, below), clock, logger: silentLogger });
    const posted: string[] = [];
    const post = async (): Promise<void> => {
      const [id, type] = [String(posted.length + 1), `t${below(12)}`];
      posted.push(type);
      await store.store({ id, source: "event", type, subject: "", data: {}, depth: 0, isEcho: false, receivedAtMs: 0 });
    };
    const walk = async (type: string): Promise<void> => {
      let after = below(4) === 0 ? below(1 + posted.length) : posted.length;
      for (let step = 0; step < 4; step += 1) {
        const giveUp = new AbortController();
        const waiting = waits.first({ type, isWished: () => true, afterSequence: after, untilMs: null }, giveUp.signal);
        if (below(5) === 0) {
          await turns(below(20));
          giveUp.abort(new LongarmError("cancelled"));
        }
        const found = await waiting.catch(() => undefined);
        if (!found) continue;
        const first = posted.findIndex((one, at) => at >= after && (type === "t*" || one === type)) + 1;
        assert.equal(Number(found.id), first, `seed ${seed}: ${type} behind ${after}`);
        after = below(2) === 0 ? Number(found.id) : posted.length;
      }
    };
    let walking = 0;
    for (let beat = 0; beat < 150 || walking > 0; beat += 1) {
      if (beat < 150 && below(3) === 0) {
        walking += 1;
        void walk(`t${below(20) === 0 ? "*" : below(12)}`).finally(() => (walking -= 1));
      }
      await post();
      await turns(2 + below(10));
      assert.ok(beat < 5_000, `seed ${seed}: ${walking} still wait`);
    }
  }
});

test("go on in a store that was made anew, from where that one stands", async () => {
  const { post, first } = world();
  await post("a");
  const waiting = first({ afterSequence: 5_000 });
  await turns();
  await post("b");
  assert.equal(await waiting, "b");
});

test.run();
