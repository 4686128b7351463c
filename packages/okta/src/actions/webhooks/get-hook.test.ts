import assert from "node:assert/strict";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { getHook } from "./get-hook.ts";
import { absentHook, answerHook, hookId, readOne } from "./hook.fixture.ts";

const test = suite("okta.eventHook.get");

function get(answer: Answer) {
  return getHook.run(fakeContext({ [readOne]: answer }), { hook: hookId });
}

test("reads a hook with its events, its filter and where they go", async () => {
  const condition = { version: null, expression: "event.target.size() > 0" };
  const filter = { type: "EXPRESSION_LANGUAGE", eventFilterMap: [{ event: "user.lifecycle.create", condition }] };
  const { hook } = await get(answerHook({ events: { type: "EVENT_TYPE", items: ["user.lifecycle.create"], filter } }));
  assert.deepEqual(hook, {
    id: hookId,
    name: "Applications",
    description: null,
    status: "ACTIVE",
    verificationStatus: "VERIFIED",
    created: "2026-01-01T00:00:00.000Z",
    createdBy: "00u1234567890ABCDEFG",
    lastUpdated: "2026-01-01T00:00:00.000Z",
    events: ["user.lifecycle.create"],
    filter: [{ event: "user.lifecycle.create", expression: "event.target.size() > 0" }],
    uri: "https://longarm.example.com/hooks/okta/acme",
    authKey: "Authorization",
    headers: [{ key: "x-site", value: "hq" }],
  });
});

test("reads nothing where Okta sends null or leaves out", async () => {
  const { hook } = await get({ status: 200, body: { id: hookId, events: null, channel: { config: { headers: [null, { key: "x-a" }] } } } });
  assert.deepEqual([hook.name, hook.events, hook.filter, hook.uri, hook.authKey], [null, [], [], null, null]);
  assert.deepEqual(hook.headers, [{ key: "x-a", value: null }]);
});

test("fails when nothing has the id, and when the answer is no hook", async () => {
  await assert.rejects(get(absentHook), { code: "hook_not_found" });
  await assert.rejects(get({ status: 200, body: {} }), { code: "unexpected_response" });
  await assert.rejects(get({ status: 403, body: { errorCode: "E0000006" } }), { code: "permission_missing" });
});

test.run();
