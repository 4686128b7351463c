// Two controllers pull through one budget from an org that counts as Okta does, in virtual time.
import assert from "node:assert/strict";
import { okta } from "@longarm/okta";
import type { Lane } from "@longarm/shared";
import { limitTables, RateLimits } from "../../packages/sandbox/src/http/limits.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { suite } from "../support/suite.ts";
import { bucketMatcher } from "../../packages/controller/src/decide/budget/match-bucket.ts";
import { SharedBudgets } from "../../packages/controller/src/memory/budget/shared-budgets.ts";

const test = suite("a budget that controllers share");

const terms = { maxShare: 0.8, interactiveReserve: 0.2, concurrency: 32 };
const bucketOf = bucketMatcher(okta.limits ? [okta.limits] : []);
const minutes = 6;

interface Trial {
  readonly asked: number;
  readonly refused: number;
  /** Of the interactive calls, how long they waited for their turn. */
  readonly waitsMs: readonly number[];
}

/** Eight pullers of users on each of two controllers, and an interactive reader of them where one is wanted. */
async function pull({ interactiveEveryMs }: { readonly interactiveEveryMs?: number }): Promise<Trial> {
  const clock = new ManualClock(1_000_000);
  const over = new AbortController();
  const org = new RateLimits(limitTables.workforce, 60_000, () => clock.nowMs());
  const controllers = ["ctl_a", "ctl_b"].map((id) => ({ id, budgets: new SharedBudgets({ bucketOf, clock }) }));
  const tally = { asked: 0, refused: 0, waitsMs: [] as number[] };
  const request = async (budgets: SharedBudgets, lane: Lane): Promise<number> => {
    const askedMs = clock.nowMs();
    const grant = await budgets.take({ baseUrl: "https://acme.okta.com", terms, lane, method: "GET", path: "/api/v1/users" }, over.signal);
    const waitedMs = clock.nowMs() - askedMs;
    await clock.sleep(40, over.signal);
    const { allowed, limit, remaining, reset } = org.begin("GET", "/api/v1/users");
    tally.asked += 1;
    if (!allowed) tally.refused += 1;
    const date = Math.floor(clock.nowMs() / 1_000);
    await clock.sleep(80, over.signal);
    org.end();
    grant.answered(allowed ? 200 : 429, { limit, remaining, reset, date });
    return waitedMs;
  };
  const forever = async (budgets: SharedBudgets): Promise<void> => {
    while (!over.signal.aborted) await request(budgets, "bulk");
  };
  const read = async (everyMs: number): Promise<void> => {
    for (let at = 0; !over.signal.aborted; at += 1) {
      await clock.sleep(everyMs, over.signal);
      const { budgets } = controllers[at % 2] ?? assert.fail();
      tally.waitsMs.push(await request(budgets, "interactive"));
    }
  };
  const gossip = async (): Promise<void> => {
    while (!over.signal.aborted) {
      for (const from of controllers)
        for (const to of controllers) if (to !== from) to.budgets.told(from.id as never, from.budgets.words());
      await clock.sleep(100, over.signal);
    }
  };
  const work = [gossip(), ...controllers.flatMap(({ budgets }) => Array.from({ length: 8 }, () => forever(budgets)))];
  if (interactiveEveryMs !== undefined) work.push(read(interactiveEveryMs));
  const ended = Promise.allSettled(work);
  await clock.advance(minutes * 60_000, 20);
  over.abort(new Error("over"));
  await ended;
  return tally;
}

function p99(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? assert.fail("nothing was measured");
}

const allowance = limitTables.workforce.buckets.find(({ covers }) => covers === "/api/v1/users")?.perWindow ?? 0;

test("uses nine tenths of its share of the limit, and the org refuses less than one request in a hundred", async () => {
  const { asked, refused } = await pull({});
  const share = allowance * terms.maxShare * minutes;
  assert.ok(asked >= share * 0.9, `${asked} of ${share} were asked`);
  assert.ok(asked <= share * 1.02, `${asked} of ${share} were asked`);
  assert.ok(refused < asked / 100, `${refused} of ${asked} were refused`);
});

test("lets an interactive call wait for less than a second while bulk takes all the rest", async () => {
  const { asked, refused, waitsMs } = await pull({ interactiveEveryMs: 1_500 });
  const share = allowance * terms.maxShare * (1 - terms.interactiveReserve) * minutes;
  assert.ok(asked >= share * 0.9, `${asked} of ${share} were asked`);
  assert.ok(refused < asked / 100, `${refused} of ${asked} were refused`);
  assert.ok(p99(waitsMs) < 1_000, `p99 ${p99(waitsMs)} ms over ${waitsMs.length} calls`);
});

test.run();
