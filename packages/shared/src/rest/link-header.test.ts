import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { nextLink } from "./link-header.ts";

const test = suite("the next link");
const next = "https://acme.okta.com/api/v1/users?after=200u1&limit=200";

const found: readonly (readonly [title: string, header: string, target?: string])[] = [
  ["among joined lines", `<https://acme.okta.com/api/v1/users?limit=200>; rel="self", <${next}>; rel="next"`],
  ["joined without a space", `<https://a/>;rel="self",<${next}>;rel="next"`],
  ["without quotes, in capitals, among other relations", `<${next}>; REL=Next; title="x"`],
  ["among several relations of one link", `<${next}>; rel="last next"`],
  ["behind a title with a comma and an escaped quote", `<https://a/>; rel="prev"; title="one, \\"two\\"; rel=next", <${next}>; rel="next"`],
  ["with a comma and a semicolon in its target", '<https://a/x?search=a,b;c>; rel="next"', "https://a/x?search=a,b;c"],
  ["relative", '</api/v1/users?after=1>; rel="next"', "/api/v1/users?after=1"],
  ["the first of two", `<${next}>; rel="next", <https://b/>; rel="next"`],
];
for (const [title, header, target = next] of found) {
  test(`is found ${title}`, () => assert.equal(nextLink(header), target));
}

const absent: readonly (readonly [title: string, header: string | undefined])[] = [
  ["no header", undefined],
  ["an empty header", ""],
  ["only self", '<https://a/>; rel="self"'],
  ["next only in a title", '<https://a/>; rel="self"; title="rel=next"'],
  ["a second rel parameter, which does not count", '<https://a/>; rel="self"; rel="next"'],
  ["a link that speaks of another resource", '<https://a/>; rel="next"; anchor="/other"'],
  ["an empty target", '<>; rel="next"'],
  ["what is no link at all", 'https://a/; rel="next"'],
];
for (const [title, header] of absent) {
  test(`is null for ${title}`, () => assert.equal(nextLink(header), null));
}

test("is read from a long hostile header in no time", () => {
  const began = performance.now();
  nextLink(`<${"a".repeat(10_000)}>${'; x="y'.repeat(5_000)}`);
  nextLink("<".repeat(20_000));
  nextLink(`<a>${";".repeat(20_000)}`);
  nextLink(`<a>${" ;a".repeat(8_000)}"`);
  assert.ok(performance.now() - began < 500);
});

test.run();
