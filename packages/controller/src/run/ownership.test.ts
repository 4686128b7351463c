import assert from "node:assert/strict";
import { newId, type LogEntry } from "@longarm/shared";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { suite } from "../../../../test/support/suite.ts";
import { carryOn, fail, respond, withCarrying, type Carrying } from "./carrying.fixture.ts";
import { OwnerLease } from "./owner-lease.ts";
import { RunCarrier } from "./run-carrier.ts";

const test = suite("who owns a run");

/** What the log says about attempts, in order. */
function attempts(records: readonly (readonly LogEntry[])[]): string[] {
  return records.flat().flatMap((entry) => {
    if (entry.kind === "intent") return `intent ${entry.attempt}`;
    return entry.kind === "outcome" ? `outcome ${entry.attempt} ${entry.result}` : [];
  });
}

/** Runs `act` as the first intent is stored, before its writer is told. */
function whenIntentIsStored(world: Carrying, act: () => Promise<void>): void {
  const append = world.log.append.bind(world.log);
  let isDone = false;
  world.log.append = async (run, entries, signal) => {
    const result = await append(run, entries, signal);
    if (!isDone && entries.entries.some(({ kind }) => kind === "intent")) {
      isDone = true;
      await act();
    }
    return result;
  };
}

for (const [title, isRenewed] of Object.entries({ "ran out": false, "ran out and was renewed": true })) {
  test(`sends a create under a fresh intent when the lease ${title} while its first was being stored`, () =>
    withCarrying(async (world) => {
      const clock = new ManualClock();
      const lease = new OwnerLease({ clock });
      lease.renewed(clock.monotonicMs());
      const renew = (): void => lease.renewed(clock.monotonicMs());
      whenIntentIsStored(world, async () => {
        await clock.advance(5_000);
        if (isRenewed) renew();
        else world.deps.signals.listen(run, (told) => told === "progress" && renew());
      });
      const run = await world.submit("test.thing.create");
      await carryOn(new RunCarrier({ ...world.deps, lease }), world.log, run);
      assert.deepEqual(attempts(await world.records(run)), ["intent 1", "outcome 1 not_sent", "intent 2", "outcome 2 response"]);
      assert.deepEqual(world.sent, ["POST /things"]);
    }));
}

test("is carried on by another controller when its last attempt at a read was broken off by a stop", () =>
  withCarrying(async (world) => {
    const open = Promise.withResolvers<void>();
    const local = {
      ...world.deps.local,
      send: (_: unknown, signal: AbortSignal) => {
        open.resolve();
        return new Promise<ReturnType<typeof fail>>((resolve) => {
          signal.addEventListener("abort", () => resolve(fail("unknown", "unexpected_response")), { once: true });
        });
      },
    };
    const run = await world.submit("test.thing.echo");
    const first = new RunCarrier({ ...world.deps, local });
    const carried = carryOn(first, world.log, run);
    await open.promise;
    await first.stop(0);
    await carried;
    world.answer = async () => respond(200, "found");
    const second = world.carrier(newId("controller"));
    const claimed = await second.claimAbandoned(run, world.deps.controllerId);
    assert.ok(claimed);
    await second.carry(claimed);
    const last = (await world.records(run)).flat().at(-1);
    assert.deepEqual([last?.kind, last?.kind === "completed" && last.status], ["completed", "succeeded"]);
  }));

test.run();
