import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { evaluate, type SelectorVariables } from "./evaluate.ts";
import { parseSelector } from "./parse.ts";

const test = suite("evaluating selectors");

const variables: SelectorVariables = {
  agent: { id: "agt_0", name: "hq-1" },
  labels: { site: "hq", tier: "prod", capabilities: ["rest", "okta"], ipRanges: ["10.0.0.0/8", "2001:db8::/32"], none: [] },
  facts: {
    os: "linux",
    arch: "x64",
    version: "1.10.2",
    hostname: "box",
    addresses: ["10.1.2.3", "fd00::1"],
    freeSlots: 4,
    load: 0.25,
    reach: { acme: 12.5 },
  },
  connection: { name: "acme" },
  target: { host: "acme.okta.com", addresses: ["192.0.2.7"] },
};

const matching = [
  "true",
  "agent.name == 'hq-1' && agent.id.startsWith('agt_')",
  "labels.site == 'hq'",
  'labels["site"] == "hq"',
  "labels.site in ['hq', 'branch']",
  "'okta' in labels.capabilities",
  "!('ldap' in labels.capabilities)",
  "labels.capabilities.exists(c, c.startsWith('ok'))",
  "labels.capabilities.all(c, size(c) == 4)",
  "labels.capabilities.exists_one(c, c == 'okta')",
  "['hq', 'branch'].exists(s, s == labels.site)",
  "labels.exists(key, key == 'tier')",
  "labels.site == 'branch' || labels.tier == 'prod'",
  "labels.absent == 'x' || labels.tier == 'prod'",
  "!has(labels.absent)",
  "'site' in labels && !('absent' in labels)",
  "has(labels.site) ? labels.site == 'hq' : false",
  "facts.load < 0.5",
  "facts.load < 1",
  "facts.freeSlots > 2",
  "facts.freeSlots >= 4.0",
  "facts.freeSlots == 4",
  "facts.reach[connection.name] < 50",
  "facts.reach.acme <= 12.5",
  "connection.name in facts.reach",
  "target.host.endsWith('.okta.com')",
  "semver(facts.version) >= semver('1.9')",
  "semver(facts.version) > semver('1.10.2-rc.1') && semver(facts.version) == semver('v1.10.2+build')",
  "semver('1.0.0-alpha.2') < semver('1.0.0-alpha.10') && semver('1.0.0-alpha') != semver('1.0.0')",
  "facts.addresses.exists(a, cidr('10.0.0.0/8').contains(a))",
  "cidr('10.0.0.0/8').contains('10.255.0.0/16') && !cidr('10.0.0.0/8').contains('10.0.0.0/7')",
  "cidr('2001:db8::/32').contains(cidr('2001:db8:1::/48')) && !cidr('::/0').contains('10.0.0.1')",
  "cidr('10.0.0.0/8').contains('::ffff:10.0.0.1') && cidr('0.0.0.0/0').contains('255.255.255.255')",
  "labels.ipRanges.exists(r, target.addresses.exists(t, cidr(r).contains(t))) == false",
] as const;

for (const source of matching) {
  test(`matches ${source}`, () => assert.deepEqual(evaluate(parseSelector(source), variables), { matched: true }));
}

const failing: readonly (readonly [source: string, failed: string, because: string])[] = [
  ["labels.tier == 'prod' && labels.site == 'branch' && facts.os == 'x'", "labels.site == 'branch'", "labels.site is 'hq'"],
  ["labels.zone == 'a'", "labels.zone == 'a'", "labels.zone is absent"],
  ["labels.zone != 'a'", "labels.zone != 'a'", "labels.zone is absent"],
  ["'ldap' in labels.capabilities", "'ldap' in labels.capabilities", 'labels.capabilities is ["rest","okta"]'],
  ["'h' in labels.site", "'h' in labels.site", "labels.site is 'hq'; no such overload: string in dyn<string>"],
  ["labels.none.exists(c, c == 'x')", "labels.none.exists(c, c == 'x')", "labels.none is []"],
  ["facts.load > 0.5", "facts.load > 0.5", "facts.load is 0.25"],
  ["facts.reach['other'] < 50", "facts.reach['other'] < 50", "facts.reach['other'] is absent"],
  [
    "facts.reach[connection.name] < 5",
    "facts.reach[connection.name] < 5",
    "connection.name is 'acme'; facts.reach[connection.name] is 12.5",
  ],
  [
    "cidr(labels.site).contains('10.0.0.1')",
    "cidr(labels.site).contains('10.0.0.1')",
    "labels.site is 'hq'; cidr() takes an address or a range such as '10.0.0.0/8', not 'hq'",
  ],
  ["labels.site", "labels.site", "labels.site is 'hq'; a condition must be true or false"],
  ["labels.constructor == 'x'", "labels.constructor == 'x'", "labels.constructor is absent"],
  ["labels.__proto__ == 'x'", "labels.__proto__ == 'x'", "labels.__proto__ is absent"],
  ["false", "false", "it is never true"],
];

for (const [source, failed, because] of failing) {
  test(`names the failing condition of ${source}`, () => {
    assert.deepEqual(evaluate(parseSelector(source), variables), { matched: false, failed, because });
  });
}

test("does not match what reads the connection or the target when there is none", () => {
  const { connection, target, ...rest } = variables;
  assert.equal(connection?.name, "acme");
  assert.equal(target?.host, "acme.okta.com");
  assert.deepEqual(evaluate(parseSelector("connection.name == 'acme'"), rest), {
    matched: false,
    failed: "connection.name == 'acme'",
    because: "connection.name is absent",
  });
  assert.equal(evaluate(parseSelector("target.host != 'x'"), rest).matched, false);
});

test("skips volatile conditions on the agent's side, and only those", () => {
  const selector = parseSelector("facts.freeSlots > 100 && labels.site == 'hq' && facts.load > 1");
  assert.equal(evaluate(selector, variables).matched, false);
  assert.deepEqual(evaluate(selector, variables, { skipVolatile: true }), { matched: true });
  const elsewhere = { ...variables, labels: { site: "branch" } };
  assert.deepEqual(evaluate(selector, elsewhere, { skipVolatile: true }), {
    matched: false,
    failed: "labels.site == 'hq'",
    because: "labels.site is 'branch'",
  });
});

test("does not match where lists are so long that walking them would take noticeable time", () => {
  const selector = parseSelector("facts.addresses.all(a, facts.addresses.all(b, size(a) < 50 && size(b) < 50))");
  const withAddresses = (count: number): SelectorVariables => ({
    ...variables,
    facts: { ...variables.facts, addresses: Array.from({ length: count }, (_, i) => `10.0.0.${i}`) },
  });
  assert.equal(evaluate(selector, withAddresses(30)).matched, true);
  const verdict = evaluate(selector, withAddresses(1000));
  assert.match(verdict.matched ? "" : verdict.because, /^its lists are too long to be walked; facts\.addresses is \["10/);
});

test("leaves stack traces as they were after an evaluation that fails", () => {
  const before = Error.stackTraceLimit;
  evaluate(parseSelector("!(labels.zone == 'a')"), variables);
  assert.equal(Error.stackTraceLimit, before);
});

test.run();
