import assert from "node:assert/strict";
import fc from "fast-check";
import { suite } from "../../../test/support/suite.ts";
import { allOf, anyOf, compare, quote } from "./expressions.ts";

const test = suite("expressions");
const refused = { code: "invalid_request" };

/** What a reader of the grammar takes a quoted value for, and what is left behind it. */
function read(quoted: string): readonly [value: string, rest: string] {
  const match = /^"((?:[^"\\]|\\.)*)"/su.exec(quoted);
  assert.ok(match, quoted);
  return [(match[1] ?? "").replaceAll(/\\(.)/gsu, "$1"), quoted.slice(match[0].length)];
}

test("a value is quoted, its quotes and backslashes escaped", () => {
  assert.equal(compare("profile.name", "eq", 'He said "hi\\"'), String.raw`profile.name eq "He said \"hi\\\""`);
});

const hostile = ['"', "\\", '\\"', '" or status pr or "', '\\\\" or id pr', "a\\", "') or (", "é€😀", "%22", "\u2028"];
for (const value of hostile) {
  test(`the value ${JSON.stringify(value)} stays a value`, () => assert.deepEqual(read(quote(value)), [value, ""]));
}

test("whatever text is quoted, it comes back whole and nothing stands behind it", () => {
  const text = fc.oneof(
    fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
    fc.string({ unit: fc.constantFrom('"', "\\", " ", "o", "r", "(", ")") }),
  );
  fc.assert(
    fc.property(text, (value) => {
      let quoted;
      try {
        quoted = quote(value);
      } catch {
        return;
      }
      assert.deepEqual(read(quoted), [value, ""]);
    }),
    { numRuns: 500 },
  );
});

for (const value of ["\u0000", "a\u0000b", "a\nb", "\u001f", "\u007f", "\ud800"]) {
  test(`the value ${JSON.stringify(value)} is refused`, () => assert.throws(() => quote(value), refused));
}

test("an expression of 4,000 characters passes, one more is refused, escapes counted", () => {
  const overhead = 'a eq ""'.length;
  assert.equal(compare("a", "eq", "x".repeat(4_000 - overhead)).length, 4_000);
  assert.throws(() => compare("a", "eq", "x".repeat(4_001 - overhead)), refused);
  assert.throws(() => compare("a", "eq", '"'.repeat(2_500)), refused);
});

for (const attribute of ["", "a b", 'a"', "a eq", "a.", ".a", "a)", "1a"]) {
  test(`"${attribute}" is no attribute`, () => assert.throws(() => compare(attribute, "eq", "x"), refused));
}

test("parts are joined, and put in brackets only where they are joined themselves", () => {
  const [a, b] = [compare("a", "eq", "1 and 2"), compare("b", "gt", "2")];
  assert.equal(anyOf(a), a);
  assert.equal(anyOf(a, b), 'a eq "1 and 2" or b gt "2"');
  assert.equal(allOf(anyOf(a, b), a), '(a eq "1 and 2" or b gt "2") and a eq "1 and 2"');
  assert.throws(() => anyOf(), { code: "internal" });
});

test.run();
