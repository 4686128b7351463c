import assert from "node:assert/strict";
import { suite } from "../../../../../test/support/suite.ts";
import type { LogEvent } from "../log/log-event.ts";
import { readEventFilter } from "./event-filter.ts";

const test = suite("filters of event hooks");

const event: LogEvent = {
  uuid: "1",
  published: "2026-01-01T00:00:00.000Z",
  eventType: "group.user_membership.add",
  outcome: { result: "SUCCESS", reason: null },
  actor: { id: "00u1", type: "User", alternateId: "admin@example.com", displayName: "Admin" },
  debugContext: { debugData: { changedAttributes: "city" } },
  target: [
    { id: "00g1", type: "UserGroup", alternateId: "unknown", displayName: "Sales", detailEntry: null },
    { id: "00u2", type: "User", alternateId: "ada@example.com", displayName: "Ada L", detailEntry: null },
  ],
};

const lets: readonly (readonly [expression: string, through: boolean])[] = [
  ["event.target.?[type eq 'UserGroup' && displayName eq 'Sales'].size()> 0", true],
  ["event.target.?[type eq 'UserGroup' && displayName eq 'Legal'].size()> 0", false],
  ["event.target.?[type eq 'User' && displayName eq 'Sales'].size() > 0", false],
  ["event.target.?[displayName eq 'Legal'].size()>0 || event.target.?[displayName eq 'Sales'].size()>0", true],
  ["event.target.?[type eq 'User'].size()>0 && event.outcome.result eq 'FAILURE'", false],
  ["event.target.?[type eq 'User' || type eq 'UserGroup'].size() == 2", true],
  ["event.target.?[type ne 'User'].size() eq 1", true],
  ["event.target.?[(type eq 'X' || type eq 'User') && alternateId eq 'ada@example.com'].size() >= 1", true],
  ["event.target.size() > 2", false],
  ['event.eventType == "group.user_membership.add"', true],
  ["event.actor.alternateId ne 'admin@example.com'", false],
  ["event.debugData.changedAttributes eq 'city'", true],
  ["event.outcome.reason eq 'X' || event.actor.type eq 'User' && event.actor.displayName eq 'Nobody'", false],
  ["(event.outcome.reason eq 'X' || event.actor.type eq 'User') && event.actor.id eq '00u1'", true],
  ["true", true],
];
for (const [expression, through] of lets) {
  test(`${expression} ${through ? "lets the event through" : "keeps the event back"}`, () => {
    const read = readEventFilter(expression);
    assert.equal(read.kind, "filter", JSON.stringify(read));
    assert.equal(read.kind === "filter" && read.test(event), through);
  });
}

for (const expression of [
  "event.target.?[type eq 'User']",
  "event.target.?[type eq 'User'].size()",
  "event.target.?[type eq 'User'].size() > 'x'",
  "event.target.?[profile eq 'User'].size() > 0",
  "event.target.?[event.actor.id eq 'x'].size() > 0",
  "event.client.ipAddress eq '1.2.3.4'",
  "event.eventType",
  "event.eventType eq group",
  "event.eventType eq 'a",
  "event.eventType eq 'a' and event.actor.id eq 'b'",
  "event.eventType.contains('a')",
  "!(event.eventType eq 'a')",
  "event.eventType eq 'a' &&",
  "(event.eventType eq 'a'",
  `${"(".repeat(100)}true${")".repeat(100)}`,
  `event.eventType eq '${"x".repeat(5_000)}'`,
  "",
]) {
  test(`${expression.slice(0, 60) || "nothing"} is no filter`, () => assert.equal(readEventFilter(expression).kind, "bad"));
}

test.run();
