import assert from "node:assert/strict";
import { suite } from "../../support/suite.ts";
import { chanceOf } from "../chance.ts";
import { nowhere, outageRuns, planOutageLoad } from "./outage-load.ts";

const test = suite("what is under way when the broker goes");

const wish = { name: "t", group: "00g1", connections: ["home", "site"], goneMs: 20_000, backMs: 320_000, from: 100 };
const load = planOutageLoad(chanceOf(1), wish);

test("is calls of every class that begin about the cut, each with an object of its own", () => {
  const calls = load.filter(({ body }) => body.connection !== nowhere);
  assert.ok(calls.every(({ atMs }) => atMs >= 19_500 && atMs <= 20_200));
  assert.equal(new Set(calls.map(({ effect }) => effect)).size, 4);
  assert.deepEqual([load.length, new Set(load.map(({ key }) => key)).size, load[0]?.index], [outageRuns, outageRuns, 100]);
});

test("is runs that wait, of which half have to end while it is away and half when it is back", () => {
  const waiting = load.filter(({ body }) => body.connection === nowhere);
  const endMs = waiting.map(({ atMs, body }) => atMs + Number(body.deadline?.replace("ms", "")));
  const [away, back] = [endMs.filter((ms) => ms > 21_000 && ms < 319_000), endMs.filter((ms) => ms > 321_000)];
  assert.deepEqual([away.length, back.length], [10, 10]);
});

test.run();
