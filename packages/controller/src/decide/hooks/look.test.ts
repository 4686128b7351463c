import { deepEqual, equal, ok } from "node:assert/strict";
import type { HookState, OpenLook } from "@longarm/shared";
import { suite } from "../../../../../test/support/suite.ts";
import { claimLook, endLook, lostAfterMs, overlapMs, renewLook } from "./look.ts";
import { newHookState } from "./state.ts";

const test = suite("looks for events that never came");

const madeAtMs = 10_000_000;
const rule = { everyMs: 300_000, madeAtMs };
const fresh = newHookState("acme", madeAtMs);

function claimed(state: HookState, nowMs: number, by = "one"): HookState & { readonly open: OpenLook } {
  const next = claimLook(rule, state, { by, nowMs });
  ok(next?.open);
  return { ...next, open: next.open };
}

test("begin when their time has come, not before, and never of a hook that wants none", () => {
  equal(claimLook(rule, fresh, { by: "one", nowMs: madeAtMs + 299_999 }), undefined);
  equal(claimLook({ ...rule, everyMs: null }, fresh, { by: "one", nowMs: madeAtMs + 300_000 }), undefined);
  const { open, looks } = claimed(fresh, madeAtMs + 300_000);
  deepEqual([open.number, looks, open.sinceMs, open.untilMs], [1, 1, madeAtMs, madeAtMs + 240_000]);
});

test("leave out what may be on its way, and read what may have been written late once more", () => {
  const reconciledMs = madeAtMs + 3_600_000;
  const nowMs = reconciledMs + 360_000;
  const { open } = claimed({ ...fresh, reconciledMs, lastLook: { atMs: reconciledMs + 60_000, problem: null } }, nowMs);
  deepEqual([open.sinceMs, open.untilMs], [reconciledMs - overlapMs, nowMs - 60_000]);
});

test("are gone on with by another controller when the one that has them falls silent, and by none before", () => {
  const nowMs = madeAtMs + 300_000;
  const state = claimed(fresh, nowMs);
  equal(claimLook(rule, state, { by: "two", nowMs: nowMs + lostAfterMs - 1 }), undefined);
  const renewed = renewLook(state, state.open, { by: "one", nowMs: nowMs + 5_000 });
  equal(claimLook(rule, renewed ?? fresh, { by: "two", nowMs: nowMs + lostAfterMs }), undefined);
  const taken = claimed(state, nowMs + lostAfterMs, "two");
  deepEqual([taken.open.number, taken.open.untilMs, taken.open.by], [1, state.open.untilMs, "two"]);
  const late = { by: "one", nowMs: nowMs + lostAfterMs };
  deepEqual(
    [renewLook(taken, state.open, late), endLook(taken, state.open, { ...late, end: { missed: 3, note: null } })],
    [undefined, undefined],
  );
  // Given up in order, it waits for nobody.
  ok(claimLook(rule, renewLook(state, state.open, { by: "one", nowMs: 0 }) ?? fresh, { by: "two", nowMs }));
});

test("end with what was missing, which stands until more is", () => {
  const nowMs = madeAtMs + 300_000;
  const state = claimed(fresh, nowMs);
  const ended = endLook(state, state.open, { by: "one", nowMs, end: { missed: 3, note: null } });
  deepEqual(
    [ended?.open, ended?.reconciledMs, ended?.lastGap],
    [null, state.open.untilMs, { missed: 3, atMs: nowMs, sinceMs: madeAtMs, untilMs: state.open.untilMs }],
  );
  const next = claimed(ended ?? fresh, nowMs + 300_000);
  const none = endLook(next, next.open, { by: "one", nowMs: nowMs + 300_000, end: { missed: 0, note: null } });
  deepEqual(none?.lastGap, ended?.lastGap);
});

test("that could not be made leave their time to the next one", () => {
  const nowMs = madeAtMs + 300_000;
  const state = claimed(fresh, nowMs);
  const failed = endLook(state, state.open, { by: "one", nowMs, end: { problem: "the org is away" } });
  deepEqual([failed?.reconciledMs, failed?.lastLook], [madeAtMs, { atMs: nowMs, problem: "the org is away" }]);
  const next = claimed(failed ?? fresh, nowMs + 300_000);
  deepEqual([next.open.number, next.open.sinceMs], [2, madeAtMs]);
});

test.run();
