import assert from "node:assert/strict";
import { LongarmError, type ErrorCode } from "@longarm/shared";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { throughOutages } from "./outage.ts";

const test = suite("outages of the broker");

/** Work that fails with these one after the other, then succeeds. */
function failing(...reasons: readonly Error[]): () => Promise<string> {
  const left = [...reasons];
  return async () => {
    const reason = left.shift();
    if (reason) throw reason;
    return "stored";
  };
}

for (const code of ["broker_unavailable", "storage_full"] as const satisfies readonly ErrorCode[]) {
  test(`what belongs to an accepted run waits until ${code} is over`, async () => {
    const clock = new ManualClock();
    const work = throughOutages(clock, new AbortController().signal, failing(new LongarmError(code), new LongarmError(code)));
    await clock.advance(1_000);
    assert.equal(await work, "stored");
  });
}

test("whatever the client throws is an outage", async () => {
  const clock = new ManualClock();
  const work = throughOutages(clock, new AbortController().signal, failing(new Error("connection closed")));
  await clock.advance(1_000);
  assert.equal(await work, "stored");
});

test("any other error is thrown at once", async () => {
  const work = throughOutages(new ManualClock(), new AbortController().signal, failing(new LongarmError("sealed_record_rejected")));
  await assert.rejects(work, (reason) => LongarmError.from(reason).code === "sealed_record_rejected");
});

test("an abort ends the wait", async () => {
  const stop = new AbortController();
  const work = throughOutages(new ManualClock(), stop.signal, failing(new LongarmError("broker_unavailable"), new Error("again")));
  stop.abort(new LongarmError("overtaken"));
  await assert.rejects(work, (reason) => LongarmError.from(reason).code === "overtaken");
});

test.run();
