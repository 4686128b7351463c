import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { defaultBounds, judge, readBounds, type ThresholdName } from "./thresholds.ts";

const test = suite("thresholds of a plan");
const none = { maxCreate: 0, maxChange: 0, maxSuspend: 0, maxDeactivate: 0, maxRemove: 0, maxRowsWithoutKey: 0 };

const forms: readonly (readonly [written: unknown, bounds: unknown])[] = [
  [50, { count: 50 }],
  [0, { count: 0 }],
  ["2%", { percent: 2 }],
  ["0.5 %", { percent: 0.5 }],
  [
    { count: 10, percent: "2%" },
    { count: 10, percent: 2 },
  ],
  [{ percent: 2.5 }, { percent: 2.5 }],
  ["50", undefined],
  ["101%", undefined],
  [-1, undefined],
  [1.5, undefined],
  [{}, undefined],
  [{ count: 1, per: 2 }, undefined],
  [{ percent: 120 }, undefined],
  [null, undefined],
];
for (const [written, bounds] of forms) {
  test(`${bounds === undefined ? "are not" : "may be"} written ${JSON.stringify(written)}`, () =>
    assert.deepEqual(readBounds(written), bounds));
}

function isBlocked(name: ThresholdName, planned: number, more: { users?: number; bounds?: object; allowed?: number } = {}): boolean {
  const { users = 1_000, bounds = { count: 100, percent: 2 }, allowed } = more;
  const allowances = allowed === undefined ? {} : { [name]: allowed };
  const verdicts = judge({ planned: { ...none, [name]: planned }, users, bounds: { ...defaultBounds, [name]: bounds }, allowances });
  const found = verdicts.filter(({ exceeded }) => exceeded).map((verdict) => verdict.name);
  assert.deepEqual(found, found.length > 0 ? [name] : []);
  return found.length > 0;
}

test("hold by number and by share of the scope, both", () => {
  assert.equal(isBlocked("maxDeactivate", 20), false);
  assert.equal(isBlocked("maxDeactivate", 21), true);
  assert.equal(isBlocked("maxDeactivate", 100, { users: 100_000 }), false);
  assert.equal(isBlocked("maxDeactivate", 101, { users: 100_000 }), true);
  assert.equal(isBlocked("maxDeactivate", 1, { users: 20, bounds: { percent: 2 } }), true);
  assert.equal(isBlocked("maxDeactivate", 0, { users: 0, bounds: { percent: 2 } }), false);
  assert.equal(isBlocked("maxCreate", 1, { users: 0, bounds: { count: 5 } }), false);
});

test("are lifted to a number, and hold beyond it", () => {
  assert.equal(isBlocked("maxSuspend", 30, { allowed: 30 }), false);
  assert.equal(isBlocked("maxSuspend", 31, { allowed: 30 }), true);
  assert.equal(isBlocked("maxSuspend", 20, { allowed: 3 }), false);
});

test.run();
