import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { noFreeSlot, noneSentence, orderConditions, stateCondition } from "./place-reasons.ts";

const test = suite("reasons for having no agent");

const hq = "labels.site == 'hq'";

test("count the agents by what they lack", () => {
  const failed = orderConditions(
    new Map([
      [stateCondition("paused"), 1],
      [hq, 2],
      ["facts.load < 0.5", 0],
    ]),
  );
  assert.equal(noneSentence(3, failed), `0 of 3 agents match: 2 fail ${hq}, 1 is paused`);
});

test("ask who is free when agents lack only a slot", () => {
  const failed = orderConditions(
    new Map([
      [noFreeSlot, 2],
      [hq, 1],
    ]),
  );
  assert.equal(noneSentence(3, failed), `0 of 3 agents are free: 2 have no free slot, 1 fails ${hq}`);
});

test("say that there is no agent at all", () => {
  assert.equal(noneSentence(0, []), "0 of 0 agents match: none has joined yet");
});

test("keep long conditions to one short line", () => {
  const sentence = noneSentence(1, [{ condition: `labels.a in [\n${"'x',\n".repeat(100)}'y']`, count: 1 }]);
  assert.ok(sentence.length < 180 && !sentence.includes("\n") && sentence.endsWith("…"));
});

test.run();
