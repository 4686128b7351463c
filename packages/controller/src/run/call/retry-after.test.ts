import assert from "node:assert/strict";
import { suite } from "../../../../../test/support/suite.ts";
import { readRetryAfter } from "./retry-after.ts";

const test = suite("Retry-After");

test("is read as seconds and as each form of an HTTP date, counted on the target's own clock", () => {
  const date = "Sun, 06 Nov 1994 08:49:00 GMT";
  const nowMs = Date.parse("2031-01-01T00:00:00Z");
  const read = (header: string | undefined, own: string | undefined = date) => readRetryAfter(header, { date: own, nowMs });
  assert.deepEqual([read("120"), read(" 0 "), read("1.5")], [120, 0, 1.5]);
  assert.equal(read("Sun, 06 Nov 1994 08:49:37 GMT"), 37);
  assert.equal(read("Sunday, 06-Nov-94 08:49:37 GMT"), 37);
  assert.equal(read("Sun Nov  6 08:49:37 1994"), 37);
  assert.equal(read("Sun, 06 Nov 1994 08:00:00 GMT"), 0);
  assert.equal(readRetryAfter("Wed, 01 Jan 2031 00:00:10 GMT", { date: undefined, nowMs }), 10);
  for (const nonsense of [undefined, "", "soon", "-5", "2031", "1e3"]) assert.equal(read(nonsense), nonsense === "2031" ? 2_031 : null);
});

test.run();
