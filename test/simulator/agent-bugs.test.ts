import { suite } from "../support/suite.ts";
import { agentBugs } from "./bugs/planted-bugs.ts";
import { testFindingPlanted } from "./find-bugs.ts";

const test = suite("the simulator's checker, of agents");

testFindingPlanted(test, agentBugs);

test.run();
