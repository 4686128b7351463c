import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { shownPace, shownProgress } from "./pace.ts";

const test = suite("how a run's pace is shown");

const progress = { pages: 60, items: 12_000, itemsPerSecond: 3_412.4, budgetWaitMs: 0, expectedItems: null, endsInMs: null };

test("tells what is known, and nothing else", () => {
  assert.equal(shownPace({ itemsPerSecond: null, endsInMs: null }), "");
  assert.equal(shownPace({ itemsPerSecond: 2.5, endsInMs: 4_000 }), "2.5 a second, 4000 ms left");
  assert.equal(shownProgress(progress), "12,000 in 60 pages, 3,412 a second");
});

test("tells of how many, when it ends, and what the rate limits have cost", () => {
  const known = { ...progress, expectedItems: 20_000, endsInMs: 61_000, budgetWaitMs: 12_000 };
  assert.equal(shownProgress(known), "12,000 of 20,000 in 60 pages, 3,412 a second, 1m1s left, waited 12s for the rate limits");
});

test.run();
