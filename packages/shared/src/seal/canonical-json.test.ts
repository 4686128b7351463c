import assert from "node:assert/strict";
import fc from "fast-check";
import { suite } from "../../../../test/support/suite.ts";
import { Secret } from "../secret.ts";
import { canonicalJson } from "./index.ts";

const test = suite("canonical JSON");

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, reversed(member)]),
  );
}

test("sorts members by code unit and leaves out spaces, as RFC 8785 does", () => {
  const value = {
    "\u20ac": "Euro",
    "\r": "CR",
    "\ufb33": "Dalet",
    "1": "One",
    "\ud83d\ude00": "Smile",
    "\u0080": "Control",
    ö: "o",
  };
  const expected = '{"\\r":"CR","1":"One","\u0080":"Control","ö":"o","€":"Euro","\ud83d\ude00":"Smile","\ufb33":"Dalet"}';
  assert.equal(canonicalJson(value), expected);
});

test("writes numbers as ECMAScript does", () => {
  assert.equal(canonicalJson([333333333.3333333, 1e30, 4.5, 2e-3, 1e-27, -0]), "[333333333.3333333,1e+30,4.5,0.002,1e-27,0]");
});

test("reads back to the same value, whatever order the members came in", () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
      const text = canonicalJson(value);
      assert.equal(text, canonicalJson(reversed(value)));
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("leaves out undefined members", () => {
  assert.equal(canonicalJson({ b: undefined, a: [undefined] }), '{"a":[null]}');
});

test("refuses what JSON would have to bend, naming the place", () => {
  for (const value of [Number.NaN, new Date(0), new Secret("s"), 1n, () => 1, new Map(), new Uint8Array(1)]) {
    assert.throws(() => canonicalJson({ outer: [value] }), {
      code: "invalid_request",
      message: /"\/outer\/0"/,
    });
  }
});

test.run();
