import assert from "node:assert/strict";
import fc from "fast-check";
import { suite } from "../../../../test/support/suite.ts";
import type { Labels } from "./contract.ts";
import { evaluate, type SelectorVariables } from "./evaluate.ts";
import { parseSelector } from "./parse.ts";
import { compileShortForm, quote, type SelectorShortForm } from "./short-form.ts";

const test = suite("short forms of selectors");

function agent(name: string, labels: Labels): SelectorVariables {
  const facts = { os: "linux", arch: "x64", version: "1.0.0", hostname: "h", addresses: [], freeSlots: 1, load: 0, reach: {} };
  return { agent: { id: "agt_0", name }, labels, facts };
}

function matches(form: SelectorShortForm, variables: SelectorVariables): boolean {
  return evaluate(parseSelector(compileShortForm(form)), variables).matched;
}

test("compile to the CEL that is shown for them", () => {
  const table: readonly (readonly [string | SelectorShortForm, string])[] = [
    ["labels.site == 'hq'", "labels.site == 'hq'"],
    [{ agent: "hq-1" }, "agent.name == 'hq-1'"],
    [{ pool: "p" }, "labels.pool == 'p'"],
    [{ capabilities: ["rest", "okta"] }, "'rest' in labels.capabilities && 'okta' in labels.capabilities"],
    [
      { attributes: { site: "hq", "cost-centre": ["a", "b"], in: "x" } },
      "labels.site == 'hq' && labels['cost-centre'] in ['a', 'b'] && labels['in'] == 'x'",
    ],
    [{ ipRange: "10.1.0.0/16" }, "labels.ipRanges.exists(r, cidr(r).contains('10.1.0.0/16'))"],
    [{ agent: "a", pool: "p" }, "agent.name == 'a' && labels.pool == 'p'"],
  ];
  for (const [form, source] of table) assert.equal(compileShortForm(form), source);
});

test("match the agents they describe", () => {
  const hq = agent("hq-1", { site: "hq", capabilities: ["rest", "okta"], ipRanges: ["192.168.0.0/16", "10.0.0.0/8"] });
  assert.ok(matches({ agent: "hq-1", capabilities: ["okta"], attributes: { site: ["branch", "hq"] }, ipRange: "10.1.0.0/16" }, hq));
  assert.ok(!matches({ capabilities: ["okta", "ldap"] }, hq));
  assert.ok(!matches({ ipRange: "0.0.0.0/0" }, hq));
  assert.ok(!matches({ attributes: { absent: "x" } }, hq));
});

test("refuse unknown, empty and mistyped members", () => {
  const wrong: readonly unknown[] = [
    {},
    [],
    null,
    5,
    { agents: "x" },
    { agent: 5 },
    { capabilities: [] },
    { capabilities: "okta" },
    { attributes: ["a"] },
  ];
  const more: readonly unknown[] = [
    { attributes: { a: [] } },
    { attributes: { a: 5 } },
    { attributes: {} },
    { ipRange: "10.0.0.0/40" },
    "labels.site =",
    { constructor: "x" },
  ];
  for (const form of [...wrong, ...more]) assert.throws(() => compileShortForm(form as SelectorShortForm), { code: "invalid_selector" });
});

const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.string({ unit: fc.constantFrom("'", '"', "\\", "\n", "\r", "\0", "u", "x", "`", " || true", "//", "' || 'a' == 'a"), maxLength: 8 }),
);

test("quote any text so that it comes back as itself and nothing else", () => {
  fc.assert(
    fc.property(hostile, hostile, (value, other) => {
      assert.ok(matches({ agent: value }, agent(value, {})));
      assert.equal(matches({ agent: value }, agent(other, {})), value === other);
      assert.ok(!/[\n\r]/.test(quote(value)));
    }),
    { numRuns: 1000 },
  );
});

test("keep any label key and value where it was put", () => {
  fc.assert(
    fc.property(hostile, hostile, hostile, (key, value, other) => {
      const labels = Object.fromEntries([[key, value]]);
      assert.ok(matches({ attributes: Object.fromEntries([[key, [value]]]) }, agent("a", labels)));
      assert.equal(matches({ attributes: Object.fromEntries([[key, other]]) }, agent("a", labels)), value === other);
    }),
    { numRuns: 500 },
  );
});

test.run();
