import assert from "node:assert/strict";
import { LongarmError, type LogEntry } from "@longarm/shared";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { MemoryBlobStore } from "../../memory/memory-blob-store.ts";
import { MemoryRunHistory } from "../../memory/memory-run-history.ts";
import type { BlobStore } from "../../ports/blob-store.ts";
import { carryOn, fail, page, respond, type Carrying, withCarrying } from "../carrying.fixture.ts";
import { LaneSlots } from "../place/lane-slots.ts";
import { Runs } from "./runs.ts";

const test = suite("runs as people see and cancel them");

const never = new AbortController().signal;

function runsOf({ deps, ended }: Carrying, blobs: BlobStore = deps.blobs): Runs {
  return new Runs({ ...deps, ended, blobs, history: new MemoryRunHistory(), keepKeysMs: 60_000 });
}

function kinds(records: readonly (readonly LogEntry[])[]): readonly string[] {
  return records.flat().map(({ kind }) => kind);
}

test("a run that is cancelled while it queues has ended at once and is never carried", () =>
  withCarrying(async (world) => {
    const run = await world.submit("test.thing.create");
    const cancelled = await runsOf(world).cancel(run, "ada");
    assert.deepEqual([cancelled.status, cancelled.error?.code], ["cancelled", "cancelled"]);
    const stored = await world.log.read(run);
    assert.ok(stored);
    assert.equal(await world.carrier().claimNew({ submission: stored.submission, position: stored.position }), undefined);
    assert.deepEqual(kinds(await world.records(run)), ["cancelRequested", "completed"]);
    assert.deepEqual(world.sent, []);
  }));

test("two cancellations at once, of a run that is carried, are one record", () =>
  withCarrying(async (world) => {
    const run = await world.submit("test.thing.read");
    const stored = await world.log.read(run);
    assert.ok(stored && (await world.carrier().claimNew(stored)));
    const runs = runsOf(world);
    await Promise.all([runs.cancel(run, "ada"), runs.cancel(run, "bob")]);
    assert.deepEqual(kinds(await world.records(run)), ["claimed", "cancelRequested"]);
  }));

test("a run whose output cannot be read is shown all the same, with the fault named", () =>
  withCarrying(async (world) => {
    world.answer = async () => respond(200, { id: "x".repeat(100_000) });
    const run = await world.carry("test.thing.create");
    const whole = await runsOf(world).get(run);
    assert.deepEqual([whole.status, whole.error], ["succeeded", null]);
    const shown = await runsOf(world, new MemoryBlobStore()).get(run);
    assert.deepEqual([shown.status, shown.output, shown.error?.code, shown.callCount], ["succeeded", null, "sealed_record_rejected", 1]);
  }));

test("a run whose log does not open is said to be so, by its id", () =>
  withCarrying(async (world) => {
    const run = await world.carry("test.thing.read");
    world.log.read = () => Promise.reject(new LongarmError("sealed_record_rejected", "Record 3 does not open."));
    const said = await runsOf(world)
      .get(run)
      .then(() => assert.fail(), LongarmError.from);
    assert.deepEqual([said.code, said.message.includes(run), said.details["run"]], ["sealed_record_rejected", true, run]);
  }));

test("a stream whose links lead in a circle fails, without another attempt", () =>
  withCarrying(async (world) => {
    world.pages = async function* () {
      yield page(["1"], "again");
      yield fail("unknown", "unexpected_response");
    };
    const run = await world.submit("test.thing.stream", {});
    await carryOn(world.carrier(), world.log, run);
    const shown = await runsOf(world).get(run);
    assert.deepEqual([shown.status, shown.error?.code, shown.progress?.items, world.sent.length], ["failed", "unexpected_response", 1, 1]);
  }));

for (const depth of [101, 100_000]) {
  test(`an answer that is nested ${depth} levels deep ends the run with that as its error`, () =>
    withCarrying(async (world) => {
      const item = `${"[".repeat(depth)}${"]".repeat(depth)}`;
      world.pages = async function* () {
        yield { ...page([], null), body: Buffer.from(`[{"id":${item}}]`) };
      };
      const answered = respond(200, {});
      const body = (async function* () {
        yield Buffer.from(`{"id":${item}}`);
      })();
      world.answer = async () => ({ ...answered, body });
      for (const name of depth > 1_000 ? ["test.thing.stream", "test.thing.echo"] : ["test.thing.echo"]) {
        const run = await world.carry(name, name.endsWith("stream") ? {} : { name: "ada" });
        const shown = await runsOf(world).get(run);
        assert.deepEqual([name, shown.status, shown.error?.code], [name, "failed", "unexpected_response"]);
      }
    }));
}

test("a submission is shown as the log shows it, without being read", () =>
  withCarrying(async (world) => {
    const runs = runsOf(world);
    const { run, created } = await runs.submit({ action: "test.thing.read", input: { name: "ada" }, lane: "standard", principal: "ada" });
    assert.deepEqual([{ ...run, queuedMs: 0 }, created], [{ ...(await runs.get(run.id)), queuedMs: 0 }, true]);
  }));

test("a run that ended between the last look and the wait for its end is not waited for", () =>
  withCarrying(async (world) => {
    const runs = runsOf(world);
    const run = await world.submit("test.thing.read");
    const seen = await runs.get(run);
    await carryOn(world.carrier(), world.log, run);
    assert.deepEqual([seen.status, (await runs.wait(seen, never)).status], ["queued", "succeeded"]);
  }, new ManualClock()));

test("whoever waits for a run that is carried here is told what its log says, without its being read", () =>
  withCarrying(async (world) => {
    const runs = runsOf(world);
    for (const name of ["test.thing.read", "test.thing.create"]) {
      const run = await world.submit(name);
      world.answer = async () => {
        // The log's word of it may come first.
        world.deps.signals.tellOfLog(run, "finished");
        return respond(200, { id: "x".repeat(100_000) });
      };
      const [seen, { log }] = [await runs.get(run), world];
      const claimed = await world.carrier().claimNew((await log.read(run)) ?? assert.fail());
      const reads: string[] = [];
      const { read } = log;
      log.read = (id) => (reads.push(id), read.call(log, id));
      const waiting = runs.wait(seen, never);
      await world.carrier().carry(claimed ?? assert.fail());
      const told = await waiting;
      assert.deepEqual(reads, []);
      assert.deepEqual({ ...told, runningMs: 0 }, { ...(await runs.get(run)), runningMs: 0 });
      log.read = read;
    }
  }, new ManualClock()));

test("a wait ends with the run, and before it when nobody waits any more", () =>
  withCarrying(async (world) => {
    const runs = runsOf(world);
    const run = await world.submit("test.thing.read");
    const seen = await runs.get(run);
    const gone = new AbortController();
    const [waited, left] = [runs.wait(seen, never), runs.wait(seen, gone.signal)];
    gone.abort();
    assert.equal((await left).status, "queued");
    await carryOn(world.carrier(), world.log, run);
    assert.equal((await waited).status, "succeeded");
  }, new ManualClock()));

test("rescued runs go over their lane's limit, by as many as the limit", () => {
  const slots = new LaneSlots({ interactive: 1, standard: 2, bulk: 1 });
  let rescued = 0;
  for (; slots.mayRescue("standard"); rescued += 1) slots.take("standard");
  assert.deepEqual([rescued, slots.mayRescue("bulk")], [4, true]);
  slots.release("standard");
  assert(slots.mayRescue("standard"));
});

test("only a finished run can be removed, and then nobody knows it but by what is kept", () =>
  withCarrying(async (world) => {
    const runs = runsOf(world);
    const run = await world.submit("test.thing.read");
    const refusal = await runs.remove(run, "ada").catch(LongarmError.from);
    assert.deepEqual(
      [refusal?.code, /^run_.* is queued; .*longarm runs cancel run_/.test(refusal?.message ?? "")],
      ["invalid_state", true],
    );
    await runs.cancel(run, "ada");
    await runs.remove(run, "ada");
    for (const ask of [
      () => runs.get(run),
      () => runs.log(run),
      () => runs.retry(run, { principal: "ada" }),
      () => runs.remove(run, "ada"),
    ]) {
      const { code, message, details } = await ask().then(() => assert.fail("it is there"), LongarmError.from);
      assert.deepEqual([code, details["runId"], details["status"], details["removedBy"]], ["unknown_run", run, "cancelled", "ada"]);
      assert.match(message, /was removed at 20.* by ada; it had ended as cancelled at 20/);
    }
  }));

test("the key of a removed run is answered with what is known of it", () =>
  withCarrying(async (world) => {
    const runs = runsOf(world);
    const request = {
      action: "test.thing.create",
      input: { name: "ada" },
      lane: "standard",
      idempotencyKey: "k",
      principal: "ada",
    } as const;
    const { run } = await runs.submit(request);
    await carryOn(world.carrier(), world.log, run.id);
    const done = await runs.get(run.id);
    await runs.remove(run.id, "ada");
    const again = await runs.submit(request);
    assert.deepEqual([again.created, again.run.id, again.run.status, again.run.endedAt], [false, run.id, "succeeded", done.endedAt]);
    assert.deepEqual([typeof again.run.removedAt, again.run.output, world.sent.length], ["string", null, 1]);
  }));

test("a run nobody knows is named so", () =>
  withCarrying(async (world) => {
    const run = await world.submit("test.thing.read");
    const other = `run_${run.slice(4, -1)}${run.endsWith("0") ? "1" : "0"}` as typeof run;
    await assert.rejects(runsOf(world).cancel(other, "ada"), (reason) => LongarmError.from(reason).code === "unknown_run");
  }));

test.run();
