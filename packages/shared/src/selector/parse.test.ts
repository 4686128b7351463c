import assert from "node:assert/strict";
import fc from "fast-check";
import { suite } from "../../../../test/support/suite.ts";
import { LongarmError } from "../errors.ts";
import { conjunctsOf } from "./conjuncts.ts";
import { parseCel } from "./language.ts";
import { joinSelectors, parseSelector, splitSelector } from "./parse.ts";

const test = suite("parsing selectors");

function refusal(source: string): LongarmError {
  try {
    parseSelector(source);
  } catch (reason) {
    assert.ok(reason instanceof LongarmError);
    assert.equal(reason.code, "invalid_selector");
    return reason;
  }
  throw new Error(`parsed: ${source}`);
}

const faults: readonly (readonly [source: string, column: number, problem: RegExp])[] = [
  ["", 1, /unexpected the end; expected a value/],
  ["labels.site = 'hq'", 13, /unexpected `=`; write `==` to compare/],
  ["labels.site == 'hq' & true", 21, /write `&&` for and/],
  ["labels.site == 'hq' and true", 21, /unexpected `and`; write `&&`/],
  ["labels.site matches 'x'", 13, /unexpected `matches`; expected an operator/],
  ["labels.site == ", 16, /unexpected the end; expected a value/],
  ["labels.site == 'hq", 16, /no closing quote/],
  ["labels.site == ‘hq’", 16, /plain quotes/],
  ["(labels.site == 'hq'", 21, /expected `\)`, found the end/],
  ["labels.site == 'hq')", 20, /unexpected `\)`/],
  ["labels.", 8, /expected a name, found the end/],
  ["label.site == 'hq'", 1, /unknown variable `label`; the variables are agent, labels, facts, connection and target/],
  ["labels.site == hq", 16, /unknown variable `hq`/],
  ["facts.cores > 2", 1, /`facts` has no member `cores`; it has os, arch, version/],
  ["facts[labels.key] == 'x'", 1, /only named members/],
  ["size(facts) > 2", 6, /must be followed by one of its members/],
  ["agent == 'hq-1'", 1, /agent\.id, agent\.name/],
  ["labels.site.matches('(a+)+$')", 1, /regular expression/],
  ["cel.bind(x, labels.site, x == 'hq')", 1, /`cel\.…` is not offered/],
  ["labels.a.map(x, x) == ['a']", 1, /unknown function `map`/],
  ["size(labels.a.filter(x, x == 'b')) == 1", 6, /unknown function `filter`/],
  ["labels.a.exists(x, x.exists(y, y == 'b'))", 20, /only a list of a variable/],
  ["within('10.0.0.0/8')", 1, /unknown function `within`/],
  ["cidr('10.0.0.0/33').contains(target.host)", 6, /cidr\(\) takes an address or a range/],
  ["semver(facts.version) > semver('newest')", 32, /semver\(\) takes a version/],
  ["labels.a.exists(labels, labels == 'x')", 17, /give the element another name/],
  ["labels.a.exists(x, labels.b.exists(y, labels.c.exists(z, z == x + y)))", 39, /more than 2 of exists/],
  ["'a string'", 1, /this is of type string; a selector must be true or false/],
  ["1 < 'a'", 1, /no such overload: int < string/],
  [`${"(".repeat(40)}true${")".repeat(40)}`, 33, /nested too deeply \(the limit is 32\)/],
];

for (const [source, column, problem] of faults) {
  test(`refuses ${JSON.stringify(source.slice(0, 60))} and shows where`, () => {
    const error = refusal(source);
    assert.match(String(error.details["problem"]), problem);
    assert.equal(error.details["column"], column);
    const [, shown = "", caret = ""] = error.message.split("\n");
    assert.equal(shown, `  ${source}`);
    assert.equal(caret, `${" ".repeat(column + 1)}^`);
  });
}

test("points at the first line when a line break comes first", () => {
  assert.match(refusal("\n1").message, /line 2, column 1: this is of type int/);
});

test("shows the faulty line of several", () => {
  const error = refusal("labels.site == 'hq'\n  && facts.os = 'linux'\n  && true");
  assert.deepEqual([error.details["line"], error.details["column"]], [2, 15]);
  assert.ok(error.message.endsWith("\n    && facts.os = 'linux'\n                ^"), error.message);
});

test("shows a window around a fault far along a line", () => {
  const error = refusal(`${"labels.site == 'hq' && ".repeat(20)}labels.site = 'x'`);
  const [, shown = "", caret = ""] = error.message.split("\n");
  assert.equal(shown[caret.length - 1], "=");
  assert.ok(shown.length < 120);
});

test("bounds the parts of a selector and says what to do instead", () => {
  assert.match(refusal(`labels.a in [${"1,".repeat(201)}]`).message, /list is too long; give the agents a label .* \(the limit is 200\)/);
  assert.match(refusal(`true${" && true".repeat(300)}`).message, /too many parts; give the agents a label .* \(the limit is 500\)/);
});

test("refuses more than 4 KiB with the limit in the message", () => {
  assert.match(refusal(`labels.site == '${"é".repeat(2048)}'`).message, /4113 bytes long; at most 4096/);
});

test("splits at the conjunctions of the top only", () => {
  const table: readonly (readonly [string, readonly string[]])[] = [
    ["true", ["true"]],
    ["labels.a == '&&' && labels.b == \"||\" // && c", ["labels.a == '&&'", 'labels.b == "||"']],
    [
      "(labels.a == 'x' && (labels.b == 'y')) && (labels.c == 'z' || true)",
      ["labels.a == 'x'", "labels.b == 'y'", "labels.c == 'z' || true"],
    ],
    ["labels.a == 'x' || labels.b == 'y' && true", ["labels.a == 'x' || labels.b == 'y' && true"]],
    ["true ? true && false : false && true", ["true ? true && false : false && true"]],
    ["!(labels.a == 'x' && true) && (true)", ["!(labels.a == 'x' && true)", "true"]],
    ["(labels.a) == (labels.b) && r'\\'&&' == '\\\\'", ["(labels.a) == (labels.b)", "r'\\'&&' == '\\\\'"]],
    ["labels.a == '''it's && \"so\"''' && true", ["labels.a == '''it's && \"so\"'''", "true"]],
  ];
  for (const [source, terms] of table)
    assert.deepEqual(
      parseSelector(source).terms.map((term) => term.source),
      terms,
    );
});

const leaf = fc.constantFrom(
  "(labels.a) == r'\\'&&'",
  "labels.a == 'x'",
  "'&&' in labels.b",
  "has(labels.c)",
  "facts.load < 0.5",
  'labels.d == "a\\"&&\\""',
  "true",
);
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.tuple(tie("expression"), fc.constantFrom("&&", "||", "&&\n", "&& // || and\n"), tie("expression")).map((parts) => parts.join(" ")),
    tie("expression").map((inner) => `(${inner})`),
    tie("expression").map((inner) => `!(${inner})`),
  ),
}));

function conjunctCount(node: ReturnType<typeof parseCel>["ast"]): number {
  return node.op === "&&" ? conjunctCount(node.args[0]) + conjunctCount(node.args[1]) : 1;
}

test("finds the same conjuncts in the text as the library in its tree, and each parses by itself", () => {
  fc.assert(
    fc.property(expression, (source) => {
      const spans = conjunctsOf(source);
      assert.equal(spans.length, conjunctCount(parseCel(source).ast));
      for (const span of spans) parseSelector(source.slice(span.start, span.end));
    }),
    { numRuns: 300 },
  );
});

test("parts the stable conditions from the volatile ones, a mixed one being volatile as a whole", () => {
  const selector = parseSelector(
    "labels.site == 'hq' && facts.load < 0.5 && (facts.os == 'linux' || facts['freeSlots'] > 2) && facts.reach[connection.name] < 50",
  );
  const { stable, volatile } = splitSelector(selector);
  assert.equal(stable.source, "labels.site == 'hq'");
  assert.equal(volatile.source, "facts.load < 0.5 && (facts.os == 'linux' || facts['freeSlots'] > 2) && facts.reach[connection.name] < 50");
  assert.equal(splitSelector(parseSelector("facts.load < 1")).stable.source, "true");
});

test("joins two selectors so that neither widens the other", () => {
  assert.equal(
    joinSelectors("labels.a == 'x' || labels.b == 'y'", "labels.c == 'z' // end"),
    "(labels.a == 'x' || labels.b == 'y') && labels.c == 'z'",
  );
  assert.equal(joinSelectors(undefined, "true"), "true");
  assert.equal(joinSelectors(undefined, undefined), undefined);
  assert.throws(() => joinSelectors("labels.a == 'x'", "true) || (true"), { code: "invalid_selector" });
  assert.throws(() => joinSelectors(`labels.a == '${"x".repeat(3000)}'`, `labels.a == '${"x".repeat(3000)}'`), {
    code: "invalid_selector",
  });
});

test("never fails on any text but with its own error", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.constantFrom("valueOf", "constructor.name", "true constructor", "labels.toString()", "facts.constructor"),
        fc.string({ unit: fc.constantFrom(..."labels.a='\"()[]{}&|?:!<>1 \n\\rb\u{1f600}") }),
      ),
      (source) => {
        try {
          parseSelector(source);
        } catch (reason) {
          assert.ok(reason instanceof LongarmError && reason.code === "invalid_selector", String(reason));
        }
      },
    ),
    { numRuns: 2000 },
  );
});

test.run();
