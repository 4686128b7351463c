import assert from "node:assert/strict";
import fc from "fast-check";
import { suite } from "../../../../test/support/suite.ts";
import { defaultClocks, endByMs, limitError, nextLimit, settleTerms, startByMs, wishesOf } from "./run-terms.ts";

const test = suite("a run's clocks");
const day = 86_400_000;

test("have generous defaults, a connection's word before them, and a run's own before that", () => {
  const settle = (wishes: object, connection: object) => settleTerms(wishes, { connection, isStream: false, submittedAtMs: 1_000 });
  assert.deepEqual(settle({}, {}), { startByMs: 1_000 + 7 * day, runWithinMs: 7 * day });
  assert.deepEqual(settle({}, { startWithinMs: 5, runWithinMs: 6 }), { startByMs: 1_005, runWithinMs: 6 });
  assert.deepEqual(settle({ startWithinMs: 2 }, { startWithinMs: 5, runWithinMs: 6 }), { startByMs: 1_002, runWithinMs: 6 });
});

test("let a stream be followed for ever, unless the run itself says how long", () => {
  const at = { connection: { runWithinMs: 6 }, isStream: true, submittedAtMs: 0 };
  assert.deepEqual(settleTerms({}, at), { startByMs: defaultClocks.startWithinMs });
  assert.equal(settleTerms({ runWithinMs: 9 }, at).runWithinMs, 9);
});

test("end a run at whichever comes first, and the time to the start only while it is not started in time", () => {
  const of = { deadlineMs: 900, terms: { startByMs: 100, runWithinMs: 300 } };
  assert.deepEqual(nextLimit(of, null), { clock: "startWithin", atMs: 100 });
  assert.deepEqual(nextLimit(of, 50), { clock: "runWithin", atMs: 350 });
  assert.deepEqual(nextLimit(of, 150), { clock: "startWithin", atMs: 100 });
  assert.deepEqual(nextLimit({ ...of, deadlineMs: 60 }, 50), { clock: "deadline", atMs: 60 });
  assert.equal(nextLimit({ deadlineMs: null }, null), null);
  assert.deepEqual([endByMs(of, null), endByMs(of, 50), endByMs({ ...of, deadlineMs: null }, null)], [900, 350, null]);
  assert.deepEqual([startByMs(of), startByMs({ ...of, deadlineMs: 60 }), startByMs({ deadlineMs: null })], [100, 60, null]);
});

test("name themselves in the error", () => {
  const of = { submittedAtMs: 0, terms: { runWithinMs: 90_000 } };
  const error = limitError({ clock: "runWithin", atMs: 100_000 }, of);
  assert.deepEqual([error.code, error.details], ["deadline_exceeded", { clock: "runWithin" }]);
  assert.match(error.message, /within 1m30s of its start/);
  assert.match(limitError({ clock: "startWithin", atMs: 60_000 }, of).message, /within 1m of its submission/);
});

test("count anew from the time at which the run is submitted again", () => {
  const span = fc.integer({ min: 1, max: day });
  fc.assert(
    fc.property(span, span, fc.nat(), (startWithinMs, runWithinMs, submittedAtMs) => {
      const wish = { startWithinMs, runWithinMs };
      const terms = settleTerms(wish, { connection: {}, isStream: false, submittedAtMs });
      assert.deepEqual(wishesOf({ terms, submittedAtMs }), wish);
    }),
  );
});

test.run();
