import assert from "node:assert/strict";
import { suite } from "../../support/suite.ts";
import { chanceOf } from "../chance.ts";
import { faultKindNames, type FaultRule, faultRules, partsOf, quietAbout } from "./kinds.ts";
import { planFaults, type ScheduleWish } from "./schedule.ts";

const test = suite("the schedule of faults");

const targets = {
  controller: ["controller-1", "controller-2", "controller-3"],
  agent: ["agent-1", "agent-2", "agent-3"],
  broker: ["broker"],
  controllerLink: ["controller-1 link", "controller-2 link"],
  agentLink: ["agent-1 link", "agent-2 link"],
  orgLink: ["home link", "site link"],
  org: ["org"],
};
const wish: ScheduleWish = { kinds: faultKindNames, targets, fromMs: 2_000, toMs: 600_000, gapMs: [1_500, 3_500] };

test("is the same for the same seed and another one for another seed", () => {
  assert.deepEqual(planFaults(chanceOf(7), wish), planFaults(chanceOf(7), wish));
  assert.notDeepEqual(planFaults(chanceOf(7), wish), planFaults(chanceOf(8), wish));
});

test("never strikes a target that still suffers, nor outlasts its end", () => {
  for (let seed = 1; seed <= 50; seed += 1) {
    const busyUntil = new Map<string, number>();
    for (const { target, atMs, forMs, kind } of planFaults(chanceOf(seed), wish)) {
      assert.ok((busyUntil.get(target) ?? 0) <= atMs, `seed ${seed}: ${kind} strikes ${target} too early`);
      assert.ok(atMs >= wish.fromMs && atMs + forMs <= wish.toMs);
      busyUntil.set(target, atMs + forMs + faultRules[kind].rest);
    }
  }
});

test("brings up every kind that has a target about as often as any other", () => {
  const counts = new Map<string, number>();
  for (const { kind } of planFaults(chanceOf(1), wish)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const possible = faultKindNames.filter((kind) => partsOf(kind).place in targets);
  const times = possible.map((kind) => counts.get(kind) ?? 0);
  assert.ok(Math.min(...times) >= 1 && Math.max(...times) - Math.min(...times) <= 3, JSON.stringify([...counts]));
  assert.equal(counts.size, possible.length);
});

test("lasts as long as the kind's rule says and draws its amount from there", () => {
  for (const { kind, forMs, amount } of planFaults(chanceOf(3), { ...wish, toMs: 100_000 })) {
    const rule: FaultRule = faultRules[kind];
    assert.ok(forMs >= rule.lasts[0] && forMs <= rule.lasts[1]);
    const [least, most] = rule.amount ?? [0, 0];
    assert.ok(amount >= least && amount <= most);
  }
});

test("keeps still about every second death what would stand in the way of its recovery, and nothing else", () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const planned = planFaults(chanceOf(seed), { ...wish, aloneEvery: 2 });
    const alone = planned.filter(({ isAlone }) => isAlone);
    assert.ok(alone.length >= 4, `seed ${seed}: ${alone.length} are alone`);
    for (const death of alone) {
      const { places = [], beforeMs = 0, afterMs = 0 } = quietAbout[death.kind] ?? {};
      const near = planned.filter(
        ({ kind, atMs, forMs }) =>
          places.includes(partsOf(kind).place) && atMs < death.atMs + afterMs && atMs + forMs > death.atMs - beforeMs,
      );
      assert.deepEqual(near, [death], `seed ${seed}`);
    }
    const kills = planned.filter(({ kind }) => kind === "controller.kill");
    assert.deepEqual(
      kills.map(({ isAlone = false }) => isAlone),
      kills.map((_, at) => at % 2 === 0),
    );
  }
});

test.run();
