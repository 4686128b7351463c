import { equal } from "node:assert/strict";
import { suite } from "../../../test/support/suite.ts";
import { formatDuration, readDuration } from "./duration.ts";

const test = suite("duration");

test("reads a number with its unit, and several in a row", () => {
  equal(readDuration("10m"), 600_000);
  equal(readDuration("1h30m"), 5_400_000);
  equal(readDuration("500ms"), 500);
  equal(readDuration("1.5s"), 1_500);
});

test("reads nothing that lacks a unit, is negative or goes beyond ten years", () => {
  for (const text of ["", "10", "-5s", "5 s", "m", "1y", "9999d", "P1D"]) equal(readDuration(text), undefined, text);
});

test("writes what it reads", () => {
  for (const text of ["10m", "1h30m", "500ms", "1d", "2m30s250ms"]) equal(formatDuration(readDuration(text) ?? -1), text);
  equal(formatDuration(0), "0s");
});

test.run();
