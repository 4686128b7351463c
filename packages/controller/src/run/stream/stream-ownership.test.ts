import assert from "node:assert/strict";
import { newId, type LogEntry, type RunId } from "@longarm/shared";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { carryOn, page, withCarrying, type Carrying } from "../carrying.fixture.ts";
import { OwnerLease } from "../owner-lease.ts";
import { RunCarrier } from "../run-carrier.ts";

const test = suite("who owns a stream");
const never = new AbortController().signal;
const behind = (id: string): string => `https://acme.example/things?after=${id}`;

/** Every item that was kept up to now, in the order in which a reader gets it. */
async function itemsOf({ items }: Carrying, run: RunId): Promise<readonly string[]> {
  const kept: string[] = [];
  const pages = (await items.last(run))?.page?.ordinal ?? -1;
  if (pages < 0) return kept;
  for await (const stored of items.read(run, never)) {
    kept.push(...stored.page.itemIds);
    if (stored.page.ordinal >= pages) break;
  }
  return kept;
}

/** Begins a stream that has kept "a", and goes on with "b" and "c" once `resume` is called; `ended` is when its owner has let go of it. */
async function frozenAfterFirst(world: Carrying) {
  const kept = Promise.withResolvers<void>();
  const frozen = Promise.withResolvers<void>();
  world.pages = async function* () {
    yield page(["a"], behind("a"));
    // The page before is kept by the time that the next one is asked for.
    kept.resolve();
    await frozen.promise;
    yield page(["b"], behind("b"));
    yield page(["c"], null);
  };
  const run = await world.submit("test.thing.stream", {});
  const ended = carryOn(world.carrier(), world.log, run);
  await kept.promise;
  while (((await world.items.last(run))?.page?.ordinal ?? -1) < 0) await new Promise(setImmediate);
  return { run, ended, resume: frozen.resolve };
}

async function takeOver(world: Carrying, run: RunId): Promise<void> {
  const carrier = world.carrier(newId("controller"));
  const claimed = await carrier.claimAbandoned(run, world.deps.controllerId);
  assert.ok(claimed);
  await carrier.carry(claimed);
}

test("keeps no page of a former owner behind the end that its successor wrote", () =>
  withCarrying(async (world) => {
    const { run, ended, resume } = await frozenAfterFirst(world);
    const at = (await world.log.read(run))?.records.at(-1)?.position;
    assert.ok(at);
    const cancel: LogEntry = { kind: "cancelRequested", principal: "p" };
    await world.log.append(run, { at, epoch: 1, entries: [cancel] }, never);
    await takeOver(world, run);
    const last = (await world.records(run)).at(-1)?.at(-1);
    assert.ok(last?.kind === "completed" && last.status === "cancelled");
    const records = (await world.records(run)).length;
    resume();
    await ended;
    assert.deepEqual(await itemsOf(world, run), ["a"]);
    assert.equal((await world.records(run)).length, records);
  }));

test("has every item once when a former owner goes on beside its successor", () =>
  withCarrying(async (world) => {
    const { run, ended, resume } = await frozenAfterFirst(world);
    world.pages = async function* ({ resumeAt }) {
      assert.equal(resumeAt, behind("a"));
      resume();
      await ended;
      yield page(["b"], behind("b"));
      yield page(["c"], null);
    };
    await takeOver(world, run);
    assert.deepEqual(await itemsOf(world, run), ["a", "b", "c"]);
  }));

test("has no fence when it was not taken over", () =>
  withCarrying(async (world) => {
    world.items.fence = () => assert.fail("nobody was to put up a fence");
    world.pages = async function* () {
      yield page(["a"], null);
    };
    const run = await world.carry("test.thing.stream", {});
    assert.deepEqual(await itemsOf(world, run), ["a"]);
  }));

test("keeps no page once its lease has run out, and begins again behind the last one when that holds again", () =>
  withCarrying(async (world) => {
    const clock = new ManualClock();
    const lease = new OwnerLease({ clock });
    lease.renewed(clock.monotonicMs());
    const lapsed = Promise.withResolvers<void>();
    world.pages = async function* ({ resumeAt }) {
      if (resumeAt === undefined) {
        yield page(["a"], behind("a"));
        while (((await world.items.last(run))?.page?.ordinal ?? -1) < 0) await new Promise(setImmediate);
        await clock.advance(5_000);
        yield page(["b"], behind("b"));
        yield page(["c"], behind("c"));
      }
      yield page(["b"], null);
    };
    const run = await world.submit("test.thing.stream", {});
    const append = world.log.append.bind(world.log);
    world.log.append = async (of, put, signal) => {
      if (put.entries.some(({ kind }) => kind === "outcome")) lapsed.resolve();
      return append(of, put, signal);
    };
    const carried = carryOn(new RunCarrier({ ...world.deps, lease }), world.log, run);
    await lapsed.promise;
    assert.deepEqual(await itemsOf(world, run), ["a"]);
    lease.renewed(clock.monotonicMs());
    await carried;
    assert.deepEqual(await itemsOf(world, run), ["a", "b"]);
    assert.deepEqual(world.sent, ["GET /things", `GET ${behind("a")}`]);
  }));

test("ends with the last item that is wanted, though the page behind it waits for its permit", () =>
  withCarrying(async (world) => {
    world.pages = async function* (_, signal) {
      yield page(["a", "b"], behind("b"));
      await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    };
    const run = await world.carry("test.thing.stream", { maxItems: 2 });
    assert.deepEqual(await itemsOf(world, run), ["a", "b"]);
    const end = (await world.records(run)).flat().at(-1);
    assert.equal(end?.kind === "completed" && end.status, "succeeded");
  }));

test.run();
