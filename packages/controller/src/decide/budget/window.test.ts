import assert from "node:assert/strict";
import { suite } from "../../../../../test/support/suite.ts";
import { foldWindow, readWindow, refusalPauseMs, type LimitWindow } from "./window.ts";

const test = suite("the window of a target's limit");

const at = { nowMs: 1_000, unixMs: 900_000_000_000 };
const window: LimitWindow = { limit: 600, used: 10, reset: 100_060, endsMs: 61_000 };

test("ends so long after the answer as its reset lies after its own date, whatever our clock says", () => {
  const said = readWindow({ limit: 600, remaining: 590, reset: 100_060, date: 100_000 }, at);
  assert.deepEqual(said, window);
});

test("is counted from our clock where the answer has no date", () => {
  const said = readWindow({ limit: 600, remaining: 590, reset: 900_000_030, date: null }, at);
  assert.equal(said?.endsMs, 31_000);
});

test("is not read from an answer that says nothing, or that speaks of requests at once", () => {
  assert.equal(readWindow(null, at), null);
  assert.equal(readWindow({ limit: 0, remaining: 0, reset: 100_060, date: 100_000 }, at), null);
});

test("keeps the highest count and the earliest end of what is said of it", () => {
  assert.deepEqual(foldWindow(window, { ...window, used: 12, endsMs: 61_700 }, 2_000), { ...window, used: 12 });
  assert.deepEqual(foldWindow(window, { ...window, used: 3, endsMs: 60_400 }, 2_000), { ...window, endsMs: 60_400 });
});

test("is the same one when the reset moves by a second", () => {
  assert.deepEqual(foldWindow(window, { ...window, reset: 100_061, used: 11 }, 2_000), { ...window, used: 11 });
});

test("gives way to a later one, and to no earlier one", () => {
  const later: LimitWindow = { limit: 500, used: 1, reset: 100_120, endsMs: 121_000 };
  assert.deepEqual(foldWindow(window, later, 61_500), later);
  assert.deepEqual(foldWindow(later, window, 61_500), later);
});

test("lasts on while the target counts in it although its end has come here", () => {
  assert.equal(foldWindow(window, { ...window, used: 11, endsMs: 61_000 }, 61_200).endsMs, 62_200);
});

test("that is spent is waited for as long as the target says, and for a minute where it says nothing", () => {
  assert.equal(refusalPauseMs(20_000, null), 20_000);
  assert.equal(refusalPauseMs(null, 2), 2_000);
  assert.equal(refusalPauseMs(20_000, 30), 30_000);
  assert.equal(refusalPauseMs(null, undefined), 60_000);
});

test.run();
