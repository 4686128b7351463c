import assert from "node:assert/strict";
import { fakeContext } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { eventHookChoices } from "./event-hook-choices.ts";

const test = suite("okta.metadata.eventHooks");

test("gives each hook by its name, or by its id where it has none", async () => {
  const body = [
    { id: "who1", name: "Applications" },
    { id: "who2", name: null },
  ];
  assert.deepEqual(await eventHookChoices.run(fakeContext({ "GET /api/v1/eventHooks": { status: 200, body } }), {}), {
    choices: [
      { label: "Applications", value: "who1" },
      { label: "who2", value: "who2" },
    ],
    truncated: false,
  });
});

test("gives those whose names begin as asked, in whichever case", async () => {
  const body = [
    { id: "who1", name: "Applications" },
    { id: "who2", name: "New applications" },
    { id: "who3", name: null },
  ];
  const choicesFor = async (q: string) =>
    (await eventHookChoices.run(fakeContext({ "GET /api/v1/eventHooks": { status: 200, body } }), { q })).choices.map(({ value }) => value);
  assert.deepEqual([await choicesFor("app"), await choicesFor("WHO"), await choicesFor("zzz")], [["who1"], ["who3"], []]);
});

test("fails with Okta's reason", async () => {
  const context = fakeContext({ "GET /api/v1/eventHooks": { status: 403, body: { errorCode: "E0000006" } } });
  await assert.rejects(eventHookChoices.run(context, {}), { code: "permission_missing" });
});

test.run();
