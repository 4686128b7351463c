import assert from "node:assert/strict";
import { suite } from "../../../../../test/support/suite.ts";
import { readFields } from "./field.ts";

const test = suite("fields of a profile");
const plain = {
  type: null,
  itemType: null,
  mandatory: false,
  custom: false,
  unique: false,
  description: null,
  format: null,
  mutability: null,
  minLength: null,
  maxLength: null,
  pattern: null,
  choices: null,
};

function fieldOf(property: unknown) {
  return readFields({ definitions: { base: { properties: { x: property } } } })[0];
}

test("gives standard fields before the org's own", () => {
  const base = { properties: { login: { title: "Username" } }, required: ["login"] };
  const custom = { properties: { badge: { title: "Badge", required: true } } };
  assert.deepEqual(
    readFields({ definitions: { custom, base } }).map(({ name, label, custom: own, mandatory }) => [name, label, own, mandatory]),
    [
      ["login", "Username", false, true],
      ["badge", "Badge", true, true],
    ],
  );
});

test("reads what a property demands", () => {
  const property = {
    title: "Mail",
    type: "string",
    description: "d",
    format: "email",
    mutability: "READ_ONLY",
    minLength: 5,
    maxLength: 100,
    pattern: "@",
    unique: "UNIQUE_VALIDATED",
  };
  const { title: label, ...same } = property;
  assert.deepEqual(fieldOf(property), { ...plain, name: "x", ...same, label, unique: true });
});

test("reads nothing where Okta sends null, and no field where there is no property", () => {
  const nulls = { title: null, type: null, required: null, unique: null, enum: null, oneOf: null, minLength: null, items: null };
  assert.deepEqual(fieldOf(nulls), { ...plain, name: "x", label: "x" });
  assert.equal(fieldOf(null), undefined);
  assert.deepEqual(readFields({ definitions: { base: null } }), []);
});

test("gives the values of an enumeration with their labels, numbers too", () => {
  const sizes = [{ const: "S", title: "Small" }, { const: 42, title: null }, { const: null }];
  assert.deepEqual(fieldOf({ enum: ["S", 42], oneOf: sizes })?.choices, [
    { label: "Small", value: "S" },
    { label: "42", value: 42 },
  ]);
  assert.deepEqual(fieldOf({ enum: ["S"] })?.choices, [{ label: "S", value: "S" }]);
});

test("gives the values that the items of an array can have", () => {
  const field = fieldOf({ type: "array", items: { type: "string", enum: ["a"] } });
  assert.deepEqual([field?.itemType, field?.choices], ["string", [{ label: "a", value: "a" }]]);
});

test("fails when the answer is no schema", () => {
  assert.throws(() => readFields({ errorCode: "E" }), { code: "unexpected_response" });
});

test.run();
