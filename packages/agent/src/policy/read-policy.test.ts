import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { LongarmError } from "@longarm/shared";
import { suite } from "../../../../test/support/suite.ts";
import { parsePolicy } from "./read-policy.ts";

const test = suite("a policy file");

const least = `rules:
  - name: users
    origins: [https://acme.okta.com]
    allow: ["GET,HEAD /api/v1/users/{id}"]
`;

test("is complete with its name, origins and paths: it reads, public addresses, and modest sizes", () => {
  const { hash, rules } = parsePolicy(least, "policy.yaml");
  assert.equal(hash, `sha256:${createHash("sha256").update(least).digest("hex")}`);
  const [rule] = rules;
  assert.deepEqual(rule?.requests[0]?.methods, ["GET", "HEAD"]);
  const { effects, addresses, maxMs, maxRequestBytes, maxResponseBytes } = rule ?? assert.fail();
  assert.deepEqual([effects, addresses, maxMs, maxRequestBytes, maxResponseBytes], [["read"], ["public"], 60_000, 1_000_000, 64_000_000]);
});

test("is refused with every fault at once, each with its line and what to write", () => {
  const text = `rules:
  - name: a
    origins: [https://ACME.okta.com/, "ftp://x", "https://user@x"]
    allow: ["GET /a//b", "FOO /x", "GET /a/**/b", "GET /a*", "/a"]
    rate: 0/minute
    addresses: [10.0.0.1/8, privat]
    maxTime: soon
  - name: a
    orgins: [x]
    effects: [write]
    hours: [{zone: Mars/Olympus, from: "25:00", days: [monday]}]
`;
  const lines = faultsOf(text);
  const expected = [
    /^line 1, rules: has several rules of the name "a"/,
    /^line 3, .*write https:\/\/acme\.okta\.com, not/,
    /^line 3, .*not "ftp:\/\/x"/,
    /^line 3, .*not "https:\/\/user@x"/,
    /^line 4, .*has an empty segment/,
    /^line 4, .*has the method FOO/,
    /^line 4, .*has \*\* before its end/,
    /^line 4, .*has "a\*"/,
    /^line 4, .*must be methods and a path/,
    /^line 5, .*such as "600\/minute"/,
    /^line 6, .*not "10\.0\.0\.1\/8"/,
    /^line 6, .*not "privat"/,
    /^line 7, .*must be a duration/,
    /^line 8, .*origins: is required/,
    /^line 8, .*allow: is required/,
    /^line 9, .*did you mean "origins"/,
    /^line 10, .*effects/,
    /^line 11, .*time zone such as Europe\/Vienna/,
    /^line 11, .*time from 00:00 to 24:00/,
    /^line 11, .*days/,
  ];
  for (const fault of expected)
    assert.ok(
      lines.some((line) => fault.test(line)),
      `${fault} in\n${lines.join("\n")}`,
    );
  assert.equal(lines.length, expected.length);
});

test("is refused when it is no YAML, empty, or of another form", () => {
  for (const text of ["", "rules", "- a", "rules: [", "rules: {}", "policy: []", "rules: &a [*a]"])
    assert.ok(faultsOf(text).length > 0, text);
});

function faultsOf(text: string): readonly string[] {
  try {
    parsePolicy(text, "policy.yaml");
  } catch (reason) {
    const { code, message } = LongarmError.from(reason);
    assert.equal(code, "invalid_configuration", message);
    return message
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
}

test.run();
