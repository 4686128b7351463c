import assert from "node:assert/strict";
import type { Lane } from "@longarm/shared";
import { suite } from "../../../../../test/support/suite.ts";
import { rightOf, type BucketRule, type BucketState, type Right } from "./right.ts";

const test = suite("a lane's right to one more request");

const rule: BucketRule = { windowMs: 60_000, assumedLimit: 600, terms: { maxShare: 0.8, interactiveReserve: 0.25, concurrency: 10 } };
const nowMs = 100_000;
const quiet: BucketState = {
  window: null,
  pending: 0,
  pendingElsewhere: 0,
  settling: 0,
  controllers: 1,
  unanswered: 0,
  pausedUntilMs: -Infinity,
  interactiveAtMs: -Infinity,
};

/** A bucket of 600 of which so many are used, at the very end of its window. */
function used(count: number, over: Partial<BucketState> = {}): BucketState {
  return { ...quiet, window: { limit: 600, used: count, reset: 1, endsMs: nowMs + 100 }, ...over };
}

function mayOf(lane: Lane, state: BucketState, of: BucketRule = rule): string {
  const right: Right = rightOf(lane, state, { rule: of, nowMs });
  return right.kind === "may" ? "may" : right.why;
}

test("ends at the share of the limit, whoever has used the rest", () => {
  assert.equal(mayOf("standard", used(479)), "may");
  assert.equal(mayOf("standard", used(480)), "spent");
});

test("counts what is under way and what was never answered", () => {
  assert.equal(mayOf("standard", used(470, { pending: 6, unanswered: 3 })), "may");
  assert.equal(mayOf("standard", used(470, { pending: 6, unanswered: 4 })), "spent");
});

test("counts what is under way elsewhere, and leaves to each of the other controllers its part of the rest", () => {
  assert.equal(mayOf("standard", used(470, { pendingElsewhere: 9 })), "may");
  assert.equal(mayOf("standard", used(470, { pendingElsewhere: 10 })), "spent");
  assert.equal(mayOf("standard", used(470, { controllers: 2, pending: 4 })), "may");
  assert.equal(mayOf("standard", used(470, { controllers: 2, pending: 5 })), "left");
  assert.equal(mayOf("standard", used(470, { controllers: 2, pending: 2, settling: 2 })), "may");
  assert.equal(mayOf("standard", used(470, { controllers: 2, pending: 2, settling: 3 })), "left");
  assert.equal(mayOf("standard", used(479, { controllers: 9 })), "may");
});

test("leaves the reserve to interactive runs while there are any, and only then", () => {
  const about = { interactiveAtMs: nowMs - 9_999 };
  assert.equal(mayOf("standard", used(360, about)), "spent");
  assert.equal(mayOf("bulk", used(360, about)), "spent");
  assert.equal(mayOf("interactive", used(360, about)), "may");
  assert.equal(mayOf("interactive", used(480, about)), "spent");
  assert.equal(mayOf("standard", used(360, { interactiveAtMs: nowMs - 10_000 })), "may");
});

test("comes to bulk half at once and the rest evenly, until shortly before the window's end", () => {
  const since = (passedMs: number, count: number): BucketState => ({
    ...quiet,
    window: { limit: 600, used: count, reset: 1, endsMs: nowMs + 60_000 - passedMs },
  });
  assert.equal(mayOf("bulk", since(0, 239)), "may");
  assert.equal(mayOf("bulk", since(0, 240)), "paced");
  assert.equal(mayOf("bulk", since(28_500, 359)), "may");
  assert.equal(mayOf("bulk", since(28_500, 360)), "paced");
  assert.equal(mayOf("bulk", since(57_000, 479)), "may");
  assert.equal(mayOf("bulk", since(57_000, 480)), "spent");
  assert.equal(mayOf("standard", since(0, 240)), "may");
});

test("is looked at again when a paced request may come, and else at the window's end", () => {
  const paced = rightOf("bulk", { ...quiet, window: { limit: 600, used: 240, reset: 1, endsMs: nowMs + 60_000 } }, { rule, nowMs });
  assert.ok(paced.kind === "wait" && paced.untilMs > nowMs && paced.untilMs <= nowMs + 250);
  const spent = rightOf("standard", used(480), { rule, nowMs });
  assert.ok(spent.kind === "wait" && spent.untilMs === nowMs + 100);
});

test("begins anew once the window is over, with the limit that the target named", () => {
  const over = { ...quiet, window: { limit: 10, used: 10, reset: 1, endsMs: nowMs - 1 } };
  assert.equal(mayOf("standard", { ...over, pending: 7 }), "may");
  assert.equal(mayOf("standard", { ...over, pending: 8 }), "spent");
});

test("rests on what is assumed until the target speaks, and is free where nothing is", () => {
  assert.equal(mayOf("standard", { ...quiet, pending: 480 }), "spent");
  assert.equal(mayOf("standard", { ...quiet, pending: 480 }, { ...rule, assumedLimit: null }), "may");
});

test("is nobody's while the bucket pauses", () => {
  const right = rightOf("interactive", { ...quiet, pausedUntilMs: nowMs + 5 }, { rule, nowMs });
  assert.deepEqual(right, { kind: "wait", untilMs: nowMs + 5, why: "paused" });
  assert.equal(mayOf("interactive", { ...quiet, pausedUntilMs: nowMs }), "may");
});

test("is one request at least, however small the share", () => {
  const tiny = { ...rule, assumedLimit: 1, terms: { ...rule.terms, maxShare: 0.01 } };
  for (const lane of ["interactive", "standard", "bulk"] as const) assert.equal(mayOf(lane, quiet, tiny), "may");
});

test.run();
