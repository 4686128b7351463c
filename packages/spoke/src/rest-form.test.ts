import assert from "node:assert/strict";
import { suite } from "../../../test/support/suite.ts";
import { encodePath, readBody, toRequestForm } from "./rest-form.ts";

const test = suite("requests and responses as actions see them");

test("each part of a path is encoded, so that none can become two", () => {
  assert.equal(encodePath(["api", "v1", "users", "o'neil+x/y@example.com"]), "/api/v1/users/o'neil%2Bx%2Fy%40example.com");
});

for (const part of ["", "\ud800"]) {
  test(`a part of a path that is ${JSON.stringify(part)} is refused`, () =>
    assert.throws(() => encodePath(["a", part]), { code: "invalid_request" }));
}

test("query members that are undefined are left out, the others are text", () => {
  assert.deepEqual(toRequestForm({ path: ["a"], query: { limit: 5, activate: false, q: undefined, s: "x" } }).query, [
    ["limit", "5"],
    ["activate", "false"],
    ["s", "x"],
  ]);
});

test("a body is JSON and says so; without one only JSON is asked for", () => {
  const form = toRequestForm({ path: ["a"], headers: { "if-match": "1" }, body: { a: "é" } });
  assert.deepEqual(form.headers, { "content-type": "application/json", accept: "application/json", "if-match": "1" });
  assert.equal(Buffer.from(form.body ?? []).toString(), '{"a":"é"}');
  assert.deepEqual(toRequestForm({ path: ["a"] }), { path: "/a", query: [], headers: { accept: "application/json" } });
});

test("a response's body is JSON, or text, or nothing", () => {
  assert.deepEqual(
    ["", '{"a":1}', "<html>"].map((text) => readBody(Buffer.from(text))),
    [null, { a: 1 }, "<html>"],
  );
});

test("a body is parsed however deeply it nests, and text with many brackets stays text", () => {
  assert.ok(Array.isArray(readBody(Buffer.from("[".repeat(100_000) + "]".repeat(100_000)))));
  assert.equal(typeof readBody(Buffer.from("[".repeat(200))), "string");
});

test.run();
