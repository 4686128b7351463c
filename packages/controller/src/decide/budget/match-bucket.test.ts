import assert from "node:assert/strict";
import { suite } from "../../../../../test/support/suite.ts";
import { bucketMatcher } from "./match-bucket.ts";

const test = suite("the bucket of a request");

const things = {
  windowMs: 1_000,
  plan: "usual",
  rules: [
    { bucket: "/a.b/*", perWindow: { usual: 9 } },
    { bucket: "/a.b/{x}", methods: ["GET"], perWindow: { usual: 1, small: 0.5 } },
  ],
};

test("is that of the longest rule that matches its method and path", () => {
  const matcher = bucketMatcher([things]);
  const nameOf = (method: string, path: string): string => matcher(method, path).name;
  assert.deepEqual([nameOf("GET", "/a.b/c"), nameOf("POST", "/a.b/c"), nameOf("GET", "/a.b/c/d")], ["GET /a.b/{x}", "/a.b/*", "/a.b/*"]);
});

test("is one without a limit for what no rule covers, nothing of a rule's text being more than itself", () => {
  const matcher = bucketMatcher([things]);
  for (const path of ["/a-b/c", "/x/a.b/c", "/"])
    assert.deepEqual([matcher("GET", path).name, matcher("GET", path).limit(undefined)], ["*", null]);
});

test("assumes the limit of the plan that is named, and of the usual one for a plan that nobody knows", () => {
  const bucket = bucketMatcher([things])("GET", "/a.b/c");
  assert.deepEqual([bucket.limit(undefined), bucket.limit("small"), bucket.limit("galactic")], [1, 0.5, 1]);
});

test.run();
