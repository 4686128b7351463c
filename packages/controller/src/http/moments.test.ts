import { equal, throws } from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { parseDeadline, parsePast, toRfc3339 } from "./moments.ts";

const test = suite("moments");
const now = Date.parse("2026-01-02T03:04:05Z");

test("reads a deadline as a time, or as a duration from now", () => {
  equal(parseDeadline("10m", now), now + 600_000);
  equal(parseDeadline("2026-01-02T04:04:05+01:00", now + -1), now);
});

test("refuses a deadline that has passed or is no time", () => {
  for (const text of ["2026-01-02T03:04:05Z", "0s", "tomorrow", "2026-01-02", "2026-13-02T03:04:05Z", "10"]) {
    throws(() => parseDeadline(text, now), { code: "invalid_request" }, text);
  }
});

test("reads how long ago as a time of the past", () => {
  equal(toRfc3339(parsePast("since", "1h", now)), "2026-01-02T02:04:05.000Z");
  throws(() => parsePast("since", "yesterday", now), { code: "invalid_request", message: /query\/since must be a time/ });
});

test.run();
