import assert from "node:assert/strict";
import fc from "fast-check";
import { suite } from "../../../../../test/support/suite.ts";
import { judge } from "./judge.ts";
import { fitsTemplate, pathFlaw, readTemplate, segmentsOf, type PathTemplate } from "./path-template.ts";
import type { PolicyRequest, PolicyRule } from "./policy.ts";

const test = suite("what a site's policy says to a request");

const origin = "https://acme.okta.com";
const template = (source: string): PathTemplate => {
  const read = readTemplate(source);
  if (typeof read === "string") throw new Error(read);
  return read;
};

function ruleOf(over: Partial<PolicyRule> = {}): PolicyRule {
  const requests = [{ methods: ["GET"], path: template("/api/v1/users/{id}") }];
  const limits = { maxRequestBytes: 100, maxResponseBytes: 1_000, maxMs: 1_000 };
  return { name: "users", origins: [origin], requests, effects: ["read"], ...limits, addresses: ["public"], ...over };
}

const asked: PolicyRequest = { origin, method: "GET", path: "/api/v1/users/00u1", effect: "read", bodyBytes: 0, nowMs: 0 };
const verdict = (rules: readonly PolicyRule[], over: Partial<PolicyRequest> = {}) => judge({ hash: "", rules }, { ...asked, ...over });

test("denies everything when it has no rule", () => {
  assert.match((verdict([]) as { sentence: string }).sentence, /the policy has no rule/);
});

test("allows by the first rule that fits whole, and names the nearest rule with what it lacks when none does", () => {
  const second = ruleOf({ name: "second", effects: ["read", "converge"] });
  assert.equal((verdict([ruleOf(), second]) as { rule: PolicyRule }).rule.name, "users");
  assert.equal((verdict([ruleOf(), second], { effect: "converge" }) as { rule: PolicyRule }).rule.name, "second");
  const cases: readonly (readonly [over: Partial<PolicyRequest>, aspect: string, sentence: RegExp])[] = [
    [
      { origin: "https://acme.okta.com:8443" },
      "origin",
      /no rule is for this origin; there are rules for https:\/\/other, https:\/\/acme\.okta\.com\./,
    ],
    [{ origin: "http://acme.okta.com" }, "origin", /no rule is for this origin/],
    [{ origin: "https://acme.okta.com." }, "origin", /no rule is for this origin/],
    [{ path: "/api/v1/groups/1" }, "path", /it lists no path of this form/],
    [{ path: "/api/v1/Users/1" }, "path", /it lists no path/],
    [{ method: "DELETE" }, "method", /it lists only GET for this path/],
    [{ effect: "once" }, "effect", /its effects are read/],
    [{ bodyBytes: 101 }, "size", /the body has 101 bytes and it allows 100/],
  ];
  for (const [over, aspect, sentence] of cases) {
    const said = verdict([ruleOf({ name: "elsewhere", origins: ["https://other"] }), ruleOf()], over);
    assert.equal(said.kind, "denied", aspect);
    if (said.kind !== "denied") continue;
    assert.equal(said.nearest?.aspect, aspect);
    assert.match(said.sentence, sentence);
  }
});

test("holds a rule to its hours in their time zone, over midnight and over a change of the clocks", () => {
  const zone = "Europe/Vienna";
  const work = ruleOf({ hours: [{ days: [1, 2, 3, 4, 5], fromMinute: 480, toMinute: 1_080, zone }] });
  const night = ruleOf({ hours: [{ days: [5], fromMinute: 1_320, toMinute: 360, zone }] });
  const cases: readonly (readonly [rule: PolicyRule, at: string, isAllowed: boolean])[] = [
    [work, "2026-05-04T08:00:00+02:00", true],
    [work, "2026-05-04T07:59:59+02:00", false],
    [work, "2026-05-04T17:59:59+02:00", true],
    [work, "2026-05-04T18:00:00+02:00", false],
    [work, "2026-05-02T12:00:00+02:00", false],
    [night, "2026-05-01T23:00:00+02:00", true],
    [night, "2026-05-02T05:59:00+02:00", true],
    [night, "2026-05-02T06:00:00+02:00", false],
    [night, "2026-05-02T23:00:00+02:00", false],
    [night, "2026-05-01T05:00:00+02:00", false],
    // At one in the morning UTC the clocks go forward, and it is three.
    [ruleOf({ hours: [{ days: [0], fromMinute: 180, toMinute: 240, zone }] }), "2026-03-29T01:00:00Z", true],
    [ruleOf({ hours: [{ days: [0], fromMinute: 120, toMinute: 180, zone }] }), "2026-03-29T01:00:00Z", false],
  ];
  for (const [rule, at, isAllowed] of cases)
    assert.equal(verdict([rule], { nowMs: Date.parse(at) }).kind, isAllowed ? "allowed" : "denied", at);
});

test("takes no path that could mean several, whatever its rules list", () => {
  const rule = ruleOf({ requests: [{ methods: ["GET"], path: template("/**") }] });
  const paths = [
    ...[
      "/a/../b",
      "/a/./b",
      "/a/%2e%2e/b",
      "/a/.%2E/b",
      "/..",
      "/a%2fb",
      "/a%2Fb",
      "/a%5cb",
      "/a\\b",
      "/a%252e/b",
      "/a%25",
      "/a;x=1/b",
      "/a//b",
    ],
    ...[
      "/a/",
      "/a?b",
      "/a#b",
      "/a%3fb",
      "/a%23b",
      "/a%00b",
      "/a%0d%0ab",
      "/a b",
      "/a\tb",
      "/a\u2024b",
      "/a\uff0fb",
      "/a%",
      "/a%zz",
      "a",
      "",
      "/a%7f",
    ],
  ];
  for (const path of paths) assert.equal(verdict([rule], { path }).kind, "denied", path);
  for (const path of ["/a", "/a%20b", "/ada%40example.com", "/a/%C3%A9"]) assert.equal(verdict([rule], { path }).kind, "allowed", path);
});

test("reads templates of texts, names, one segment and the rest, and nothing else", () => {
  const fits: readonly (readonly [source: string, path: string, fits: boolean])[] = [
    ["/users", "/users", true],
    ["/users", "/users/1", false],
    ["/users/{id}", "/users/1", true],
    ["/users/{id}", "/users", false],
    ["/users/{id}/lifecycle/*", "/users/1/lifecycle/suspend", true],
    ["/users/{id}/lifecycle/*", "/users/1/lifecycle/a/b", false],
    ["/users/**", "/users", false],
    ["/users/**", "/users/1/2/3", true],
    ["/**", "/a", true],
    ["/users", "/%75sers", false],
    ["/a.b", "/aXb", false],
  ];
  for (const [source, path, expected] of fits)
    assert.equal(fitsTemplate(segmentsOf(path), template(source)), expected, `${source} ${path}`);
  for (const source of ["users", "", "/", "/a//b", "/a/**/b", "/a*", "/{id}x", "/{}", "/../a", "/a%20b", "/a?b", "/a b", "/(.*", "/{1a}"])
    assert.equal(typeof readTemplate(source), "string", source);
});

test("a path fits a template exactly when the template, filled in, is that path", () => {
  const text = fc.stringMatching(/^[A-Za-z0-9_~-]{1,6}$/);
  const segment = fc.oneof(
    text.map((each) => ({ each, filled: each })),
    text.map((filled) => ({ each: "{id}", filled })),
  );
  fc.assert(
    fc.property(fc.array(segment, { minLength: 1, maxLength: 6 }), fc.array(text, { minLength: 1, maxLength: 6 }), (segments, other) => {
      const read = template(`/${segments.map(({ each }) => each).join("/")}`);
      const path = `/${segments.map(({ filled }) => filled).join("/")}`;
      assert.equal(pathFlaw(path), undefined);
      assert.ok(fitsTemplate(segmentsOf(path), read));
      const isSame =
        other.length === segments.length && other.every((each, at) => segments[at]?.each === "{id}" || segments[at]?.each === each);
      assert.equal(fitsTemplate(other, read), isSame);
    }),
  );
});

test("one more rule never takes away what was allowed", () => {
  const rules = [ruleOf(), ruleOf({ name: "b", effects: ["once"] }), ruleOf({ name: "c", origins: ["https://b.okta.com"] })];
  const request = fc.record({
    origin: fc.constantFrom(origin, "https://b.okta.com", "https://c.okta.com"),
    method: fc.constantFrom("GET", "POST"),
    effect: fc.constantFrom("read" as const, "once" as const, "create" as const),
    bodyBytes: fc.constantFrom(0, 100, 101),
  });
  fc.assert(
    fc.property(request, fc.subarray(rules), fc.constantFrom(...rules), (over, some, more) => {
      if (verdict(some, over).kind === "allowed") assert.equal(verdict([...some, more], over).kind, "allowed");
    }),
  );
});

test.run();
