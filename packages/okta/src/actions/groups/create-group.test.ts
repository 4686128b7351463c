import assert from "node:assert/strict";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { createGroup } from "./create-group.ts";
import { groupId, oktaGroup, taken } from "./group.fixture.ts";

const test = suite("okta.group.create");
const write = "POST /api/v1/groups";
const list = "GET /api/v1/groups";
const made = { status: 200, body: oktaGroup({ name: "Ops" }) };

function create(answers: Readonly<Record<string, Answer>>, more: object = {}) {
  const context = fakeContext(answers);
  return { context, output: createGroup.run(context, { name: "Ops", ifExists: "fail", ...more }) };
}

test("creates a group with all its fields", async () => {
  const { context, output } = create({ [write]: made }, { description: "", set: { costCenter: "7" } });
  const { id, created } = await output;
  assert.deepEqual([id, created], [groupId, true]);
  assert.deepEqual(context.requests[0]?.body, { profile: { costCenter: "7", name: "Ops", description: "" } });
});

test("names the group that has the name already", () =>
  assert.rejects(create({ [write]: taken, [list]: { status: 200, body: [oktaGroup({ name: "Ops" })] } }).output, {
    code: "already_exists",
    details: { id: groupId, name: "Ops" },
  }));

test("returns it where that is wished", async () => {
  const { output } = create({ [write]: taken, [list]: { status: 200, body: [oktaGroup({ name: "Ops" })] } }, { ifExists: "return" });
  assert.deepEqual(((found) => [found.id, found.created])(await output), [groupId, false]);
});

test("finds one that the search index does not hold yet", async () => {
  const answer: Answer = ({ query }) => ({ status: 200, body: query["q"] === "Ops" ? [oktaGroup({ name: "Ops" })] : [] });
  assert.equal((await create({ [write]: taken, [list]: answer }, { ifExists: "return" }).output).id, groupId);
});

test("does not take a group of an application for the one that was wanted", () => {
  const other = { status: 200, body: [oktaGroup({ name: "Ops" }, { type: "APP_GROUP" })] };
  return assert.rejects(create({ [write]: taken, [list]: other }, { ifExists: "return" }).output, {
    code: "call_rejected",
    message: /taken/,
  });
});

test("gives Okta's reason for any other refusal", () =>
  assert.rejects(create({ [write]: taken, [list]: { status: 200, body: [] } }).output, { code: "call_rejected", message: /name: taken/ }));

test("refuses fields that stand twice, before anything is sent", async () => {
  const { context, output } = create({}, { set: { name: "Other" } });
  await assert.rejects(output, { code: "invalid_request", message: /\/set\/name/ });
  assert.deepEqual(context.asked, []);
});

test.run();
