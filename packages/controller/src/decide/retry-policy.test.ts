import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { pauseReason } from "./pause-reason.ts";
import { defaultRetryPolicy, policyOfReadBacks, retryPolicyOf } from "./retry-policy.ts";

const test = suite("retry policies");

test("a run's word goes before its connection's, member by member", () => {
  const policy = retryPolicyOf({ attempts: 3, firstPauseMs: 50 }, { attempts: 9 });
  assert.deepEqual(policy, { ...defaultRetryPolicy, attempts: 9, firstPauseMs: 50 });
  assert.deepEqual(retryPolicyOf(undefined, undefined), defaultRetryPolicy);
});

test("a policy that wants no second try still lets a lost call be looked for", () => {
  const { on, attempts, firstPauseMs } = policyOfReadBacks(retryPolicyOf({ on: [], attempts: 1, firstPauseMs: 9 }));
  assert.deepEqual([on, attempts, firstPauseMs], [defaultRetryPolicy.on, 5, 9]);
});

test("a pause tells its counts: which attempt of how many follows, and what is left of a rate limit", () => {
  const policy = defaultRetryPolicy;
  const repeat = { kind: "again", afterMs: 3_000, free: false, reason: "repeatable" } as const;
  const end = { kind: "response", status: 503 } as const;
  assert.equal(
    pauseReason(repeat, { end, counted: 2, policy }).sentence,
    "The last attempt was answered with 503; attempt 3 of 5 follows in 3 s.",
  );
  const limited = { kind: "again", afterMs: 31_000, free: true, reason: "rate_limited" } as const;
  const rateLimit = { limit: 600, remaining: 0, reset: 1_030, date: 1_000 };
  assert.deepEqual(pauseReason(limited, { end: { kind: "response", status: 429, rateLimit }, counted: 1, policy }), {
    reason: "rate_limited",
    sentence: "0 of 600 requests are left in the target's rate limit. The call goes on in 31 s.",
  });
});

test.run();
