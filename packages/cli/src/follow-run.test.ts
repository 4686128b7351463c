import assert from "node:assert/strict";
import { suite } from "../../../test/support/suite.ts";
import type { Run } from "./api/types.ts";
import { sayWaits } from "./follow-run.ts";
import type { Shell } from "./shell.ts";

const test = suite("following a run");

test("says what it waits for each time that it is something else, and no count of a budget that moves", () => {
  const said: string[] = [];
  const shell = { note: (line: string) => said.push(line), noteLook: (_look: string, line: string) => line } as unknown as Shell;
  const say = sayWaits(shell);
  const waits = [
    { reason: "budget", sentence: "70 of 70 requests of bucket /users are made." },
    null,
    { reason: "budget", sentence: "71 of 71 requests of bucket /users are made." },
    { reason: "budget", sentence: "9 of 9 requests of bucket /apps are made." },
    { reason: "retry", sentence: "attempt 2 of 5 follows in 3 s." },
    { reason: "retry", sentence: "attempt 3 of 5 follows in 6 s." },
  ];
  for (const waiting of waits) say({ waiting } as Run);
  assert.deepEqual(said, [
    "waiting: 70 of 70 requests of bucket /users are made.",
    "waiting: 9 of 9 requests of bucket /apps are made.",
    "waiting: attempt 2 of 5 follows in 3 s.",
    "waiting: attempt 3 of 5 follows in 6 s.",
  ]);
});

test.run();
