import assert from "node:assert/strict";
import { Type, type TSchema } from "typebox";
import { suite } from "../../../../test/support/suite.ts";
import { findSchemaFaults } from "./find-faults.ts";

const test = suite("faults of a value");

const schema: TSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, pattern: "^[a-z]+$" }),
    kind: Type.Union([Type.Literal("a"), Type.Object({ of: Type.Integer({ minimum: 1 }) }, { additionalProperties: false })]),
    more: Type.Optional(Type.Record(Type.String(), Type.Array(Type.Number()))),
  },
  { additionalProperties: false },
);
const values: readonly unknown[] = [
  { name: "ada", kind: "a" },
  { name: "ada", kind: { of: 2 }, more: { x: [1, 2.5] } },
  { name: "Ada", kind: "a" },
  { name: "ada", kind: { of: 0 } },
  { name: "ada", kind: "a", more: { x: ["1"] }, other: 1 },
  { kind: null },
  null,
];

test("are the same however often a schema was used before", () => {
  const first = values.map((value) => findSchemaFaults(schema, value));
  assert.deepEqual(
    first.map((faults) => faults.length === 0),
    [true, true, false, false, false, false, false],
  );
  for (let n = 0; n < 100; n += 1) findSchemaFaults(schema, values[n % values.length]);
  assert.deepEqual(
    values.map((value) => findSchemaFaults(schema, value)),
    first,
  );
});

test.run();
