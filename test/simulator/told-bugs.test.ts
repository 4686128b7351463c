import { suite } from "../support/suite.ts";
import { toldBugs } from "./bugs/decide-bugs.ts";
import { testFindingDecisions } from "./find-bugs.ts";

const test = suite("the simulator's checker, of the product's own decisions about what agents tell");

testFindingDecisions(test, toldBugs);

test.run();
