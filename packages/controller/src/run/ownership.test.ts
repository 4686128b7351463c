import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo, LookupFunction } from "node:net";
import { newId, systemClock, type LogEntry } from "@longarm/shared";
import { createRestExecutor, type RestRequest } from "@longarm/shared/rest";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { suite } from "../../../../test/support/suite.ts";
import { carryOn, fail, respond, withCarrying, type Carrying } from "./carrying.fixture.ts";
import { leasedExecutor } from "./call/leased-executor.ts";
import { OwnerLease } from "./owner-lease.ts";
import { RunCarrier } from "./run-carrier.ts";

const test = suite("who owns a run");

const never = new AbortController().signal;

/** A target under a name that must be looked up; counts what arrives. */
async function withTarget(body: (baseUrl: string, arrived: () => number) => Promise<void>): Promise<void> {
  let count = 0;
  const server = createServer((_request, response) => {
    count += 1;
    response.end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await body(`http://org.test:${(server.address() as AddressInfo).port}`, () => count);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

function createAt(baseUrl: string): RestRequest {
  return {
    ...{ runId: newId("run"), callId: newId("call"), attempt: 1, effect: "create", method: "POST", baseUrl, path: "/things", query: [] },
    ...{ headers: {}, body: new TextEncoder().encode("{}"), auth: { scheme: "none" }, timeoutMs: 10_000, maxResponseBytes: 1_000 },
  };
}

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

test("sends nothing when its lease ran out while its connection was being made", () =>
  withTarget(async (baseUrl, arrived) => {
    const clock = new ManualClock();
    const lease = new OwnerLease({ clock });
    lease.renewed(clock.monotonicMs());
    const lookUp = async (done: Parameters<LookupFunction>[2]): Promise<void> => {
      await clock.advance(8_000);
      done(null, [{ address: "127.0.0.1", family: 4 }]);
    };
    const lookup: LookupFunction = (_host, _options, done) => void lookUp(done);
    const executor = createRestExecutor({ clock: systemClock, lookup });
    try {
      const answer = await leasedExecutor(executor, { lease, term: lease.term() as number, clock, onLook: () => undefined }).send(
        createAt(baseUrl),
        never,
      );
      assert.equal(answer.kind, "failure");
      assert.deepEqual([answer.kind === "failure" && [answer.delivery, answer.error.code], arrived()], [["not_sent", "overtaken"], 0]);
    } finally {
      await executor.close();
    }
  }));

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
