import { deepEqual, equal } from "node:assert/strict";
import type { RecordState, SeenObject } from "@longarm/shared";
import fc from "fast-check";
import { suite } from "../../../../../test/support/suite.ts";
import { isTooMuchMissing, mergeGone, mergeMissing, mergeSeen } from "./merge-record.ts";

const test = suite("what is kept of an object");

function seen(changedAt: number | null, seenAt: number, name = `at ${changedAt}`): SeenObject {
  return { object: { name }, changedAt, seenAt, source: "sync" };
}

function kept(changedAt: number | null, syncedAt: number, over: Partial<RecordState> = {}): RecordState {
  return { object: { name: `at ${changedAt}` }, changedAt, firstSeenAt: 1, syncedAt, deletedAt: null, source: "sync", ...over };
}

test("begins with the first sight of it", () => {
  deepEqual(mergeSeen(undefined, seen(5, 10)), kept(5, 10, { firstSeenAt: 10 }));
});

test("follows the target's clock, whichever was read first", () => {
  deepEqual(mergeSeen(kept(5, 10), seen(6, 9)), kept(6, 10));
  deepEqual(mergeSeen(kept(6, 10), seen(5, 10)), undefined);
});

test("stays when a late listing shows an older state, which still shows that it is there", () => {
  deepEqual(mergeSeen(kept(6, 10), seen(5, 20)), kept(6, 20));
});

test("is what was read last where the target's clock tells no difference", () => {
  equal(mergeSeen(kept(5, 10), seen(5, 11, "later"))?.object["name"], "later");
  equal(mergeSeen(kept(5, 10), seen(5, 9, "earlier")), undefined);
  equal(mergeSeen(kept(null, 10), seen(null, 11, "later"))?.object["name"], "later");
});

test("is marked when it is gone, once, and not by who looked before it was last seen", () => {
  deepEqual(mergeGone(kept(5, 10), 12), kept(5, 10, { deletedAt: 12 }));
  equal(mergeGone(kept(5, 10, { deletedAt: 12 }), 13), undefined);
  equal(mergeGone(kept(5, 20), 12), undefined);
  equal(mergeGone(undefined, 12), undefined);
});

test("lives again when it is seen after it was gone, not by a page that was read before", () => {
  const gone = kept(5, 10, { deletedAt: 12 });
  equal(mergeSeen(gone, seen(5, 12)), undefined);
  deepEqual(mergeSeen(gone, seen(5, 13)), kept(5, 13));
  deepEqual(mergeSeen(gone, seen(4, 13)), kept(5, 13));
});

test("is missing only when nobody has seen it since the listing began", () => {
  equal(mergeMissing(kept(5, 10), 10), undefined);
  deepEqual(mergeMissing(kept(5, 9), 10), kept(5, 9, { deletedAt: 10 }));
});

test("comes out the same in whatever order its sights arrive", () => {
  const sight = fc.record({ changedAt: fc.integer({ min: 1, max: 6 }), seenAt: fc.integer({ min: 1, max: 50 }) });
  fc.assert(
    fc.property(fc.uniqueArray(sight, { minLength: 1, maxLength: 6, selector: ({ seenAt }) => seenAt }), (sights) => {
      const after = (order: readonly { changedAt: number; seenAt: number }[]): RecordState | undefined =>
        order.reduce<RecordState | undefined>(
          (state, { changedAt, seenAt }) => mergeSeen(state, seen(changedAt, seenAt)) ?? state,
          undefined,
        );
      const { firstSeenAt: _one, ...forwards } = after(sights) as RecordState;
      const { firstSeenAt: _other, ...backwards } = after(sights.toReversed()) as RecordState;
      deepEqual(forwards, backwards);
    }),
  );
});

test("may be missing in the share that is usual, ten at least, or as somebody allows", () => {
  equal(isTooMuchMissing(10, 12, undefined), false);
  equal(isTooMuchMissing(11, 12, undefined), true);
  equal(isTooMuchMissing(20, 100, undefined), false);
  equal(isTooMuchMissing(21, 100, undefined), true);
  equal(isTooMuchMissing(100, 100, 100), false);
  equal(isTooMuchMissing(1, 100, 0), true);
});

test.run();
