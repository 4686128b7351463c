import assert from "node:assert/strict";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { absent, groupId, oktaGroup, taken } from "./group.fixture.ts";
import { updateGroup } from "./update-group.ts";

const test = suite("okta.group.update");
const read = `GET /api/v1/groups/${groupId}`;
const write = `PUT /api/v1/groups/${groupId}`;
const before = { status: 200, body: oktaGroup({ name: "Ops", description: "Old", costCenter: "7", floor: 3 }) };
const echo: Answer = ({ body }) => ({ status: 200, body: oktaGroup((body as { profile: Record<string, unknown> }).profile) });

function update(answers: Readonly<Record<string, Answer>>, wish: object) {
  const context = fakeContext(answers);
  return { context, output: updateGroup.run(context, { group: groupId, ...wish }) };
}

test("loses no field that was not named", async () => {
  const { context, output } = update({ [read]: before, [write]: echo }, { description: "New", set: { floor: 4 }, clear: ["costCenter"] });
  assert.equal((await output).changed, true);
  assert.deepEqual(context.requests[1]?.body, { profile: { name: "Ops", description: "New", floor: 4 } });
});

test("sets a field to the empty text, which is not the same as to clear it", async () => {
  const { context, output } = update({ [read]: before, [write]: echo }, { description: "" });
  await output;
  assert.deepEqual(context.requests[1]?.body, { profile: { name: "Ops", description: "", costCenter: "7", floor: 3 } });
});

test("sends no write when the group holds all that already", async () => {
  const { context, output } = update({ [read]: before }, { name: "Ops", set: { floor: 3 }, clear: ["nothing"] });
  assert.equal((await output).changed, false);
  assert.deepEqual(context.asked, [read]);
});

test("leaves groups alone that are not the org's own", () =>
  assert.rejects(update({ [read]: { status: 200, body: oktaGroup({ name: "Everyone" }, { type: "BUILT_IN" }) } }, { name: "All" }).output, {
    code: "invalid_state",
    message: /BUILT_IN/,
  }));

test("says that the group is not there, or why Okta refuses", async () => {
  await assert.rejects(update({ [read]: absent }, { name: "X" }).output, { code: "group_not_found" });
  await assert.rejects(update({ [read]: before, [write]: absent }, { name: "X" }).output, { code: "group_not_found" });
  await assert.rejects(update({ [read]: before, [write]: taken }, { name: "X" }).output, { code: "call_rejected", message: /name: taken/ });
});

for (const [wish, place] of [
  [{}, /no field/],
  [{ name: "X", set: { name: "Y" } }, /\/set\/name/],
  [{ clear: ["name"] }, /\/clear\/0/],
  [{ set: { floor: 1 }, clear: ["floor"] }, /\/clear\/0/],
  [{ set: { floor: null } }, /\/set\/floor/],
] as const) {
  test(`refuses ${JSON.stringify(wish)} before anything is sent`, async () => {
    const { context, output } = update({}, wish);
    await assert.rejects(output, { code: "invalid_request", message: place });
    assert.deepEqual(context.asked, []);
  });
}

test.run();
