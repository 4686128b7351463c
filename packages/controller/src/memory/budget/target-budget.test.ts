import assert from "node:assert/strict";
import type { Lane } from "@longarm/shared";
import type { RateLimit } from "@longarm/shared/rest";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { bucketMatcher } from "../../decide/budget/match-bucket.ts";
import type { BudgetAsk } from "../../ports/budgets.ts";
import { SharedBudgets } from "./shared-budgets.ts";

const test = suite("the budget of a target");

const terms = { maxShare: 0.5, interactiveReserve: 0.2, concurrency: 4 };
const rules = ["users", "groups"].map((name) => ({ bucket: `/api/v1/${name}`, perWindow: { usual: 600 } }));
const bucketOf = bucketMatcher([{ windowMs: 60_000, plan: "usual", rules }]);

function ask(lane: Lane = "standard", over: Partial<BudgetAsk> = {}): BudgetAsk {
  return { baseUrl: "https://acme.okta.com", terms, lane, method: "GET", path: "/api/v1/users", ...over };
}

function budgetsAt(clock = new ManualClock()): SharedBudgets {
  return new SharedBudgets({ bucketOf, clock });
}

function said(limit: number, remaining: number, leftSeconds = 30): RateLimit {
  return { limit, remaining, reset: 1_000 + leftSeconds, date: 1_000 };
}

/** Writes down who is granted, in order. */
function queue(budgets: SharedBudgets, signal = new AbortController().signal) {
  const order: string[] = [];
  const join = (name: string, of: BudgetAsk): void => {
    const note = (what: string) => () => order.push(what);
    budgets.take(of, signal).then(note(name), note(`${name} left`));
  };
  return { order, join };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("grants as many requests at once as there are places, and one more for each that ends", async () => {
  const budgets = budgetsAt();
  const first = [1, 2, 3, 4].map(() => budgets.tryTake(ask()));
  assert.ok(first.every(Boolean));
  assert.equal(budgets.tryTake(ask()), undefined);
  assert.match(budgets.explain(ask()), /All 4 requests that standard runs may have open at https:\/\/acme\.okta\.com at once are open/);
  first[0]?.answered(200, null);
  first[0]?.unused();
  assert.ok(budgets.tryTake(ask()));
  assert.equal(budgets.tryTake(ask()), undefined);
});

test("serves the lanes in their order, each first come first served, and lets nobody in before those who wait", async () => {
  const budgets = budgetsAt();
  const held = [1, 2, 3, 4].map(() => budgets.tryTake(ask()));
  const { order, join } = queue(budgets);
  for (const [name, lane] of [
    ["b1", "bulk"],
    ["s1", "standard"],
    ["i1", "interactive"],
    ["s2", "standard"],
  ] as const)
    join(name, ask(lane));
  for (const grant of held) grant?.unused();
  assert.equal(budgets.tryTake(ask("bulk")), undefined);
  await turn();
  assert.deepEqual(order, ["i1", "s1", "s2"]);
});

test("forgets whoever gives up, and what was granted to others stays theirs", async () => {
  const budgets = budgetsAt();
  const held = [1, 2, 3, 4].map(() => budgets.tryTake(ask()));
  const leaving = new AbortController();
  const { order, join } = queue(budgets, leaving.signal);
  const staying = queue(budgets);
  join("gone", ask());
  staying.join("here", ask());
  leaving.abort(new Error("cancelled"));
  held[0]?.unused();
  await turn();
  assert.deepEqual([order, staying.order], [["gone left"], ["here"]]);
  assert.equal(budgets.view(ask()).places.open, 4);
});

test("does not let one bucket's wait hold up another's", () => {
  const budgets = budgetsAt();
  budgets.tryTake(ask())?.answered(200, said(100, 10));
  assert.equal(budgets.tryTake(ask()), undefined);
  assert.match(
    budgets.explain(ask()),
    /90 of 50 requests that standard runs may make of bucket \/api\/v1\/users .* the next one begins in 30 s/,
  );
  assert.ok(budgets.tryTake(ask("standard", { path: "/api/v1/groups" })));
});

test("pauses a bucket that was refused until its reset, and goes on by itself", async () => {
  const clock = new ManualClock();
  const budgets = budgetsAt(clock);
  budgets.tryTake(ask())?.answered(429, said(600, 0, 20));
  const { order, join } = queue(budgets);
  join("first", ask("interactive"));
  await clock.advance(19_000);
  assert.deepEqual(order, []);
  assert.match(budgets.explain(ask("interactive")), /refused a request of bucket \/api\/v1\/users for its limit; it is asked again in 1 s/);
  await clock.advance(2_000);
  assert.deepEqual(order, ["first"]);
});

test("takes a refusal of requests at once for half the places, and the bucket goes on", () => {
  const budgets = budgetsAt();
  const open = [1, 2, 3].map(() => budgets.tryTake(ask()));
  open[0]?.answered(429, said(0, 0, 120));
  assert.equal(budgets.view(ask()).places.limit, 2);
  open[1]?.answered(200, null);
  assert.ok(budgets.tryTake(ask()));
  assert.equal(budgets.tryTake(ask()), undefined);
});

test("counts a page behind the first one in its bucket, and gives it no place", () => {
  const budgets = budgetsAt();
  const pages = [1, 2, 3, 4, 5, 6].map(() => budgets.tryTake(ask("standard", { isNextPage: true })));
  assert.ok(pages.every(Boolean));
  const { places, buckets } = budgets.view(ask());
  assert.deepEqual([places.open, buckets[0]?.pending], [0, 6]);
});

test("is known to people: limit, what is left, the share, who waits", () => {
  const budgets = budgetsAt();
  budgets.tryTake(ask())?.answered(200, said(600, 500));
  const held = budgets.tryTake(ask());
  assert.deepEqual(budgets.view(ask()), {
    target: "https://acme.okta.com",
    places: { limit: 4, open: 1 },
    buckets: [
      {
        ...{ bucket: "/api/v1/users", limit: 600, isKnown: true, remaining: 499, share: 300, pending: 1 },
        ...{ resetInMs: 30_000, pausedForMs: null, waiting: { interactive: 0, standard: 0, bulk: 0 } },
      },
    ],
  });
  held?.unused();
});

test("knows what another controller has open, until that one falls silent", async () => {
  const clock = new ManualClock();
  const [here, there] = [budgetsAt(clock), budgetsAt(clock)];
  const held = [1, 2, 3].map(() => there.tryTake(ask()));
  here.tryTake(ask())?.unused();
  here.told("ctl_a" as never, there.words());
  assert.ok(here.tryTake(ask()));
  assert.equal(here.tryTake(ask()), undefined);
  await clock.advance(3_500);
  assert.ok(here.tryTake(ask()));
  assert.equal(held.length, 3);
});

test("serves whoever waits for another controller's requests when that one falls silent, though nothing else happens", async () => {
  const clock = new ManualClock();
  const [here, there] = [budgetsAt(clock), budgetsAt(clock)];
  for (let open = 0; open < terms.concurrency; open += 1) there.tryTake(ask());
  here.tryTake(ask())?.unused();
  here.told("ctl_a" as never, there.words());
  const { order, join } = queue(here);
  join("alone", ask());
  await clock.advance(2_500);
  assert.deepEqual(order, []);
  await clock.advance(1_000);
  assert.deepEqual(order, ["alone"]);
});

test("goes on within a window once what a silent controller had under way counts no more", async () => {
  const clock = new ManualClock();
  const [here, there] = [budgetsAt(clock), budgetsAt(clock)];
  const narrow = { terms: { ...terms, concurrency: 1_000 } };
  here.tryTake(ask("standard", narrow))?.answered(200, said(600, 500, 60));
  for (let open = 0; open < 200; open += 1) there.tryTake(ask("standard", narrow));
  here.told("ctl_a" as never, there.words());
  const { order, join } = queue(here);
  join("alone", ask("standard", narrow));
  await clock.advance(3_500);
  assert.deepEqual(order, ["alone"]);
});

test("serves whoever waits for another controller's requests when that one says that it has none any more", async () => {
  const clock = new ManualClock();
  const [here, there] = [budgetsAt(clock), budgetsAt(clock)];
  const held = Array.from({ length: terms.concurrency }, () => there.tryTake(ask()));
  here.tryTake(ask())?.unused();
  here.told("ctl_a" as never, there.words());
  const { order, join } = queue(here);
  join("alone", ask());
  for (const grant of held) grant?.unused();
  here.told("ctl_a" as never, there.words());
  await turn();
  assert.deepEqual(order, ["alone"]);
});

test("gives what is kept for interactive runs to whoever waits once none has come for ten seconds, and not only in the next window", async () => {
  const clock = new ManualClock();
  const budgets = budgetsAt(clock);
  budgets.tryTake(ask("interactive"))?.answered(200, said(600, 350, 60));
  const { order, join } = queue(budgets);
  join("alone", ask());
  await clock.advance(9_000);
  assert.deepEqual(order, []);
  await clock.advance(1_500);
  assert.deepEqual(order, ["alone"]);
});

test("learns of a pause and of a window from another controller", () => {
  const [here, there] = [budgetsAt(), budgetsAt()];
  here.tryTake(ask())?.unused();
  there.tryTake(ask())?.answered(429, said(600, 0, 20));
  here.told("ctl_a" as never, there.words());
  assert.equal(here.tryTake(ask()), undefined);
  assert.equal(here.view(ask()).buckets[0]?.pausedForMs, 20_000);
});

test("takes no more than its part before the others have heard of it, however fast it is answered", async () => {
  const clock = new ManualClock();
  const [quick, slow] = [budgetsAt(clock), budgetsAt(clock)];
  for (const budgets of [quick, slow]) budgets.told("ctl_a" as never, []);
  const wide = { terms: { ...terms, concurrency: 100 } };
  let used = 550;
  const take = (budgets: SharedBudgets): boolean => {
    const grant = budgets.tryTake(ask("standard", wide));
    if (grant && budgets === quick) grant.answered(200, said(1_200, 1_200 - (used += 1)));
    return grant !== undefined;
  };
  take(quick);
  slow.tryTake(ask("standard", wide))?.unused();
  await clock.advance(400);
  slow.told("ctl_a" as never, quick.words());
  const taken = [slow, quick].map((budgets) => Array.from({ length: 60 }, () => take(budgets)).filter(Boolean).length);
  assert.ok(taken.reduce((sum, n) => sum + n, 0) <= 50, `${taken.join(" and ")} of 49 were taken`);
});

test.run();
