import assert from "node:assert/strict";
import { createCatalogue } from "@longarm/spoke";
import { suite } from "../../../../test/support/suite.ts";
import { okta } from "../index.ts";
import { everyStatus, streamUsers } from "./users.ts";

const test = suite("okta.user.stream");
const catalogue = createCatalogue([okta]);

type Wish = Parameters<typeof streamUsers.start>[0];

function asked(wish: Readonly<Record<string, unknown>>) {
  const { query = {} } = streamUsers.start(catalogue.checkInput(streamUsers, wish) as Wish);
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}

function page(body: unknown, wish: Wish = {}) {
  return streamUsers.page({ status: 200, headers: {}, body }, wish);
}

test("asks for users of every status when nothing else is wished", () => {
  assert.deepEqual(asked({}), { filter: everyStatus, limit: 200 });
  assert.equal(everyStatus.match(/status eq "/g)?.length, 8);
  assert.match(everyStatus, /^status eq "ACTIVE" or status eq "DEPROVISIONED" or /);
});

const wishes: readonly (readonly [what: string, wish: Readonly<Record<string, unknown>>, query: Readonly<Record<string, unknown>>])[] = [
  ["without the deprovisioned", { includeDeprovisioned: false }, { limit: 200 }],
  [
    "a search, sorted",
    { search: 'profile.city eq "X"', sortBy: "profile.lastName", sortOrder: "desc" },
    { search: 'profile.city eq "X"', sortBy: "profile.lastName", sortOrder: "desc", limit: 200 },
  ],
  ["a filter", { filter: 'status eq "ACTIVE"', includeDeprovisioned: true }, { filter: 'status eq "ACTIVE"', limit: 200 }],
  ["a beginning", { q: "ad" }, { q: "ad", limit: 200 }],
  ["a smaller page", { pageSize: 50 }, { filter: everyStatus, limit: 50 }],
  ["a page larger than allowed", { pageSize: 5_000 }, { filter: everyStatus, limit: 200 }],
  ["fewer items than a page", { maxItems: 7 }, { filter: everyStatus, limit: 7 }],
  [
    "fewer items than a page, of which some are dropped",
    { maxItems: 7, filter: "x", includeDeprovisioned: false },
    { filter: "x", limit: 200 },
  ],
  [
    "some fields",
    { fields: ["status", "profile.login", "profile.email"], includeDeprovisioned: false },
    { fields: "id,status,profile:(login,email)", limit: 200 },
  ],
  [
    "fields with the status that dropping needs",
    { fields: ["created"], search: "x", includeDeprovisioned: false },
    { search: "x", fields: "id,created,status", limit: 200 },
  ],
  [
    "the whole profile and a part of it",
    { fields: ["profile", "profile.login"], includeDeprovisioned: false },
    { fields: "id,profile", limit: 200 },
  ],
];
for (const [what, wish, query] of wishes) {
  test(`asks for ${what}`, () => assert.deepEqual(asked(wish), query));
}

const contradictions: readonly (readonly [wish: Readonly<Record<string, unknown>>, at: string])[] = [
  [{ search: "a", filter: "b" }, ""],
  [{ filter: "a", q: "b" }, ""],
  [{ sortBy: "created" }, "/sortBy"],
  [{ filter: "a", sortOrder: "asc" }, "/sortOrder"],
  [{ q: "a", includeDeprovisioned: true }, "/includeDeprovisioned"],
];
for (const [wish, at] of contradictions) {
  test(`refuses ${JSON.stringify(wish)}`, () => {
    assert.throws(
      () => asked(wish),
      (reason: { code?: string; details?: { faults?: { pointer: string }[] } }) =>
        reason.code === "invalid_request" && reason.details?.faults?.[0]?.pointer === at,
    );
  });
}

for (const wish of [
  { maxItems: 0 },
  { pageSize: 0 },
  { fields: [] },
  { fields: ["a,b"] },
  { fields: ["profile:(x)"] },
  { sortBy: "a b" },
]) {
  test(`refuses ${JSON.stringify(wish)} by its schema`, () =>
    assert.throws(() => catalogue.checkInput(streamUsers, wish), { code: "invalid_request" }));
}

test("gives users in their own form, and knows them by their id", () => {
  const { items } = page([{ id: "00u1", status: "ACTIVE", type: { id: "oty1" }, profile: { login: "ada" }, _links: {} }]);
  assert.deepEqual([items[0]?.type, items[0]?.profile, items[0]?.lastLogin], ["oty1", { login: "ada" }, null]);
  assert.equal(streamUsers.identify(items[0] as never), "00u1");
});

test("drops the deprovisioned of a search and counts them", () => {
  const body = [
    { id: "1", status: "ACTIVE" },
    { id: "2", status: "DEPROVISIONED" },
  ];
  const { items, dropped } = page(body, { search: "x", includeDeprovisioned: false });
  assert.deepEqual([items.map(({ id }) => id), dropped], [["1"], 1]);
  assert.equal(page(body, { search: "x" }).items.length, 2);
});

test("ends a beginning's only page, and says when it was full", () => {
  const full = { q: "a", pageSize: 2 };
  assert.deepEqual(
    [page([{ id: "1" }, { id: "2" }], full).last, page([{ id: "1" }, { id: "2" }], full).truncated, page([{ id: "1" }], full).truncated],
    [true, true, false],
  );
});

for (const body of [null, "<html>", {}, [null], [{ status: "ACTIVE" }]]) {
  test(`calls ${JSON.stringify(body)} an unexpected response`, () => assert.throws(() => page(body), { code: "unexpected_response" }));
}

test.run();
