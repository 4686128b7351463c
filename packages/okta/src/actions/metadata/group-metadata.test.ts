import assert from "node:assert/strict";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { groupMetadata } from "./group-metadata.ts";

const test = suite("okta.metadata.groups");
const list = "GET /api/v1/groups";
const schema = "GET /api/v1/meta/schemas/group/default";

function group(id: string, name: string | null, type: string | null = "OKTA_GROUP") {
  return { id, type, profile: { name, description: null } };
}

function look(wish: { q?: string; fields?: boolean }, answers: Readonly<Record<string, Answer>>) {
  const context = fakeContext(answers);
  return { context, output: groupMetadata.run(context, { fields: false, ...wish }) };
}

test("gives the groups of all pages, those of another type with their type", async () => {
  const first = {
    status: 200,
    headers: { link: '<https://acme.okta.com/api/v1/groups?after=00g1&limit=200>; rel="next"' },
    body: [group("00g1", "Ops"), group("00g2", "Ops", "APP_GROUP")],
  };
  const { context, output } = look({}, { [list]: [first, { status: 200, body: [group("00g3", null, null)] }] });
  assert.deepEqual(await output, {
    choices: [
      { label: "Ops", value: "00g1" },
      { label: "Ops (APP_GROUP)", value: "00g2" },
      { label: "00g3", value: "00g3" },
    ],
    fields: null,
    truncated: false,
  });
  assert.deepEqual(
    context.requests.map(({ query }) => query),
    [{ limit: "200" }, { after: "00g1", limit: "200" }],
  );
});

test("finds by the beginning of a name on one page, and says when it is full", async () => {
  const many = Array.from({ length: 300 }, (_, index) => group(`00g${index}`, `Ops ${index}`));
  const { context, output } = look({ q: "Op" }, { [list]: { status: 200, body: many } });
  const { choices, truncated } = await output;
  assert.deepEqual([choices?.length, truncated], [300, true]);
  assert.deepEqual(context.requests[0]?.query, { q: "Op", limit: "300" });
  assert.equal((await look({ q: "Op" }, { [list]: { status: 200, body: many.slice(1) } }).output).truncated, false);
});

test("gives the fields of a group", async () => {
  const body = { definitions: { base: { properties: { name: { title: "Name" } }, required: ["name"] } } };
  const { choices, fields } = await look({ fields: true }, { [schema]: { status: 200, body } }).output;
  assert.equal(choices, null);
  assert.deepEqual(
    fields?.map(({ name, mandatory }) => [name, mandatory]),
    [["name", true]],
  );
});

test("takes no beginning of a name together with fields", async () => {
  const { context, output } = look({ q: "Op", fields: true }, {});
  await assert.rejects(output, { code: "invalid_request" });
  assert.deepEqual(context.asked, []);
});

test("fails with Okta's reason", async () => {
  const refusal = { status: 403, body: { errorCode: "E0000006" } };
  for (const wish of [{}, { q: "Op" }, { fields: true }])
    await assert.rejects(look(wish, { [list]: refusal, [schema]: refusal }).output, { code: "permission_missing" });
});

test.run();
