import assert from "node:assert/strict";
import { newId } from "@longarm/shared";
import { suite } from "../../../../test/support/suite.ts";
import { mergeChanges } from "./merge-changes.ts";

const test = suite("changes of one row");

const [id, other] = [newId("run"), newId("run")];

test("become one, the later ones' members standing and their calls added up", () => {
  const merged = mergeChanges([
    { id, submittedAt: 1, status: "queued" },
    { id: other, submittedAt: 2 },
    { id, status: "running", startedAt: 3, calls: 1 },
    { id, agent: "agt_1", calls: 2 },
    { id: other, status: "running" },
    { id, status: "waiting" },
  ]);
  assert.deepEqual(merged, [
    { id, submittedAt: 1, status: "waiting", startedAt: 3, calls: 3, agent: "agt_1" },
    { id: other, submittedAt: 2, status: "running" },
  ]);
});

test("stay apart where a start comes behind another one, or behind a call", () => {
  const changes = [
    { id, startedAt: 1 },
    { id, startedAt: null },
    { id, startedAt: 3, calls: 1 },
    { id, startedAt: 4 },
  ] as const;
  assert.deepEqual(mergeChanges(changes), changes);
});

test("stay apart where they name two agents, or one of them begins or ends the row", () => {
  const changes = [
    { id, agent: "agt_1" },
    { id, agent: "agt_2" },
    { id, removed: true },
    { id, submittedAt: 1 },
  ] as const;
  assert.deepEqual(mergeChanges(changes), changes);
});

test.run();
