import assert from "node:assert/strict";
import fc from "fast-check";
import { suite } from "../../../test/support/suite.ts";
import { deepestJson, findJsonFlaws, nestsTooDeep } from "./json-flaw.ts";

const test = suite("what parsed JSON is refused for");

function flawsOf(text: string): readonly (readonly [pointer: string, problem: string])[] {
  return findJsonFlaws(text, JSON.parse(text)).map(({ pointer, problem }) => [pointer, problem]);
}

function nested(levels: number, open = "[", close = "]"): string {
  return open.repeat(levels) + close.repeat(levels);
}

test("finds nothing wrong with any JSON that is text and not too deep", () => {
  fc.assert(fc.property(fc.json({ stringUnit: "grapheme" }), (text) => assert.deepEqual(flawsOf(text), [])));
  for (const text of ["null", '"\\ud83d\\ude00"', '{"a\\ud83d\\ude00":["[[[\\\\",{}]}', nested(deepestJson)])
    assert.deepEqual(flawsOf(text), []);
});

test("names the place where nesting becomes too deep, however deep it goes on", () => {
  for (const levels of [deepestJson + 1, 200_000]) {
    assert.deepEqual(flawsOf(`{"input":{"a/b":${nested(levels)}}}`), [
      [`/input/a~1b${"/0".repeat(deepestJson - 2)}`, `is nested deeper than ${deepestJson} levels`],
    ]);
  }
});

test("counts brackets that nest, and none that stand in strings or side by side", () => {
  assert.equal(nestsTooDeep(nested(deepestJson + 1)), true);
  assert.equal(nestsTooDeep(nested(deepestJson)), false);
  assert.equal(nestsTooDeep(`["${"[".repeat(500)}","\\\\\\"${"{".repeat(500)}"]`), false);
  assert.equal(nestsTooDeep(`[${"[],".repeat(500)}{}]`), false);
});

test("names every string that is no text, and every member whose name is none", () => {
  const text = '{"input":{"user":"a\\ud800","list":["ok","\\uDC00x"]},"\\udfff":1,"good":"\\ud83d\\ude00"}';
  assert.deepEqual(
    flawsOf(text).toSorted((a, b) => (a.join() < b.join() ? -1 : 1)),
    [
      ["", "has a member whose name holds half of a surrogate pair"],
      ["/input/list/1", "holds half of a surrogate pair, so it is no valid text"],
      ["/input/user", "holds half of a surrogate pair, so it is no valid text"],
    ],
  );
  assert.deepEqual(flawsOf('"\\ud800"'), [["", "holds half of a surrogate pair, so it is no valid text"]]);
});

test("names a hundred flaws and no more, and cuts long names", () => {
  assert.equal(flawsOf(`[${'"\\ud800",'.repeat(5_000)}0]`).length, 100);
  assert.deepEqual(flawsOf(`{"${"x".repeat(500)}":"\\ud800"}`)[0]?.[0], `/${"x".repeat(80)}…`);
});

test.run();
