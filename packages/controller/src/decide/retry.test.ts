import assert from "node:assert/strict";
import { effectClasses } from "@longarm/shared";
import fc from "fast-check";
import { suite } from "../../../../test/support/suite.ts";
import { decideAfterAttempt, defaultRetryLimits, mayHaveActed, type AttemptEnd } from "./retry.ts";

const test = suite("what follows an attempt");
const at = { effect: "read", isReadable: false, attempts: 1, limits: defaultRetryLimits, jitter: 1 } as const;
const lost: AttemptEnd = { kind: "failure", delivery: "unknown", code: "agent_lost" };
const refused: AttemptEnd = { kind: "failure", delivery: "not_sent", code: "target_unreachable" };

test("a create or once call whose delivery is unknown is never sent again, whatever went wrong", () => {
  const ends = fc.oneof(
    fc.constantFrom(500, 502, 503, 504).map((status): AttemptEnd => ({ kind: "response", status })),
    fc
      .constantFrom("agent_lost", "target_reset", "target_timeout", "response_too_large", "internal" as const)
      .map((code): AttemptEnd => ({ kind: "failure", delivery: "unknown", code: code as "internal" })),
  );
  const circumstances = fc.record({
    effect: fc.constantFrom("create" as const, "once" as const),
    attempts: fc.nat(9),
    jitter: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(ends, circumstances, (end, over) => {
      assert.deepEqual(decideAfterAttempt(end, { ...at, ...over }), { kind: "unknown" });
    }),
  );
});

test("a read or converge call whose delivery is unknown is sent again, until its attempts are used up", () => {
  for (const effect of ["read", "converge"] as const) {
    assert.equal(decideAfterAttempt(lost, { ...at, effect }).kind, "again");
    assert.equal(decideAfterAttempt(lost, { ...at, effect, attempts: defaultRetryLimits.attempts }).kind, "settle");
  }
});

test("a call that was not sent is sent again for every class", () => {
  for (const effect of effectClasses) assert.equal(decideAfterAttempt(refused, { ...at, effect }).kind, "again");
});

test("a call that never reached its agent goes elsewhere at once and costs no attempt", () => {
  const end: AttemptEnd = { kind: "failure", delivery: "not_sent", code: "agent_lost" };
  assert.deepEqual(decideAfterAttempt(end, { ...at, effect: "create", attempts: 99 }), {
    kind: "again",
    afterMs: 20,
    free: true,
    reason: "elsewhere",
  });
});

test("a rate limit waits for the reset on the target's own clock and costs no attempt", () => {
  const end: AttemptEnd = { kind: "response", status: 429, rateLimit: { limit: 600, remaining: 0, reset: 1_030, date: 1_000 } };
  assert.deepEqual(decideAfterAttempt(end, { ...at, attempts: 99 }), {
    kind: "again",
    afterMs: 31_000,
    free: true,
    reason: "rate_limited",
  });
});

test("a target's word on when to come back makes neither a busy loop nor an endless wait", () => {
  for (const retryAfterSeconds of [0, -5, 99_999_999_999]) {
    const after = decideAfterAttempt({ kind: "response", status: 429, retryAfterSeconds }, at);
    assert.ok(after.kind === "again" && after.afterMs >= 1_000 && after.afterMs <= 3_600_000);
  }
});

test("a request that is invalid in itself is not tried again", () => {
  assert.deepEqual(decideAfterAttempt({ kind: "failure", delivery: "not_sent", code: "invalid_request" }, at), { kind: "settle" });
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

test("pauses double up to their limit, under full jitter", () => {
  const pauses = [1, 2, 3, 4].map((attempts) => decideAfterAttempt(refused, { ...at, attempts }));
  assert.deepEqual(
    pauses.map((after) => after.kind === "again" && after.afterMs),
    [100, 200, 400, 800],
  );
  const none = decideAfterAttempt(refused, { ...at, jitter: 0 });
  assert.ok(none.kind === "again" && none.afterMs === 0);
});

test("a call may have acted when its delivery is unknown or a server fault answers it, and not when it was refused", () => {
  assert.ok(mayHaveActed(lost) && mayHaveActed({ kind: "response", status: 503 }));
  assert.ok(!mayHaveActed(refused) && !mayHaveActed({ kind: "response", status: 400 }));
});

test.run();
