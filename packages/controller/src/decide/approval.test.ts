import { deepEqual, equal } from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { judgeCompetence, needsApproval, type Judged } from "./approval.ts";

const test = suite("approval");
const remove: Judged = { name: "okta.user.delete", effect: "converge", destructive: true, dryRun: false };
const create: Judged = { name: "okta.user.create", effect: "create", destructive: false, dryRun: false };
const read: Judged = { name: "okta.user.get", effect: "read", destructive: false, dryRun: false };

test("is needed for what the rule means, and for nothing without a rule", () => {
  const cases = [
    [["destructive"], true, false, false],
    [["changing"], true, true, false],
    [["okta.user.create"], false, true, false],
    [["okta.user.*"], true, true, true],
    [["okta.group.*", "*.delete"], true, false, false],
    [[], false, false, false],
  ] as const;
  for (const [actions, ...expected] of cases)
    for (const [i, run] of [remove, create, read].entries())
      equal(needsApproval({ actions }, run), expected[i], `${actions.join()} ${run.name}`);
  equal(needsApproval(undefined, remove), false);
});

test("is not needed to be told what would be done", () => {
  equal(needsApproval({ actions: ["destructive", "changing", "*.*"] }, { ...remove, dryRun: true }), false);
});

test("takes somebody else, and no key that the submitter has made or had made", () => {
  const waiting = { submitter: "ada", parked: { reason: "approval" }, verdict: null, hasEnded: false };
  equal(judgeCompetence(waiting, { name: "bob" }).kind, "competent");
  equal(judgeCompetence(waiting, { name: "bob", madeBy: ["administrator"] }).kind, "competent");
  equal(judgeCompetence(waiting, { name: "ada" }).kind, "ownRun");
  equal(judgeCompetence(waiting, { name: "ada-2", madeBy: ["ada"] }).kind, "ownRun");
  equal(judgeCompetence(waiting, { name: "far", madeBy: ["middle", "ada", "administrator"] }).kind, "ownRun");
});

test("takes nobody who had a hand in what started the run, and no key that they made", () => {
  const waiting = { submitter: "trigger:leave", behind: ["ada", "hr"], parked: { reason: "approval" }, verdict: null, hasEnded: false };
  equal(judgeCompetence(waiting, { name: "bob" }).kind, "competent");
  deepEqual(judgeCompetence(waiting, { name: "hr" }), { kind: "ownRun", hand: "hr" });
  deepEqual(judgeCompetence(waiting, { name: "ada-2", madeBy: ["ada"] }), { kind: "ownRun", hand: "ada" });
});

test("is given once, while it is waited for", () => {
  const run = { submitter: "ada", parked: { reason: "approval" }, verdict: null, hasEnded: false };
  const bob = { name: "bob" };
  equal(judgeCompetence({ ...run, parked: null }, bob).kind, "notWaiting");
  equal(judgeCompetence({ ...run, parked: { reason: "no_agent" } }, bob).kind, "notWaiting");
  equal(judgeCompetence({ ...run, hasEnded: true }, bob).kind, "notWaiting");
  equal(judgeCompetence({ ...run, verdict: { kind: "denied", principal: "eve", note: "" } }, bob).kind, "judged");
});

test.run();
