import assert from "node:assert/strict";
import { suite } from "../../../test/support/suite.ts";
import { againstSchema, type ProfileWish } from "./profile-check.ts";

const test = suite("a profile held to the org's schema");

const properties = {
  login: { type: "string", required: true, minLength: 5, maxLength: 100 },
  title: { type: "string", maxLength: 10 },
  hiredBy: { type: "string", mutability: "READ_ONLY" },
};
const custom = {
  badge: { type: "integer" },
  weight: { type: "number" },
  isContractor: { type: "boolean" },
  shirt: {
    type: "string",
    enum: ["S", "M"],
    oneOf: [
      { const: "S", title: "Small" },
      { const: "M", title: "Medium" },
    ],
  },
  level: { type: "integer", enum: [1, 2] },
  offices: { type: "array", items: { type: "string" } },
  codes: { type: "array", items: { type: "integer" } },
  odd: { type: "something new" },
};
const body = { definitions: { base: { properties, required: ["login"] }, custom: { properties: custom } } };
const wish: ProfileWish = { definition: "okta.user.test", kind: "user", wanted: {}, placeOf: (field) => `/set/${field}`, isNew: false };

function problems(wanted: ProfileWish["wanted"], more: Partial<ProfileWish> = {}, answer: object = {}): readonly string[] {
  const error = againstSchema({ ...wish, ...more, wanted }).judge({ status: 200, headers: {}, body, ...answer });
  assert.equal(error?.code ?? "invalid_request", "invalid_request");
  const { faults = [] } = (error?.details ?? {}) as { faults?: readonly { pointer: string; problem: string }[] };
  return faults.map(({ pointer, problem }) => `${pointer} ${problem}`);
}

test("has nothing against what fits, the empty text and what nobody knows the type of", () => {
  const fits = {
    login: "ada@x",
    title: "",
    badge: 7,
    weight: 1.5,
    isContractor: false,
    shirt: "M",
    level: 2,
    offices: ["a"],
    codes: [1],
    odd: {},
  };
  assert.deepEqual(problems(fits), []);
  assert.deepEqual(problems({ title: null, badge: null }), []);
});

const refused: readonly (readonly [wanted: ProfileWish["wanted"], problem: string])[] = [
  [{ titel: "x" }, "/set/titel is no field of a user in this org; did you mean title?"],
  [{ zzzzzzzz: "x" }, "/set/zzzzzzzz is no field of a user in this org"],
  [{ title: 7 }, "/set/title must be of the type string"],
  [{ badge: 1.5 }, "/set/badge must be of the type integer"],
  [{ badge: "7" }, "/set/badge must be of the type integer"],
  [{ isContractor: "true" }, "/set/isContractor must be of the type boolean"],
  [{ offices: "a" }, "/set/offices must be of the type array of string"],
  [{ offices: ["a", 1] }, "/set/offices must be of the type array of string"],
  [{ shirt: "XL" }, "/set/shirt must be one of S, M"],
  [{ level: 3 }, "/set/level must be one of 1, 2"],
  [{ title: "12345678901" }, "/set/title has 11 characters; it may have 10 at most"],
  [{ login: "a@x" }, "/set/login has 3 characters; it needs at least 5"],
  [{ login: null }, "/set/login is mandatory in this org and cannot be cleared"],
  [{ hiredBy: "me" }, "/set/hiredBy is read-only in this org"],
];
for (const [wanted, problem] of refused) test(`refuses ${JSON.stringify(wanted)}`, () => assert.deepEqual(problems(wanted), [problem]));

test("names every fault at once, and the field where its place does not", () => {
  const places = { placeOf: (field: string) => (field === "titel" ? "/clear/0" : `/set/${field}`) };
  assert.deepEqual(problems({ titel: null, badge: "7", shirt: "XL" }, places), [
    '/clear/0 names "titel", which is no field of a user in this org; did you mean title?',
    "/set/badge must be of the type integer",
    "/set/shirt must be one of S, M",
  ]);
});

test("misses mandatory fields of something new only", () => {
  assert.deepEqual(problems({ title: "x" }, { isNew: true }), ["/set/login is mandatory in this org and absent"]);
  assert.deepEqual(problems({ title: "x" }), []);
});

test("leaves it to Okta where the answer is no schema", () => {
  for (const answer of [{ status: 403 }, ...["<html>", {}, { definitions: {} }, null].map((other) => ({ body: other }))])
    assert.deepEqual(problems({ titel: "x" }, {}, answer), []);
});

test("asks for the schema of the user's own type", () => {
  assert.deepEqual(againstSchema({ ...wish, schema: "osc1" }).request.path.at(-1), "osc1");
  assert.deepEqual(againstSchema({ ...wish, kind: "group" }).request.path.slice(-2), ["group", "default"]);
});

test.run();
