import assert from "node:assert/strict";
import fc from "fast-check";
import { suite } from "../../../../../test/support/suite.ts";
import { compilePredicate } from "./evaluate.ts";
import type { Expression } from "./expression.ts";
import { parseExpression } from "./parse.ts";
import type { ExpressionRules } from "./rules.ts";

const test = suite("filter and search expressions");

const anything: ExpressionRules = { operatorsFor: () => ["eq"], isTime: (attribute) => attribute === "at", ignoreCase: false };

function parsed(source: string): Expression {
  const result = parseExpression(source);
  assert.equal(result.kind, "expression", JSON.stringify(result));
  return (result as { expression: Expression }).expression;
}

function holds(source: string, attributes: Readonly<Record<string, unknown>>): boolean {
  return compilePredicate(parsed(source), anything)((attribute) => attributes[attribute]);
}

test("any text in quotes, escaped, is read as that text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const escaped = text.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
      assert.equal(holds(`name eq "${escaped}"`, { name: text }), true);
    }),
  );
});

test("no text makes the parser throw", () => {
  const pieces = fc.array(fc.constantFrom("(", ")", "and", "or", "not", "a", "eq", "pr", '"x"', '"', " ", "\\", "1"), { maxLength: 40 });
  fc.assert(fc.property(pieces, (words) => ["expression", "bad"].includes(parseExpression(words.join("")).kind)));
  assert.equal(parseExpression(`${"(".repeat(5_000)}a pr${")".repeat(5_000)}`).kind, "bad");
});

test("and binds closer than or, and parentheses closer still", () => {
  const facts = { a: 1, b: 2, c: 3 };
  assert.equal(holds("a eq 1 or b eq 0 and c eq 0", facts), true);
  assert.equal(holds("(a eq 1 or b eq 0) and c eq 0", facts), false);
  assert.equal(holds("not a eq 0 AND Not (b EQ 0 OR c eq 0)", facts), true);
});

test("every operator compares as its name says", () => {
  const facts = { name: "Ada", age: 36, tags: ["x", "y"], at: "2026-01-01T00:00:00.000Z", empty: "", none: null };
  const truths = [
    'name ne "Bob"',
    'name sw "A"',
    'name ew "da"',
    'name co "d"',
    "age gt 35",
    "age ge 36",
    "age lt 37",
    "age le 36",
    "name pr",
    'tags eq "y"',
  ];
  for (const truth of [...truths, 'at eq "2026-01-01T01:00:00+01:00"', "none eq null"]) assert.equal(holds(truth, facts), true, truth);
  for (const lie of ['name eq "ada"', "empty pr", "none pr", "absent pr", 'tags eq "z"', "age gt 36", 'absent ne "x"']) {
    assert.equal(holds(lie, facts), false, lie);
  }
});

test("a text that is no expression says where it stops being one", () => {
  const messageOf = (source: string) => (parseExpression(source) as { message: string }).message;
  assert.equal(messageOf('name is "x"'), "Unrecognized attribute operator 'is' after 'name'");
  assert.equal(messageOf('name eq "x" name'), "expected 'and', 'or' or the end, found 'name' at character 13");
  assert.equal(messageOf("(a pr"), "expected ')' before the end");
  assert.equal(messageOf('name eq "x'), "cannot read character 9");
});

test.run();
