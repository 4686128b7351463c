import assert from "node:assert/strict";
import { join } from "node:path";
import { readPolicy, tryPolicy } from "@longarm/agent";
import { suite } from "./support/suite.ts";

const test = suite("the example of a site's policy");

test("is sound, and allows and denies what it says", () => {
  const policy = readPolicy(join(import.meta.dirname, "../docs/examples/okta-policy.yaml"));
  const monday = Date.parse("2026-05-04T09:00:00+02:00");
  const cases = [
    ["GET", "/api/v1/users/00u1/groups", "read", true],
    ["POST", "/oauth2/v1/token", "read", true],
    ["POST", "/api/v1/users/00u1/lifecycle/suspend", "converge", true],
    ["POST", "/api/v1/users/00u1/credentials/change_password", "once", true],
    ["DELETE", "/api/v1/users/00u1", "converge", false],
    ["POST", "/api/v1/users/00u1/lifecycle/suspend", "once", false],
    ["GET", "/api/v1/authorizationServers", "read", false],
  ] as const;
  for (const [method, path, effect, allowed] of cases) {
    const answer = tryPolicy(policy, { method, url: `https://acme.okta.com${path}`, effect, bodyBytes: 100, nowMs: monday });
    assert.equal(answer.allowed, allowed, `${method} ${path}: ${answer.sentence}`);
  }
});

test.run();
