import assert from "node:assert/strict";
import { newId } from "@longarm/shared";
import { suite } from "../../../../test/support/suite.ts";
import { deadOwners, watchOwners, type OwnerWatch } from "./dead-owners.ts";

const test = suite("which owners are dead");
/** What a look shows of a key. */
type SignOfLife = number | "withdrawn";
const self = newId("controller");
const other = newId("controller");

/** What stands after these looks, two seconds apart; undefined: the other's key was not found. */
function looks(signs: readonly (SignOfLife | undefined)[], sinceLastMs = 2_000): OwnerWatch {
  return signs.reduce<OwnerWatch>((watch, sign) => {
    const found = new Map(sign === undefined ? [] : [[other, sign]]);
    return watchOwners(watch, { signs: found, owners: [other], sinceLastMs, creditMs: 4_000 });
  }, new Map());
}

const none = undefined;
const cases: readonly [title: string, signs: readonly (SignOfLife | undefined)[], isDead: boolean][] = [
  ["an owner whose key keeps changing lives", [1, 2, 3, 4, 5, 6], false],
  ["an owner whose key has not changed for less than six seconds lives", [7, 7, 7], false],
  ["an owner whose key has not changed for six seconds is dead", [7, 7, 7, 7], true],
  ["an owner whose key a listing left out once lives", [1, 2, none], false],
  ["an owner whose key a listing left out now and then lives", [1, none, 2, none, 3, none], false],
  ["a key that is found again as it was has been silent all the while", [7, none, none, 7], true],
  ["an owner whose key is missing for less than six seconds lives", [1, none, none], false],
  ["an owner whose key is missing for six seconds is dead", [1, none, none, none], true],
  ["an owner that was never seen counts from the first look", [none, none, none], false],
  ["an owner that was never seen for six seconds is dead", [none, none, none, none], true],
  ["an owner that shows only after the first looks lives", [none, none, none, 1], false],
  ["an owner that took its sign of life back is dead at once", [1, 2, "withdrawn"], true],
  ["an owner that had taken its sign of life back before the first look is dead at once", ["withdrawn"], true],
  ["an owner stays dead when a listing leaves out that it stopped", [1, "withdrawn", none], true],
  ["a controller that comes back after it took its sign of life back lives", [1, "withdrawn", 3], false],
];

for (const [title, signs, isDead] of cases) {
  test(title, () => assert.deepEqual(deadOwners([other], looks(signs), self), isDead ? [other] : []));
}

test("an outage in which nobody could renew counts for little against the others", () => {
  assert.deepEqual(deadOwners([other], looks([7, 7], 300_000), self), []);
  assert.deepEqual(deadOwners([other], looks([none, none], 300_000), self), []);
});

test("an owner of which nothing is known lives", () => {
  assert.deepEqual(deadOwners([other], new Map(), self), []);
});

test("a controller never takes over from itself", () => {
  const watch = watchOwners(new Map(), { signs: new Map([[self, "withdrawn"]]), owners: [self], sinceLastMs: 0, creditMs: 0 });
  assert.deepEqual(deadOwners([self], watch, self), []);
});

test.run();
