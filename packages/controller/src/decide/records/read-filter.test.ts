import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { suite } from "../../../../../test/support/suite.ts";
import { readFilter } from "./read-filter.ts";

const test = suite("a filter of records");

const readings = [
  ["", []],
  ["status:ACTIVE", [{ field: "status", values: ["ACTIVE"] }]],
  [
    "status: ACTIVE | INACTIVE , type:X",
    [
      { field: "status", values: ["ACTIVE", "INACTIVE"] },
      { field: "type", values: ["X"] },
    ],
  ],
  ['name:"Sales, EMEA"|"a|b"', [{ field: "name", values: ["Sales, EMEA", "a|b"] }]],
  ['name:"say \\"hi\\""', [{ field: "name", values: ['say "hi"'] }]],
  ["url:https://a.b:8", [{ field: "url", values: ["https://a.b:8"] }]],
] as const;

for (const [text, conditions] of readings)
  test(`reads ${text || "nothing"}`, () => deepEqual(readFilter(text), { kind: "read", conditions }));

for (const text of ["status", "status:", ":ACTIVE", "a:b,,c:d", 'name:"open', "a b:c", "a:b|"])
  test(`does not read ${text}`, () => equal(readFilter(text).kind, "fault"));

test("reads every quoted text as it was meant", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const written = `name:"${text.replace(/["\\]/g, "\\$&")}"`;
      deepEqual(readFilter(written), { kind: "read", conditions: [{ field: "name", values: [text] }] });
    }),
  );
});

test.run();
