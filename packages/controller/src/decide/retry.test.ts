import assert from "node:assert/strict";
import { effectClasses, retryOutcomes, type RetryPolicy } from "@longarm/shared";
import fc from "fast-check";
import { suite } from "../../../../test/support/suite.ts";
import { decideAfterAttempt, mayBeAtWork, mayHaveActed, type AttemptEnd, type Circumstances } from "./retry.ts";
import { defaultRetryPolicy } from "./retry-policy.ts";

const test = suite("what follows an attempt");
const at = { effect: "read", isReadable: false, attempts: 1, elapsedMs: 0, policy: defaultRetryPolicy, jitter: 1 } as const;
const lost: AttemptEnd = { kind: "failure", delivery: "unknown", code: "target_reset" };
const refused: AttemptEnd = { kind: "failure", delivery: "not_sent", code: "target_unreachable" };
const unavailable: AttemptEnd = { kind: "response", status: 503 };
const tooMany: AttemptEnd = { kind: "response", status: 429, rateLimit: { limit: 600, remaining: 0, reset: 1_030, date: 1_000 } };
const endOf = { not_sent: refused, unknown: lost, rate_limited: tooMany, target_error: unavailable } as const;

const policies: fc.Arbitrary<RetryPolicy> = fc.record({
  on: fc.subarray([...retryOutcomes]),
  attempts: fc.integer({ min: 1, max: 100 }),
  withinMs: fc.option(fc.integer({ min: 0, max: 1e8 })),
  firstPauseMs: fc.integer({ min: 0, max: 3_600_000 }),
  factor: fc.double({ min: 1, max: 10, noNaN: true }),
  longestPauseMs: fc.integer({ min: 0, max: 3_600_000 }),
});
const ends: fc.Arbitrary<AttemptEnd> = fc.oneof(
  fc
    .oneof(fc.constantFrom(200, 400, 404, 408, 429), fc.integer({ min: 500, max: 599 }))
    .map((status): AttemptEnd => ({ kind: "response", status })),
  fc.record({
    kind: fc.constant("failure" as const),
    delivery: fc.constantFrom("not_sent" as const, "unknown" as const),
    code: fc.constantFrom("agent_lost" as const, "target_reset" as const, "response_too_large" as const, "internal" as const),
  }),
);
const circumstances: fc.Arbitrary<Circumstances> = fc.record({
  effect: fc.constantFrom(...effectClasses),
  isReadable: fc.boolean(),
  attempts: fc.integer({ min: 1, max: 120 }),
  elapsedMs: fc.nat(2e8),
  policy: policies,
  jitter: fc.double({ min: 0, max: 1, noNaN: true }),
});

function isDoubtful(end: AttemptEnd): boolean {
  if (end.kind === "failure") return end.delivery === "unknown";
  return end.status === 408 || (end.status >= 500 && ![501, 505].includes(end.status));
}

test("a create or once call whose delivery is unknown is never sent again, whatever went wrong and whatever the policy says", () => {
  fc.assert(
    fc.property(ends.filter(isDoubtful), circumstances, (end, of) => {
      for (const effect of ["create", "once"] as const)
        assert.equal(decideAfterAttempt(end, { ...of, effect }).kind, of.isReadable ? "readBack" : "unknown");
    }),
  );
});

test("what an agent refuses for a moment is tried again after a second, not within it, and counts", () => {
  const end: AttemptEnd = { kind: "failure", delivery: "not_sent", code: "agent_refused", isPassing: true };
  const after = decideAfterAttempt(end, { ...at, effect: "create", jitter: 0 });
  assert.deepEqual(after, { kind: "again", afterMs: 1_000, free: false, reason: "not_sent" });
  assert.equal(decideAfterAttempt(end, { ...at, attempts: defaultRetryPolicy.attempts }).kind, "settle");
});

test("what the site of an agent denies goes to another agent and costs no try; what the connection itself forbids does not", () => {
  const denied: AttemptEnd = { kind: "failure", delivery: "not_sent", code: "policy_denied" };
  const elsewhere = decideAfterAttempt({ ...denied, isDenied: true }, { ...at, attempts: defaultRetryPolicy.attempts });
  assert.deepEqual(elsewhere, { kind: "again", afterMs: 20, free: true, reason: "elsewhere" });
  assert.equal(decideAfterAttempt(denied, at).kind, "settle");
  assert.equal(decideAfterAttempt({ ...denied, isPassing: true }, at).kind, "again");
});

test("a policy only narrows: what it repeats, the widest one repeats too", () => {
  const widest = { ...defaultRetryPolicy, attempts: 1_000 };
  fc.assert(
    fc.property(ends, circumstances, (end, of) => {
      if (decideAfterAttempt(end, of).kind === "again") assert.equal(decideAfterAttempt(end, { ...of, policy: widest }).kind, "again");
    }),
  );
});

test("no attempt that counts follows the last one of its policy, and none begins after its time", () => {
  fc.assert(
    fc.property(ends, circumstances, (end, of) => {
      const after = decideAfterAttempt(end, of);
      if (after.kind !== "again" || after.reason === "elsewhere") return;
      if (!after.free) assert.ok(of.attempts < of.policy.attempts);
      assert.ok(of.policy.withinMs === null || of.elapsedMs + after.afterMs <= of.policy.withinMs);
    }),
  );
});

test("a call that changes something is never told as settled while nobody knows whether it took effect", () => {
  fc.assert(
    fc.property(ends.filter(isDoubtful), circumstances, (end, of) => {
      fc.pre(of.effect !== "read");
      assert.notEqual(decideAfterAttempt(end, of).kind, "settle");
    }),
  );
});

test("each outcome is tried again exactly when the policy names it", () => {
  for (const outcome of retryOutcomes) {
    const only = { ...at, policy: { ...defaultRetryPolicy, on: [outcome] } };
    const without = { ...at, policy: { ...defaultRetryPolicy, on: retryOutcomes.filter((other) => other !== outcome) } };
    assert.equal(decideAfterAttempt(endOf[outcome], only).kind, "again", outcome);
    assert.equal(decideAfterAttempt(endOf[outcome], without).kind, "settle", outcome);
  }
});

test("a converge call that is not repeated any more ends unknown, a read as its last attempt did", () => {
  for (const end of [lost, unavailable]) {
    assert.equal(decideAfterAttempt(end, { ...at, effect: "converge" }).kind, "again");
    assert.equal(decideAfterAttempt(end, { ...at, effect: "converge", attempts: 5 }).kind, "unknown");
    assert.equal(decideAfterAttempt(end, { ...at, attempts: 5 }).kind, "settle");
  }
});

test("a call that was not sent is sent again for every class", () => {
  for (const effect of effectClasses) assert.equal(decideAfterAttempt(refused, { ...at, effect }).kind, "again");
});

test("a call that never reached its agent goes elsewhere at once and costs no attempt", () => {
  const end: AttemptEnd = { kind: "failure", delivery: "not_sent", code: "agent_lost" };
  const policy = { ...defaultRetryPolicy, on: [] };
  assert.deepEqual(decideAfterAttempt(end, { ...at, effect: "create", attempts: 99, policy }), {
    kind: "again",
    afterMs: 20,
    free: true,
    reason: "elsewhere",
  });
});

test("a call that could not leave since our own broker is away waits for it and costs no attempt", () => {
  const end: AttemptEnd = { kind: "failure", delivery: "not_sent", code: "broker_unavailable" };
  const policy = { ...defaultRetryPolicy, on: [] };
  const again = { kind: "again", afterMs: 1_000, free: true, reason: "elsewhere" };
  assert.deepEqual(decideAfterAttempt(end, { ...at, effect: "once", attempts: 99, policy }), again);
});

test("a rate limit waits for the reset on the target's own clock and costs no attempt", () => {
  const again = { kind: "again", afterMs: 31_000, free: true, reason: "rate_limited" };
  assert.deepEqual(decideAfterAttempt(tooMany, { ...at, attempts: 99 }), again);
  assert.deepEqual(decideAfterAttempt({ ...tooMany, retryAfterSeconds: 5 }, at), again);
  assert.deepEqual(decideAfterAttempt({ ...tooMany, retryAfterSeconds: 50 }, at), { ...again, afterMs: 50_000 });
});

test("a fault that says when to come back is not asked sooner", () => {
  const after = decideAfterAttempt({ ...unavailable, retryAfterSeconds: 7 }, at);
  assert.deepEqual(after, { kind: "again", afterMs: 7_000, free: false, reason: "repeatable" });
});

test("a target's word on when to come back makes neither a busy loop nor an endless wait", () => {
  for (const retryAfterSeconds of [0, -5, 99_999_999_999]) {
    const after = decideAfterAttempt({ kind: "response", status: 429, retryAfterSeconds }, at);
    assert.ok(after.kind === "again" && after.afterMs >= 1_000 && after.afterMs <= 3_600_000);
  }
});

test("a request that is invalid in itself is not tried again", () => {
  for (const code of ["invalid_request", "authentication_failed", "permission_missing"] as const)
    assert.deepEqual(decideAfterAttempt({ kind: "failure", delivery: "not_sent", code }, at), { kind: "settle" });
});

test("Okta's concurrency limit, whose reset means nothing, waits shortly", () => {
  const end: AttemptEnd = { kind: "response", status: 429, rateLimit: { limit: 0, remaining: 0, reset: 9_999, date: 1_000 } };
  const after = decideAfterAttempt(end, at);
  assert.ok(after.kind === "again" && after.afterMs <= 2_000 && after.free);
});

test("the target's own refusals are the action's to judge", () => {
  for (const status of [200, 204, 304, 400, 401, 403, 404, 409, 412])
    assert.deepEqual(decideAfterAttempt({ kind: "response", status }, at), { kind: "settle" });
});

test("pauses grow by their factor up to the longest, under full jitter", () => {
  const pausesOf = (policy: Partial<RetryPolicy>, jitter = 1) =>
    [1, 2, 3, 4].map((attempts) => {
      const after = decideAfterAttempt(refused, { ...at, attempts, jitter, policy: { ...defaultRetryPolicy, ...policy } });
      return after.kind === "again" && after.afterMs;
    });
  assert.deepEqual(pausesOf({}), [100, 200, 400, 800]);
  assert.deepEqual(pausesOf({ firstPauseMs: 1_000, factor: 3, longestPauseMs: 5_000 }), [1_000, 3_000, 5_000, 5_000]);
  assert.deepEqual(pausesOf({ firstPauseMs: 2_000, factor: 1 }), [2_000, 2_000, 2_000, 2_000]);
  assert.deepEqual(pausesOf({}, 0), [0, 0, 0, 0]);
});

test("a call may have acted when its delivery is unknown or a server fault answers it, and not when it was refused", () => {
  assert.ok(mayHaveActed(lost) && mayHaveActed({ kind: "response", status: 503 }));
  for (const status of [408, 500, 507, 520, 524, 599]) assert.ok(mayHaveActed({ kind: "response", status }), String(status));
  for (const status of [501, 505]) assert.ok(!mayHaveActed({ kind: "response", status }), String(status));
  assert.ok(!mayHaveActed(refused) && !mayHaveActed({ kind: "response", status: 400 }));
});

test("may find the target still at work, unless that says itself that it is not", () => {
  const atWork = [408, 500, 501, 502, 503, 504, 599, 200, 400, 429].filter((status) => mayBeAtWork({ kind: "response", status }));
  assert.deepEqual(atWork, [408, 502, 503, 504, 599]);
  assert.deepEqual([mayBeAtWork(lost), mayBeAtWork(refused)], [true, false]);
});

test.run();
