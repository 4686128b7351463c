import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { signalsOf } from "./log-signals.ts";

const test = suite("what the log says of a copy");
const at = "2026-05-01T00:00:00.000Z";

function event(eventType: string, target: unknown, outcome: unknown = { result: "SUCCESS" }) {
  return { eventType, published: at, target, outcome };
}

test("is that users, groups and applications are gone, where that succeeded", () => {
  const gone = [
    event("user.lifecycle.delete.initiated", [{ type: "User", id: "00u1" }]),
    event("user.lifecycle.delete.completed", [{ type: "User", id: "00u2" }]),
    event("user.lifecycle.delete.initiated", [{ type: "User", id: "00u3" }], { result: "FAILURE" }),
    event("group.lifecycle.delete", [
      { type: "UserGroup", id: "00g1" },
      { type: "User", id: "00u4" },
    ]),
    event("application.lifecycle.delete", [{ type: "AppInstance", id: "0oa1" }]),
  ];
  assert.deepEqual(signalsOf(gone).deletions, [
    { table: "users", id: "00u1", at },
    { table: "users", id: "00u2", at },
    { table: "groups", id: "00g1", at },
    { table: "apps", id: "0oa1", at },
  ]);
});

test("is whose access changed, each application once", () => {
  const changes = ["application.user_membership.add", "application.user_membership.remove", "group.application_assignment.add"].map(
    (type) =>
      event(type, [
        { type: "AppInstance", id: "0oa1" },
        { type: "User", id: "00u1" },
      ]),
  );
  assert.deepEqual(signalsOf(changes), { deletions: [], changedApps: ["0oa1"] });
});

test("is that the access to any application may have changed where a group is gone", () => {
  const gone = event("group.lifecycle.delete", [{ type: "UserGroup", id: "00g1" }]);
  assert.equal(signalsOf([gone]).changedApps, null);
});

test("is nothing where an event is null, has no target, or is of a kind that every object has", () => {
  const odd = [
    null,
    "text",
    {},
    event("constructor", [{ type: "User", id: "00u1" }]),
    event("group.lifecycle.delete", null),
    event("group.lifecycle.delete", [null, { type: "UserGroup", id: 7 }], null),
  ];
  assert.deepEqual(signalsOf(odd), { deletions: [], changedApps: [] });
});

test.run();
