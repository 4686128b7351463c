import assert from "node:assert/strict";
import { suite } from "../../support/suite.ts";
import { effectsByObject } from "./collect.ts";
import { effect } from "./evidence.fixture.ts";

const test = suite("effects of the ledger by what a run was to do");

const ledger = [
  effect,
  { ...effect, sequence: 2, effect: "user.suspended" },
  { ...effect, sequence: 3, effect: "group.created", object: "00g2" },
  { ...effect, sequence: 4, effect: "group.memberAdded", object: "00g1/00u1" },
  { ...effect, sequence: 5, effect: "eventHook.created", object: "who1" },
  { ...effect, sequence: 6, effect: "eventHook.created", object: "who2" },
];
const users = new Map([["ada@example.com", "00u1"]]);
const hooks = new Map([["Told", ["who1", "who2"]]]);
const effectsOf = effectsByObject(ledger, { users, groups: new Map([["Team", "00g2"]]), hooks, shared: "00g1" });
const sequences = (...of: Parameters<typeof effectsOf>): readonly number[] => effectsOf(...of).map(({ sequence }) => sequence);

test("finds those of a user, a group and a membership by their names, and no others", () => {
  assert.deepEqual(sequences({ effect: "user.created", of: { user: "ada@example.com" } }), [1]);
  assert.deepEqual(sequences({ effect: "user.suspended", of: { user: "ada@example.com" } }), [2]);
  assert.deepEqual(sequences({ effect: "group.created", of: { group: "Team" } }), [3]);
  assert.deepEqual(sequences({ effect: "group.memberAdded", of: { memberOfShared: "ada@example.com" } }), [4]);
});

test("finds those of every hook that bears the name, since a second one is what a second request makes", () => {
  assert.deepEqual(sequences({ effect: "eventHook.created", of: { hook: "Told" } }), [5, 6]);
});

test("finds none of what is not there", () => {
  assert.deepEqual(sequences({ effect: "user.created", of: { user: "bob@example.com" } }), []);
  assert.deepEqual(sequences({ effect: "user.updated", of: { user: "ada@example.com" } }), []);
});

test.run();
