import assert from "node:assert/strict";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { suite } from "../../../../test/support/suite.ts";
import { OwnerLease } from "./owner-lease.ts";

const test = suite("the lease of an owner");
const never = new AbortController().signal;

function lease() {
  const clock = new ManualClock();
  return { clock, lease: new OwnerLease({ clock }) };
}

test("holds for a second less than others wait, from when its renewal was asked for", async () => {
  const { clock, lease: own } = lease();
  assert.equal(own.term(), undefined);
  const askedMs = clock.monotonicMs();
  await clock.advance(1_000);
  own.renewed(askedMs);
  await clock.advance(3_999);
  assert.equal(own.term(), 1);
  await clock.advance(1);
  assert.equal(own.term(), undefined);
});

test("keeps its term while renewals follow each other, and begins another after a gap", async () => {
  const { clock, lease: own } = lease();
  for (const afterMs of [0, 2_000, 4_900]) {
    await clock.advance(afterMs);
    own.renewed(clock.monotonicMs());
  }
  assert.equal(own.term(), 1);
  await clock.advance(5_000);
  own.renewed(clock.monotonicMs());
  assert.equal(own.term(), 2);
});

test("is waited for until it is renewed, or the wait is ended", async () => {
  const { clock, lease: own } = lease();
  const held = own.held(never);
  own.renewed(clock.monotonicMs() - 5_000);
  own.renewed(clock.monotonicMs());
  assert.equal(await held, 2);
  await clock.advance(5_000);
  const stop = new AbortController();
  const waiting = own.held(stop.signal);
  stop.abort(new Error("stopped"));
  await assert.rejects(waiting, { message: "stopped" });
});

test.run();
