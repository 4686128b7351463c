import assert from "node:assert/strict";
import { newId, type ControllerId, type RunId } from "@longarm/shared";
import fc from "fast-check";
import { suite } from "../../../../test/support/suite.ts";
import { leavePlace, orderWaiters, placeInQueue, takePlace, type Waiter } from "./holds.ts";
import { placeSentence, wantedPlaces } from "./wanted-places.ts";

const test = suite("places that runs hold");
const runs: readonly RunId[] = Array.from({ length: 6 }, () => newId("run"));
const owners: readonly ControllerId[] = Array.from({ length: 3 }, () => newId("controller"));
type Holders = readonly { readonly run: RunId; readonly owner: ControllerId }[];

interface Step {
  readonly kind: "take" | "leave";
  readonly run: RunId;
  readonly owner: ControllerId;
  /** How many changes ago the controller has looked. */
  readonly behind: number;
}

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    kind: fc.constantFrom("take" as const, "take" as const, "leave" as const),
    run: fc.constantFrom(...runs),
    owner: fc.constantFrom(...owners),
    behind: fc.nat(3),
  }),
  { maxLength: 60 },
);

/** The store's compare and set: a change that was made of an older look is refused. */
function carryOut(all: readonly Step[], limit: number, seen: (holders: Holders, step: Step) => void): void {
  const history: Holders[] = [[]];
  for (const step of all) {
    const looked = history.at(-1 - step.behind) ?? [];
    const isCurrent = looked === history.at(-1);
    const taken = step.kind === "take" ? takePlace(looked, step, limit) : undefined;
    const after = taken?.kind === "take" ? taken.holders : step.kind === "leave" ? leavePlace(looked, step.run) : undefined;
    if (after && isCurrent) history.push(after);
    seen(history.at(-1) ?? [], step);
  }
}

test("are never held by more runs than their limit allows, nor twice by one, whoever asks and however late", () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 4 }), (all, limit) => {
      carryOut(all, limit, (holders) => {
        assert.ok(holders.length <= limit);
        assert.equal(new Set(holders.map(({ run }) => run)).size, holders.length);
      });
    }),
  );
});

test("are given to whoever asks while one is free, and taken from nobody but the run that leaves", () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 4 }), (all, limit) => {
      let before: Holders = [];
      const current = all.map((step) => ({ ...step, behind: 0 }));
      carryOut(current, limit, (holders, step) => {
        const has = (of: Holders): boolean => of.some(({ run }) => run === step.run);
        if (step.kind === "take") assert.equal(has(holders), has(before) || before.length < limit);
        for (const { run } of before) if (run !== step.run) assert.ok(holders.some((holder) => holder.run === run));
        before = holders;
      });
    }),
  );
});

test("stay the run's when another controller carries it on, although the limit is lower now", () => {
  const [first, second] = runs as readonly [RunId, RunId];
  const [dead, alive] = owners as readonly [ControllerId, ControllerId];
  const holders = [first, second].map((run) => ({ run, owner: dead }));
  const taken = takePlace(holders, { run: second, owner: alive }, 1);
  assert.deepEqual(taken, {
    kind: "take",
    holders: [
      { run: first, owner: dead },
      { run: second, owner: alive },
    ],
  });
  assert.deepEqual(takePlace(holders, { run: first, owner: dead }, 1), { kind: "held" });
  assert.deepEqual(takePlace(holders, { run: newId("run"), owner: alive }, 2), { kind: "full", count: 2 });
});

test("are waited for in the order of submission", () => {
  const waiters: fc.Arbitrary<Waiter[]> = fc.array(fc.record({ run: fc.constantFrom(...runs), submittedAtMs: fc.nat(5) }), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(waiters, (all) => {
      const queue: Waiter[] = [];
      for (const waiter of all) queue.splice(placeInQueue(queue, waiter), 0, waiter);
      assert.deepEqual(queue, all.toSorted(orderWaiters));
    }),
  );
});

test("are the key's before the connection's, the run's own limit before the connection's, and 1 unless anybody says more", () => {
  const acme = { name: "acme", concurrency: { limit: 9, keyLimit: 3 } };
  const limits = (connection: typeof acme | { name: string }, terms?: object) =>
    wantedPlaces(connection, terms).map(({ reason, limit }) => [reason, limit]);
  assert.deepEqual(limits({ name: "acme" }), []);
  assert.deepEqual(limits({ name: "acme" }, { concurrencyKey: "ada" }), [["concurrency_key", 1]]);
  assert.deepEqual(limits(acme, { concurrencyKey: "ada" }), [
    ["concurrency_key", 3],
    ["concurrency_limit", 9],
  ]);
  assert.deepEqual(limits(acme, { concurrencyKey: "ada", concurrencyLimit: 5 })[0], ["concurrency_key", 5]);
});

test("are told with their counts to those who wait", () => {
  const [key, connection] = wantedPlaces({ name: "acme", concurrency: { limit: 2_000 } }, { concurrencyKey: "ada", concurrencyLimit: 2 });
  assert.ok(key && connection);
  assert.equal(placeSentence(key, { holding: 2, ahead: 17 }), '2 of 2 runs hold the key "ada"; 17 wait before this one here.');
  assert.equal(
    placeSentence(connection, { holding: 2_000, ahead: 0 }),
    "2,000 of 2,000 runs hold a place of the connection acme; this one is next here.",
  );
});

test.run();
