import { deepEqual, equal, ok } from "node:assert/strict";
import { type HookState, newId, type OpenLook, Secret } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { suite } from "../../../../test/support/suite.ts";
import type { LookEnd } from "../decide/hooks/look.ts";
import { newHookState } from "../decide/hooks/state.ts";
import { HookTally } from "../hooks/hook-tally.ts";
import { MemoryDefinitionStore } from "../memory/memory-definition-store.ts";
import { webhookCodec, webhookStateCodec } from "../ports/definition-codec.ts";
import { reconcileHooks } from "./reconciler.ts";

const test = suite("the reconciler of hooks");

type Look = (look: OpenLook, signal: AbortSignal) => Promise<LookEnd>;

interface World {
  readonly clock: ManualClock;
  readonly looks: OpenLook[];
  /** Starts a controller; resolves once it has stopped. */
  start(look: Look): () => Promise<void>;
  state(): Promise<HookState | undefined>;
}

async function withHook(body: (world: World) => Promise<void>): Promise<void> {
  const clock = new ManualClock(100_000_000);
  const webhooks = { definitions: new MemoryDefinitionStore(webhookCodec), states: new MemoryDefinitionStore(webhookStateCodec) };
  const secrets = [{ id: "a", secret: new Secret("lwh_a"), madeAtMs: 0 }];
  await webhooks.definitions.put("acme", { name: "acme", secrets, reconcileEveryMs: 60_000, madeAtMs: clock.nowMs() });
  await webhooks.states.put("acme", newHookState("acme", clock.nowMs()));
  const looks: OpenLook[] = [];
  const stops: (() => Promise<void>)[] = [];
  const start: World["start"] = (look) => {
    const stopping = new AbortController();
    const tally = new HookTally({ states: webhooks.states, meter: { count: () => undefined }, clock, logger: silentLogger });
    const ended = reconcileHooks(
      {
        ...{ webhooks, tally, controllerId: newId("controller"), clock, logger: silentLogger },
        look: (at, signal) => {
          looks.push(at.look);
          return look(at.look, signal);
        },
      },
      stopping.signal,
    );
    const stop = async (): Promise<void> => {
      stopping.abort(new Error("It stops."));
      await ended;
      await tally.close();
    };
    stops.push(stop);
    return stop;
  };
  try {
    await body({ clock, looks, start, state: async () => (await webhooks.states.get("acme"))?.value });
  } finally {
    await Promise.all(stops.map((stop) => stop()));
  }
}

const found =
  (missed: number): Look =>
  async () => ({ missed, note: null });
const never: Look = (_look, signal) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });

test("looks once in each of its times, however many controllers there are, and counts what was missing", () =>
  withHook(async ({ clock, looks, start, state }) => {
    for (const missed of [2, 2, 2]) start(found(missed));
    await clock.advance(59_000);
    equal(looks.length, 0);
    await clock.advance(70_000);
    deepEqual(
      looks.map(({ number }) => number),
      [1, 2],
    );
    const { counts, lastGap } = (await state()) ?? {};
    deepEqual([counts?.missed, lastGap?.missed], [4, 2]);
  }));

test("goes on with the look of a controller that fell silent, over the same time", () =>
  withHook(async ({ clock, looks, start, state }) => {
    const stuck = Promise.withResolvers<LookEnd>();
    start(() => stuck.promise);
    await clock.advance(70_000);
    start(found(1));
    // It renews its look, so that nobody takes it.
    await clock.advance(60_000);
    equal(looks.length, 1);
    stuck.resolve({ missed: 0, note: null });
    await clock.advance(2_000);
    equal((await state())?.open, null);
  }));

test("gives up what it has under way when it stops, and the next controller goes on at once", () =>
  withHook(async ({ clock, looks, start, state }) => {
    const stop = start(never);
    await clock.advance(70_000);
    equal(looks.length, 1);
    await stop();
    start(found(3));
    await clock.advance(3_000);
    deepEqual([looks[1]?.number, looks[1]?.untilMs], [1, looks[0]?.untilMs]);
    equal((await state())?.lastGap?.missed, 3);
  }));

test("tries the same time again when the log could not be read, and says why", () =>
  withHook(async ({ clock, looks, start, state }) => {
    let isAway = true;
    start(async () => (isAway ? { problem: "The org is away." } : { missed: 1, note: null }));
    await clock.advance(62_000);
    const before = await state();
    deepEqual([before?.lastLook?.problem, before?.reconciledMs], ["The org is away.", 100_000_000]);
    isAway = false;
    await clock.advance(62_000);
    ok(looks[1]?.sinceMs === looks[0]?.sinceMs);
    equal((await state())?.lastLook?.problem, null);
  }));

test.run();
