import { suite } from "../support/suite.ts";
import { answerBugs } from "./bugs/decide-bugs.ts";
import { testFindingDecisions } from "./find-bugs.ts";

const test = suite("the simulator's checker, of the product's own decisions about answers");

testFindingDecisions(test, answerBugs);

test.run();
