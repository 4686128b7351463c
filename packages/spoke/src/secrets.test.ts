import assert from "node:assert/strict";
import { sealedMarker, secretKeyword } from "@longarm/shared";
import Type from "typebox";
import { suite } from "../../../test/support/suite.ts";
import { findSecrets, mapSecrets } from "./secrets.ts";

const test = suite("secret members");
const secret = Type.String({ [secretKeyword]: true });
const schema = Type.Object({
  login: Type.String(),
  password: Type.Optional(secret),
  question: Type.Optional(Type.Object({ text: Type.String(), answer: secret })),
  keys: Type.Optional(Type.Array(Type.Object({ name: Type.String(), "a/b": secret }))),
  token: Type.Optional(Type.Union([secret, Type.Null()])),
  mixed: Type.Optional(Type.Union([Type.Object({ value: Type.String() }), Type.Object({ value: secret })])),
  headers: Type.Optional(Type.Record(Type.String(), secret)),
  extra: Type.Optional(Type.Object({}, { additionalProperties: secret })),
});
const value = {
  login: "ada",
  password: "s1",
  question: { text: "why", answer: "s2" },
  keys: [
    { name: "k", "a/b": "s3" },
    { name: "l", "a/b": "s4" },
  ],
  token: "s5",
  mixed: { value: "s6" },
  headers: { authorization: "s7" },
  extra: { any: "s8" },
};

test("are found wherever a schema can hold them", () => {
  assert.deepEqual(findSecrets(schema, value), [
    "/password",
    "/question/answer",
    "/keys/0/a~1b",
    "/keys/1/a~1b",
    "/token",
    "/mixed/value",
    "/headers/authorization",
    "/extra/any",
  ]);
});

test("are replaced each once, and nothing else is, in a copy", () => {
  const seen: unknown[] = [];
  const shown = mapSecrets(schema, value, (member) => {
    seen.push(member);
    return sealedMarker;
  });
  assert.deepEqual(seen, ["s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8"]);
  assert.doesNotMatch(JSON.stringify(shown), /s\d/);
  assert.deepEqual((shown as typeof value).question, { text: "why", answer: { $secret: "sealed" } });
  assert.equal(value.password, "s1");
});

test("come back by the same walk that took them away", () => {
  const sealed = mapSecrets(schema, value, (member) => ({ $sealed: JSON.stringify(member) }));
  assert.deepEqual(
    mapSecrets(schema, sealed, (member) => JSON.parse((member as { $sealed: string }).$sealed) as unknown),
    value,
  );
});

test("that are absent or null stay so", () => {
  const bare = { login: "ada", token: null };
  assert.deepEqual(
    mapSecrets(schema, bare, () => assert.fail("there is none")),
    bare,
  );
  assert.equal(
    mapSecrets(schema, null, () => assert.fail("there is none")),
    null,
  );
});

test("of the wrong type are still taken for secrets", () => {
  assert.deepEqual(findSecrets(schema, { login: "ada", password: { nested: "s" }, token: 5 }), ["/password", "/token"]);
});

test.run();
