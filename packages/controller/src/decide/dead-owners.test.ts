import assert from "node:assert/strict";
import { newId } from "@longarm/shared";
import { suite } from "../../../../test/support/suite.ts";
import { deadOwners, watchOwners, type OwnerWatch } from "./dead-owners.ts";

const test = suite("which owners are dead");
const self = newId("controller");
const other = newId("controller");

function looks(revisions: readonly number[], sinceLastMs = 2_000): OwnerWatch {
  return revisions.reduce<OwnerWatch>(
    (watch, revision) => watchOwners(watch, { revisions: new Map([[other, revision]]), sinceLastMs, creditMs: 4_000 }),
    new Map(),
  );
}

test("an owner whose key keeps changing lives", () => {
  assert.deepEqual(deadOwners([other], looks([1, 2, 3, 4, 5, 6]), self), []);
});

test("an owner whose key has not changed for six seconds is dead, and not before", () => {
  assert.deepEqual(deadOwners([other], looks([7, 7, 7]), self), []);
  assert.deepEqual(deadOwners([other], looks([7, 7, 7, 7]), self), [other]);
});

test("an outage in which nobody could renew counts for little against the others", () => {
  assert.deepEqual(deadOwners([other], looks([7, 7], 300_000), self), []);
});

test("an owner whose key is gone has stopped", () => {
  assert.deepEqual(deadOwners([other], new Map(), self), [other]);
});

test("a controller never takes over from itself", () => {
  assert.deepEqual(deadOwners([self], new Map(), self), []);
});

test.run();
