import assert from "node:assert/strict";
import { suite } from "../../../../../../test/support/suite.ts";
import { readCondition } from "./condition.ts";

const test = suite("conditions of group rules");
const ada = { city: "Paris", title: 'the "first"', department: "Engineering" };

for (const [text, holds] of [
  ['user.city=="Paris"', true],
  ['user.city != "Paris"', false],
  ['user.missing == ""', true],
  ['user.title == "the \\"first\\""', true],
  ['String.startsWith(user.department, "Eng")', true],
  ['String.stringContains(user.department,"xyz")', false],
  ['user.city == "Rome" or user.city == "Paris" and user.department == "Engineering"', true],
  ['(user.city == "Rome" OR user.city == "Paris") && user.department == "Sales"', false],
] as const) {
  test(`${text} ${holds ? "holds" : "does not hold"} for Ada`, () => assert.equal(readCondition(text)?.(ada), holds));
}

test.run();
