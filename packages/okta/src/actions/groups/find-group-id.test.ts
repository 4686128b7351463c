import assert from "node:assert/strict";
import { fakeContext } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { findGroupId } from "./find-group-id.ts";
import { oktaGroup } from "./group.fixture.ts";

const test = suite("okta.group.findIdByName");
const own = oktaGroup({ name: "Ops" });
const fromApp = oktaGroup({ name: "Ops" }, { id: "00gApp1", type: "APP_GROUP" });
const second = oktaGroup({ name: "Ops" }, { id: "00gApp2", type: "APP_GROUP" });
const longer = oktaGroup({ name: "Ops Team" }, { id: "00gLonger" });

function find(body: unknown, input: { name: string; type?: "OKTA_GROUP" | "APP_GROUP" | "BUILT_IN" } = { name: "Ops" }) {
  const context = fakeContext({ "GET /api/v1/groups": { status: 200, body } });
  return { context, output: findGroupId.run(context, input) };
}

test("finds the group whose whole name it is", async () => {
  const { context, output } = find([longer, own]);
  assert.equal((await output).id, own.id);
  assert.equal(context.requests[0]?.query["search"], 'profile.name eq "Ops"');
});

test("does not take the beginning of a name, nor other letters, for the name", async () => {
  assert.deepEqual(await find([longer]).output, { found: false, id: null, group: null });
  assert.equal((await find([oktaGroup({ name: "OPS" })]).output).found, false);
});

test("takes the org's own group before those of applications", async () =>
  assert.equal((await find([fromApp, own, second]).output).id, own.id));

test("lists the candidates of an ambiguous name", () =>
  assert.rejects(find([fromApp, second]).output, {
    code: "name_ambiguous",
    details: {
      candidates: [
        { id: "00gApp1", name: "Ops", type: "APP_GROUP" },
        { id: "00gApp2", name: "Ops", type: "APP_GROUP" },
      ],
    },
  }));

test("looks only among groups of the type that was asked for", async () => {
  assert.equal((await find([own, fromApp], { name: "Ops", type: "APP_GROUP" }).output).id, "00gApp1");
  assert.equal((await find([own], { name: "Ops", type: "BUILT_IN" }).output).found, false);
});

for (const [name, search] of [
  ['a"b', 'profile.name eq "a\\"b"'],
  ["a\\", 'profile.name eq "a\\\\"'],
  ["x/y z", 'profile.name eq "x/y z"'],
] as const) {
  test(`asks for ${JSON.stringify(name)} as one value`, async () => {
    const { context, output } = find([], { name });
    await output;
    assert.equal(context.requests[0]?.query["search"], search);
  });
}

test("refuses a name that no expression can hold", () =>
  assert.rejects(find([], { name: "a\u0000b" }).output, { code: "invalid_request" }));

test.run();
