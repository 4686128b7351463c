import assert from "node:assert/strict";
import { suite } from "../../support/suite.ts";
import type { Case } from "./evidence.ts";
import { caseOf, evidenceOf, found } from "./evidence.fixture.ts";
import { type Limit, limitsOf } from "./limits.ts";
import { type Recovery, recoveryOf } from "./recovery.ts";

const test = suite("the limits of a chaos run");

const nothing = recoveryOf(evidenceOf([]));

const verdicts = (cases: readonly Case[], recovery: Partial<Recovery> = {}): ReadonlyMap<string, Limit["verdict"]> =>
  new Map(limitsOf({ cases }, { ...nothing, ...recovery }).map(({ what, verdict }) => [what, verdict]));

const many = (count: number, one: Case): readonly Case[] => Array.from({ length: count }, () => one);
const failed = caseOf({ run: found("failed"), effects: [] });
const unknown = (effect: Case["plan"]["effect"]): Case => caseOf({ run: found("outcome_unknown"), plan: { effect } });

test("says of a time that was never measured that it is not shown", () => {
  assert.equal(verdicts([]).get("failover of a dead controller's runs, p99"), "not shown");
});

test("judges recovery times by their p99", () => {
  const spread = (p99: number) => ({ count: 9, p50: 1, p99, max: 90_000 });
  const times = (p99: readonly [number, number, number]) =>
    verdicts([], {
      ...{ agentDeathNoticed: spread(p99[0]), readsAnsweredElsewhere: spread(p99[1]), failover: spread(p99[2]) },
    });
  const shown = (of: ReadonlyMap<string, string>): readonly string[] => [...of.values()].slice(0, 3);
  assert.deepEqual(shown(times([5_000, 10_000, 10_000])), ["kept", "kept", "kept"]);
  assert.deepEqual(shown(times([5_001, 10_001, 10_001])), ["exceeded", "exceeded", "exceeded"]);
});

test("lets no product get away with failing everything, and allows a few", () => {
  assert.equal(verdicts(many(100, failed)).get("failed"), "exceeded");
  assert.equal(verdicts([...many(90, caseOf()), ...many(10, failed)]).get("failed"), "kept");
  assert.equal(verdicts([...many(89, caseOf()), ...many(11, failed)]).get("failed"), "exceeded");
});

test("counts no failure that the load wished", () => {
  const cancelled = { error: { code: "cancelled", message: "something" } };
  const wished = caseOf({ run: found("failed", cancelled), plan: { cancelAfterMs: 1 } });
  assert.equal(verdicts(many(100, wished)).get("failed"), "kept");
});

test("caps the share of each class that may end unknown, and lets no read", () => {
  const of = (effect: Case["plan"]["effect"], count: number): string | undefined => {
    const known = many(100 - count, caseOf({ plan: { effect } }));
    return verdicts([...known, ...many(count, unknown(effect))]).get(`unknown of ${effect}`);
  };
  assert.deepEqual([of("read", 0), of("read", 1)], ["kept", "exceeded"]);
  assert.deepEqual([of("converge", 3), of("converge", 4)], ["kept", "exceeded"]);
  assert.deepEqual([of("create", 10), of("create", 11)], ["kept", "exceeded"]);
  assert.deepEqual([of("once", 25), of("once", 26)], ["kept", "exceeded"]);
});

test.run();
