import assert from "node:assert/strict";
import { suite } from "../support/suite.ts";
import { controllerBugs, plantedBugs } from "./bugs/planted-bugs.ts";
import { testFindingPlanted } from "./find-bugs.ts";

const test = suite("the simulator's checker");

test("has ten bugs to find, or more", () => {
  assert.ok(Object.keys(plantedBugs).length >= 10);
});

testFindingPlanted(test, controllerBugs);

test.run();
