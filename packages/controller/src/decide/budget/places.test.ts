import assert from "node:assert/strict";
import { suite } from "../../../../../test/support/suite.ts";
import { foldSqueeze, nextPlaceMs, placesFor, placesNow, squeezed } from "./places.ts";

const test = suite("the places among a target's open requests");

const terms = { maxShare: 0.8, interactiveReserve: 0.2, concurrency: 20 };

test("are as many as the connection says until the target refuses a request for being one too many", () => {
  assert.equal(placesNow(null, terms, 0), 20);
  assert.equal(nextPlaceMs(null, terms, 0), null);
});

test("are halved by a refusal, once for all refusals of one moment, and never below one", () => {
  const first = squeezed(null, terms, 1_000);
  assert.equal(first.places, 10);
  assert.equal(squeezed(first, terms, 1_900), first);
  let last = first;
  for (let nowMs = 2_100; nowMs < 20_000; nowMs += 1_100) last = squeezed(last, terms, nowMs);
  assert.equal(last.places, 1);
});

test("come back a tenth every two seconds, and no more than there were", () => {
  const squeeze = { places: 5, atMs: 0 };
  assert.deepEqual(
    [0, 1_999, 2_000, 4_000, 14_000, 60_000].map((nowMs) => placesNow(squeeze, terms, nowMs)),
    [5, 5, 7, 9, 19, 20],
  );
  assert.equal(nextPlaceMs(squeeze, terms, 2_500), 4_000);
  assert.equal(nextPlaceMs(squeeze, terms, 60_000), null);
});

test("are left in part by bulk for whoever is in a hurry", () => {
  assert.deepEqual([placesFor("interactive", 20, terms), placesFor("standard", 20, terms), placesFor("bulk", 20, terms)], [20, 20, 16]);
  assert.equal(placesFor("bulk", 1, terms), 1);
});

test("are known alike by all controllers, and an echo of one's own word changes nothing", () => {
  const own = { places: 8, atMs: 10_000 };
  assert.deepEqual(foldSqueeze(own, { places: 8, atMs: 10_030 }), own);
  assert.deepEqual(foldSqueeze(own, { places: 6, atMs: 10_030 }), { places: 6, atMs: 10_000 });
  assert.deepEqual(foldSqueeze(own, { places: 12, atMs: 15_000 }), { places: 12, atMs: 15_000 });
  assert.deepEqual(foldSqueeze(own, { places: 2, atMs: 5_000 }), own);
  assert.deepEqual(foldSqueeze(null, own), own);
});

test.run();
