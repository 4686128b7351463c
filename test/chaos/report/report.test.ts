import assert from "node:assert/strict";
import { suite } from "../../support/suite.ts";
import { caseOf, evidenceOf, found } from "../check/evidence.fixture.ts";
import { readWish } from "../profile.ts";
import { reportOn } from "./report.ts";

const test = suite("the report on a chaos run");

const { profile } = readWish([]);
const hundred = (one: ReturnType<typeof caseOf>) => Array.from({ length: 100 }, () => one);

test("is ok where nothing is wrong", () => {
  assert.equal(reportOn(profile, evidenceOf(hundred(caseOf())), 1).ok, true);
});

test("is not ok where every run was accepted and failed, and says why", () => {
  const { ok, counts, limits } = reportOn(profile, evidenceOf(hundred(caseOf({ run: found("failed"), effects: [] }))), 1);
  assert.deepEqual([ok, counts.unfounded, limits.find(({ what }) => what === "failed")?.verdict], [false, 100, "exceeded"]);
});

test.run();
