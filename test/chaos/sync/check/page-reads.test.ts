import assert from "node:assert/strict";
import { suite } from "../../../support/suite.ts";
import { readingOf, readPages } from "./page-reads.ts";

const test = suite("how a run read the pages of an org");
const always = { fromMs: 0, toMs: 1_000 };

const members = (page: number): string => `/api/v1/groups/g/users?limit=200${page === 0 ? "" : `&after=p${page}`}`;

function reading(...urls: readonly string[]) {
  const { pages, repeated, begunAgain } = readingOf(readPages(urls.map((url, at) => `${at} ${url}\n`).join("")), always);
  return [pages, repeated, begunAgain.length];
}

test("counts what was read twice, of the pages that were given while it ran", () => {
  assert.deepEqual(reading(members(0), members(1), members(1)), [3, 1, 0]);
  const reads = readPages(`1 ${members(0)}\n5 ${members(0)}\n9 ${members(0)}\n`);
  assert.deepEqual(readingOf(reads, { fromMs: 4, toMs: 9 }), { pages: 2, repeated: 1, begunAgain: [] });
});

test("takes a list for begun again where many of its pages in a row come once more, and not where a few do, wherever", () => {
  const many = Array.from({ length: 40 }, (_, page) => members(page));
  assert.deepEqual(reading(...many, ...many.slice(0, 9)), [49, 9, 1]);
  assert.deepEqual(reading(...many, ...many.slice(0, 8)), [48, 8, 0]);
  assert.deepEqual(reading(...many, ...many.slice(5, 9), ...many.slice(5, 9), ...many.slice(30, 34)), [52, 12, 0]);
});

test("tells lists apart by their path and by what they ask for", () => {
  assert.deepEqual(reading("/api/v1/users?filter=a&limit=200", "/api/v1/users?filter=b&limit=200"), [2, 0, 0]);
});

test.run();
