import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { parseCondition, parseExpression } from "./expression.ts";

const test = suite("expressions over rows");
const row = { first: "Ada", last: "Lovelace", "Cost Center": "7", tags: "a;b", remote: true, tagList: ["a", "b"] };

const values: readonly (readonly [source: string, value: unknown])[] = [
  ["row.first + ' ' + row.last", "Ada Lovelace"],
  ["row['Cost Center']", "7"],
  ["int(row['Cost Center']) + 1", 8],
  ["double(row['Cost Center']) / 2.0", 3.5],
  ["row.tags.split(';')", ["a", "b"]],
  ["row.first.substring(0, 1).lowerAscii() + row.last.lowerAscii()", "alovelace"],
  ["row.remote ? 'home' : 'office'", "home"],
  ["row.first == '' ? null : row.first", "Ada"],
  ["row.tagList.exists(tag, tag == 'b')", true],
];
for (const [source, value] of values) {
  test(`gives the value of ${source}`, () => assert.deepEqual(parseExpression(source, { row: null }).evaluate({ row }), { value }));
}

const faulty: readonly (readonly [source: string, fault: RegExp])[] = [
  ["row.middle", /No such key/],
  ["int(row.first)", /int/],
  ["{'a': 1}", /neither a text/],
  ["1.0 / 0.0", /a number that is none/],
];
for (const [source, fault] of faulty) {
  test(`says why ${source} has no value`, () => {
    const result = parseExpression(source, { row: null }).evaluate({ row });
    assert.match("fault" in result ? result.fault : JSON.stringify(result), fault);
  });
}

const refused: readonly (readonly [source: string, message: RegExp])[] = [
  ["row.frist", /The expression is wrong at line 1, column 1: `row` has no member `frist`; it has first and last/],
  ["labels.site == 'hq'", /unknown variable `labels`; the variable is row/],
  ["row.first.matches('A.*')", /`matches` is not offered/],
  ["row.first.join('x')", /unknown function `join`/],
  ["row.first +", /expected a value/],
  ["row.first".padEnd(5_000), /longer than 4096 bytes/],
];
for (const [source, message] of refused) {
  test(`refuses ${source.trim().slice(0, 40)}`, () => {
    assert.throws(() => parseExpression(source, { row: ["first", "last"] }), { code: "invalid_selector", message });
  });
}

test("holds a condition only where it is true", () => {
  const isFromHr = parseCondition("profile.source == 'hr'", { profile: null, status: null });
  const held = [{ source: "hr" }, { source: "crm" }, {}].map((profile) => isFromHr({ profile, status: "ACTIVE" }));
  assert.deepEqual(held, [true, false, false]);
});

test("says of a whole number of JSON that it is a double, where it is calculated with as if it were none", () => {
  const of = (source: string) => parseExpression(source, { event: null }).evaluate({ event: { n: 4, text: "a" } });
  assert.deepEqual(of("event.n % 2"), {
    fault: "no such overload: dyn<double> % int; a number of JSON is a double: int(…) makes it a whole one",
  });
  assert.deepEqual(of("int(event.n) % 2"), { value: 0 });
  assert.deepEqual(of("event.text % 2"), { fault: "no such overload: dyn<string> % int" });
});

test.run();
