import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { decideAfterReading, firstReadPauseMs, nextLookPauseMs, type Found } from "./resolve.ts";
import { defaultRetryPolicy } from "./retry-policy.ts";

const test = suite("what follows the read of a state");
const at = { effect: "create", reads: 1, atWorkMs: 0, attempts: 1, elapsedMs: 0, policy: defaultRetryPolicy, jitter: 1 } as const;
const kindOf = (found: Found, over: object = {}) => decideAfterReading(found, { ...at, ...over }).kind;

test("is the end when the call took effect, or somebody else did", () => {
  for (const effect of ["create", "converge"]) {
    assert.equal(kindOf("applied", { effect }), "reconciled");
    assert.equal(kindOf("conflict", { effect }), "conflict");
  }
});

test("is a second look, later, when a create is not seen at the first", () => {
  assert.equal(firstReadPauseMs("create"), 1_000);
  for (const found of ["not_applied", "unclear"] as const)
    assert.deepEqual(decideAfterReading(found, at), { kind: "readAgain", afterMs: 2_000 });
});

test("is another attempt of a create only when it is absent after the last look, and an unknown outcome when that does not tell", () => {
  assert.equal(kindOf("not_applied", { reads: 2 }), "again");
  assert.equal(kindOf("unclear", { reads: 2 }), "unknown");
});

test("is looks ever later, and no other attempt, while the target may be at work on the create", () => {
  const looks = [20_000, 16_000, 8_000, 300].map((atWorkMs, n) => decideAfterReading("not_applied", { ...at, reads: 2 + n, atWorkMs }));
  assert.deepEqual(
    looks.map((look) => look.kind === "readAgain" && look.afterMs),
    [4_000, 8_000, 8_000, 300],
  );
  assert.equal(kindOf("not_applied", { reads: 6, atWorkMs: -1 }), "again");
  assert.equal(kindOf("applied", { atWorkMs: 20_000 }), "reconciled");
  assert.equal(kindOf("unclear", { reads: 2, atWorkMs: 20_000 }), "unknown");
});

test("is another attempt of a converge call, whether the read tells or not", () => {
  assert.equal(firstReadPauseMs("converge"), 0);
  for (const found of ["not_applied", "unclear"] as const) assert.equal(kindOf(found, { effect: "converge" }), "again");
});

test("is giving up when the attempts are used up", () => {
  const used = { attempts: defaultRetryPolicy.attempts };
  assert.equal(kindOf("not_applied", { ...used, reads: 2 }), "giveUp");
  assert.equal(kindOf("not_applied", { ...used, effect: "converge", reads: 3 }), "giveUp");
});

test("is two more looks, later, before a converge call is given up that may still be at work", () => {
  const used = { ...at, effect: "converge", attempts: defaultRetryPolicy.attempts } as const;
  for (const [reads, afterMs] of [
    [1, 1_000],
    [2, 2_000],
  ] as const)
    assert.deepEqual(decideAfterReading("not_applied", { ...used, reads }), { kind: "readAgain", afterMs });
});

test("is no giving up of a converge call while the target may be at work on it", () => {
  const used = { effect: "converge", attempts: defaultRetryPolicy.attempts, reads: 3 };
  assert.equal(kindOf("not_applied", { ...used, atWorkMs: 5_000 }), "readAgain");
  assert.equal(kindOf("not_applied", { ...used, attempts: 1, atWorkMs: 5_000 }), "again");
});

test("is an unknown outcome when the attempts are used up and no read tells", () => {
  assert.equal(kindOf("unclear", { effect: "converge", attempts: defaultRetryPolicy.attempts }), "unknown");
});

test("is never another attempt of a call that is sent once", () => {
  assert.equal(kindOf("applied", { effect: "once" }), "reconciled");
  for (const found of ["not_applied", "unclear"] as const) assert.equal(kindOf(found, { effect: "once" }), "unknown");
});

test("is a look ever later while the read may lag, and none after that", () => {
  const pauses: number[] = [];
  for (let spentMs = 0, pauseMs: number | undefined; ; spentMs += pauseMs) {
    pauseMs = nextLookPauseMs(pauses.length + 1, spentMs, 30_000);
    if (pauseMs === undefined) break;
    pauses.push(pauseMs);
  }
  assert.deepEqual(pauses, [1_000, 2_000, 4_000, 8_000, 8_000, 7_000]);
  assert.equal(nextLookPauseMs(1, 0, 0), undefined);
});

test("is no other attempt where the policy does not want one: what did not take effect is given up, what nobody knows is unknown", () => {
  for (const policy of [
    { ...defaultRetryPolicy, on: [] },
    { ...defaultRetryPolicy, withinMs: 0 },
  ]) {
    assert.equal(kindOf("not_applied", { policy, effect: "converge", reads: 3 }), "giveUp");
    assert.equal(kindOf("unclear", { policy, effect: "converge" }), "unknown");
  }
});

test.run();
