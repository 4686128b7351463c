import assert from "node:assert/strict";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { appChoices } from "./app-choices.ts";

const test = suite("okta.metadata.apps");

function choose(wish: { q?: string; next?: string }, answer: Answer) {
  const context = fakeContext({ "GET /api/v1/apps": answer });
  return { context, output: appChoices.run(context, wish) };
}

function page(after: string) {
  const body = [{ id: "0oa1", name: "bookmark", label: "Sales" }, { id: "0oa2", name: "bookmark", label: null }, { id: "0oa3" }, null];
  return { status: 200, headers: { link: `<https://acme.okta.com/api/v1/apps?after=${after}&limit=100>; rel="next"` }, body };
}

test("gives a page of applications and where the next one begins", async () => {
  const { context, output } = choose({ q: "Sa" }, page("0oa3"));
  assert.deepEqual(await output, {
    choices: [
      { label: "Sales", value: "0oa1" },
      { label: "bookmark", value: "0oa2" },
      { label: "0oa3", value: "0oa3" },
    ],
    fields: null,
    next: "0oa3",
  });
  assert.deepEqual(context.requests[0]?.query, { q: "Sa", limit: "100" });
});

test("goes on where the answer before ended, until there is no more", async () => {
  const { context, output } = choose({ next: "0oa3" }, { status: 200, body: [] });
  assert.deepEqual(await output, { choices: [], fields: null, next: null });
  assert.deepEqual(context.requests[0]?.query, { limit: "100", after: "0oa3" });
});

test("gives the fields that a user has in an application", async () => {
  const app = "0oa1234567890ABCDEFG";
  const read = `GET /api/v1/meta/schemas/apps/${app}/default`;
  const schema = { definitions: { base: { properties: { userName: { title: "Username", type: "string", required: true } } } } };
  const { fields, choices } = await appChoices.run(fakeContext({ [read]: { status: 200, body: schema } }), { app });
  assert.deepEqual([fields?.map(({ name, mandatory }) => [name, mandatory]), choices], [[["userName", true]], null]);
  await assert.rejects(appChoices.run(fakeContext({ [read]: { status: 404, body: {} } }), { app }), { code: "app_not_found" });
  await assert.rejects(appChoices.run(fakeContext({}), { app, q: "x" }), { code: "invalid_request", message: /\/app/ });
});

test("does not lead round in a circle", async () => {
  assert.equal((await choose({ next: "0oa3" }, page("0oa3")).output).next, null);
});

test("fails with Okta's reason, such as for a cursor that is none", async () => {
  const refusal = { status: 400, body: { errorCode: "E0000029", errorCauses: [{ errorSummary: "Invalid cursor." }] } };
  await assert.rejects(choose({ next: "x" }, refusal).output, { code: "call_rejected", message: /Invalid cursor/ });
  await assert.rejects(choose({}, { status: 200, body: {} }).output, { code: "unexpected_response" });
});

test.run();
