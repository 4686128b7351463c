import assert from "node:assert/strict";
import { suite } from "../../../test/support/suite.ts";
import { systemClock } from "./clock.ts";

const test = suite("the machine's clock");

test("a sleep of months does not end at once", async () => {
  const waking = new AbortController();
  const slept = systemClock.sleep(100 * 86_400_000, waking.signal).then(
    () => "slept",
    () => "woken",
  );
  await systemClock.sleep(5);
  waking.abort();
  assert.equal(await slept, "woken");
});

test("a sleep that is aborted rejects with the reason of the signal", async () => {
  const reason = new Error("enough");
  await assert.rejects(systemClock.sleep(1_000, AbortSignal.abort(reason)), reason);
});

test.run();
