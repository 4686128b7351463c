import assert from "node:assert/strict";
import { okta } from "@longarm/okta";
import { suite } from "../support/suite.ts";
import { bucketMatcher } from "../../packages/controller/src/decide/budget/match-bucket.ts";

const test = suite("the bucket of a request to Okta");

const oktaBucket = bucketMatcher(okta.limits ? [okta.limits] : []);

test("is that of the longest rule that matches, by method where a rule names some", () => {
  const nameOf = (method: "GET" | "POST", path: string): string => oktaBucket(method, path).name;
  assert.equal(nameOf("GET", "/api/v1/users"), "/api/v1/users");
  assert.equal(nameOf("POST", "/api/v1/users"), "/api/v1/users");
  assert.equal(nameOf("GET", "/api/v1/users/00u1"), "GET /api/v1/users/{id}");
  assert.equal(nameOf("POST", "/api/v1/users/00u1"), "POST|PUT|PATCH|DELETE /api/v1/users/{id}");
  assert.equal(nameOf("POST", "/api/v1/users/00u1/lifecycle/suspend"), "/api/v1/*");
  assert.equal(nameOf("GET", "/api/v1/apps"), "/api/v1/apps*");
  assert.equal(nameOf("GET", "/api/v1/apps/0oa1"), "/api/v1/apps/{id}");
  assert.equal(nameOf("GET", "/api/v1/apps/0oa1/users"), "/api/v1/apps*");
  assert.equal(nameOf("GET", "/api/v1/groups/00g1/users"), "/api/v1/*");
});

test("assumes the limit of the plan that is named, and of the usual one for a plan that nobody knows", () => {
  const users = oktaBucket("GET", "/api/v1/users");
  assert.deepEqual([users.limit(undefined), users.limit("free"), users.limit("galactic")], [600, 60, 600]);
});

test("is one without a limit for what no rule covers", () => {
  const bucket = oktaBucket("GET", "/scim/v2/Users");
  assert.deepEqual([bucket.name, bucket.limit(undefined)], ["*", null]);
});

test.run();
