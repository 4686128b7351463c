import assert from "node:assert/strict";
import fc from "fast-check";
import { suite } from "../../../../test/support/suite.ts";
import { readBaseUrl, toHttpUrl, toPageTarget } from "./http-url.ts";

const test = suite("URLs of calls");
const base = readBaseUrl("https://acme.okta.com/org/");
const refused = { code: "invalid_request" };

test("a base URL loses its trailing slash and keeps its prefix", () => {
  assert.deepEqual(base, { origin: "https://acme.okta.com", host: "acme.okta.com", prefix: "/org" });
  assert.equal(readBaseUrl("http://127.0.0.1:8080").prefix, "");
});

for (const text of [
  "",
  "acme.okta.com",
  "ftp://acme",
  "file:///etc",
  "https://u:p@acme",
  "https://acme/?x=1",
  "https://acme/#x",
  "javascript:1",
]) {
  test(`"${text}" is refused as a base URL`, () => assert.throws(() => readBaseUrl(text), refused));
}

test("base, path and query are joined, and the query is left out of what is shown", () => {
  const target = toHttpUrl(base, "/api/v1/users/ada%40example.com", [
    ["search", 'a eq "b&c"'],
    ["limit", "200"],
  ]);
  assert.deepEqual(target, {
    path: "/org/api/v1/users/ada%40example.com",
    requestTarget: "/org/api/v1/users/ada%40example.com?search=a%20eq%20%22b%26c%22&limit=200",
  });
});

const escapes = [
  "",
  "api",
  "/..",
  "/../x",
  "/a/../../x",
  "/a/..",
  "/./a",
  "/a/.",
  "//evil.example/x",
  "/a//b",
  "/\\evil",
  "/a\\..\\b",
  "/%2e%2e/x",
  "/%2E./x",
  "/.%2e/x",
  "/a/..%2fx",
  "/..%5cx",
  "/a%2f..%2f..%2fx",
  "/%252e%252e/x",
  "/..%252fx",
  "/..;/x",
  "/..;a=b/x",
  "https://evil.example/x",
  "/a?x=1",
  "/a#x",
  "/a b",
  "/a\nb",
  "/\u0000",
  "/é",
  "/%",
  "/%zz",
  "/a%",
];
for (const path of escapes) {
  test(`the path ${JSON.stringify(path)} is refused`, () => assert.throws(() => toHttpUrl(base, path, []), refused));
}

for (const path of [
  "/api/v1/users",
  "/a/",
  "/a/b.c",
  "/a/...",
  "/a/..b",
  "/users/o%27neil%2Fx%40y.z",
  "/a/50%25",
  "/a/%E2%82%AC",
  "/a/.well-known",
  "/a;v=1/b",
]) {
  test(`the path ${path} is taken`, () => assert.equal(toHttpUrl(base, path, []).requestTarget, `/org${path}`));
}

test("whatever path is taken, a URL made of it stays under the base", () => {
  const part = fc.oneof(
    fc.constantFrom("..", ".", "%2e", "%2E%2e", "\\", "/", "%2f", "%5c", "%25", ";", "a", "%", "//", "@", ":", "?", "#"),
    fc.string({ maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      let target;
      try {
        target = toHttpUrl(base, `/${parts.join("")}`, []).requestTarget;
      } catch {
        return;
      }
      for (const form of [target, decodeURIComponent(target).replaceAll("\\", "/").replaceAll(/[?#]/g, "")]) {
        const url = new URL(base.origin + form);
        assert.ok(url.origin === base.origin && url.pathname.startsWith("/org/"), `${target} → ${url.href}`);
      }
    }),
    { numRuns: 2_000 },
  );
});

test("a query value with half a surrogate pair is refused", () => {
  assert.throws(() => toHttpUrl(base, "/a", [["q", "\ud800"]]), refused);
});

test("a page's URL leads to the same place, its query as the target wrote it", () => {
  const url = "https://acme.okta.com/org/api/v1/users?after=200u%2B1&search=a%20b";
  assert.deepEqual(toPageTarget(base, url), {
    url,
    path: "/org/api/v1/users",
    requestTarget: "/org/api/v1/users?after=200u%2B1&search=a%20b",
  });
  assert.equal(toPageTarget(base, "/org/a?after=1", "https://acme.okta.com/org/a")?.url, "https://acme.okta.com/org/a?after=1");
});

for (const link of [
  "https://evil.example/org/a",
  "http://acme.okta.com/org/a",
  "https://acme.okta.com:444/org/a",
  "https://u:p@acme.okta.com/org/a",
  "//evil.example/org/a",
  "https://acme.okta.com/other",
  "https://acme.okta.com/org/../other",
  "https://acme.okta.com/org/..%2fother",
  "https://acme.okta.com/organisation",
  "https://[",
  "",
]) {
  test(`no page is fetched from "${link}"`, () => assert.equal(toPageTarget(base, link, base.origin), undefined));
}

test.run();
