import { suite } from "../support/suite.ts";
import { intentBugs } from "./bugs/decide-bugs.ts";
import { testFindingDecisions } from "./find-bugs.ts";

const test = suite("the simulator's checker, of the product's own decisions about intents");

testFindingDecisions(test, intentBugs);

test.run();
