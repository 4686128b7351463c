import assert from "node:assert/strict";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { userFields } from "./user-fields.ts";

const test = suite("okta.metadata.userFields");
const types = "GET /api/v1/meta/types/user";
const ofDefault = "GET /api/v1/meta/schemas/user/default";
const ofContractors = "GET /api/v1/meta/schemas/user/osc7";
const schema = { status: 200, body: { definitions: { base: { properties: { login: { title: "Username" } } } } } };

function link(href: string | null) {
  return { _links: { schema: { href } } };
}

const listed = {
  status: 200,
  body: [
    { id: "oty1", name: "user", description: null, ...link("https://acme.okta.com/api/v1/meta/schemas/user/osc1") },
    { id: "oty7", name: "contractor", ...link("https://acme.okta.com/api/v1/meta/schemas/user/osc7") },
    { id: "oty8", name: "broken", ...link(null) },
  ],
};

function fields(userType: string, answers: Readonly<Record<string, Answer>>) {
  const context = fakeContext(answers);
  return { context, output: userFields.run(context, { userType }) };
}

test("reads the fields of the default type with one call", async () => {
  const { context, output } = fields("default", { [ofDefault]: schema });
  assert.deepEqual(
    (await output).fields.map(({ name, label }) => [name, label]),
    [["login", "Username"]],
  );
  assert.deepEqual(context.asked, [ofDefault]);
});

for (const userType of ["oty7", "contractor"]) {
  test(`finds the schema of a type by ${userType}`, async () => {
    const { context, output } = fields(userType, { [types]: listed, [ofContractors]: schema });
    assert.equal((await output).fields.length, 1);
    assert.deepEqual(context.asked, [types, ofContractors]);
  });
}

test("names the types that there are when none is meant", async () => {
  await assert.rejects(fields("intern", { [types]: listed }).output, {
    code: "invalid_request",
    message: /user, contractor, broken/,
  });
});

test("fails when a type leads to no schema, and with Okta's reason", async () => {
  await assert.rejects(fields("broken", { [types]: listed }).output, { code: "unexpected_response" });
  const refusal = { status: 403, body: { errorCode: "E0000006" } };
  await assert.rejects(fields("default", { [ofDefault]: refusal }).output, { code: "permission_missing" });
  await assert.rejects(fields("user", { [types]: refusal }).output, { code: "permission_missing" });
});

test.run();
