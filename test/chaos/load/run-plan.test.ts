import assert from "node:assert/strict";
import { suite } from "../../support/suite.ts";
import { chanceOf } from "../chance.ts";
import { planLoad, planReadsAbout } from "./run-plan.ts";

const test = suite("the load of a chaos run");

const wish = { runs: 500, overMs: 40_000, name: "t", group: "00g1", connections: ["home", "site"] };
const load = planLoad(chanceOf(1), wish);

test("is the same for the same seed and another one for another seed", () => {
  assert.deepEqual(planLoad(chanceOf(1), wish), load);
  assert.notDeepEqual(planLoad(chanceOf(2), wish), load);
});

test("mixes every effect class, lane and connection", () => {
  const distinct = (values: readonly string[]): number => new Set(values).size;
  assert.equal(distinct(load.map(({ effect }) => effect)), 4);
  assert.equal(distinct(load.map(({ body }) => body.lane)), 3);
  assert.equal(distinct(load.map(({ body }) => body.connection)), 2);
  assert.equal(distinct(load.map(({ body }) => body.action)), 12);
});

test("gives every run a key and an object of its own", () => {
  assert.equal(new Set(load.map(({ key }) => key)).size, wish.runs);
  const objects = load.flatMap(({ expected }) => (expected ? [JSON.stringify(expected.of)] : []));
  assert.equal(new Set(objects).size, objects.length);
});

test("lasts as long as it is to last", () => {
  assert.ok(load.every(({ atMs }) => atMs >= 0 && atMs <= wish.overMs));
  assert.ok(Math.max(...load.map(({ atMs }) => atMs)) > wish.overMs * 0.9);
});

test("cancels a few runs, and gives a few a deadline", () => {
  const share = (of: (plan: (typeof load)[number]) => unknown): number =>
    load.filter((plan) => of(plan) !== undefined).length / load.length;
  for (const part of [share(({ cancelAfterMs }) => cancelAfterMs), share(({ body }) => body.deadline)])
    assert.ok(part > 0.01 && part < 0.08, String(part));
});

test("has reads under way about each moment that is asked for, through one connection and under keys of their own", () => {
  const reads = planReadsAbout([5_000, 90_000], { name: "t", group: "00g1", connection: "site", from: wish.runs });
  for (const momentMs of [5_000, 90_000]) {
    const before = reads.filter(({ atMs }) => atMs > momentMs - 200 && atMs <= momentMs);
    assert.ok(before.length >= 8);
  }
  assert.ok(reads.every(({ effect, body }) => effect === "read" && body.connection === "site"));
  assert.equal(new Set([...load, ...reads].map(({ key }) => key)).size, load.length + reads.length);
});

test.run();
