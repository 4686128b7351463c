import assert from "node:assert/strict";
import { LongarmError } from "@longarm/shared";
import type { Page, RestFailure } from "@longarm/shared/rest";
import { suite } from "../../../../../test/support/suite.ts";
import type { BudgetGrant } from "../../ports/budgets.ts";
import { fail, page } from "../carrying.fixture.ts";
import { PagePermits } from "./page-permits.ts";

const test = suite("the permits of a stream's pages");
const never = new AbortController().signal;

/** Grants that write down what became of them. */
function grants() {
  const ends: string[] = [];
  const make = (name: string): BudgetGrant => ({
    answered: (status) => void ends.push(`${name} answered ${status}`),
    unanswered: () => void ends.push(`${name} unanswered`),
    unused: () => void ends.push(`${name} unused`),
  });
  let made = 1;
  const next = async (): Promise<BudgetGrant> => make(String((made += 1)));
  return { ends, first: make("1"), next };
}

const arrives = (permits: PagePermits, what: Page | RestFailure): void => permits.arrived(what, null);

test("are given back as the pages come, in their order, and the rest as what may have been asked", async () => {
  const { ends, first, next } = grants();
  const permits = new PagePermits(first, Infinity, next);
  for (let n = 0; n < 4; n += 1) await permits.permit(never);
  arrives(permits, page(["a"], "next"));
  arrives(permits, fail("unknown"));
  await permits.close();
  assert.deepEqual(ends, ["1 answered 200", "2 unanswered", "3 unanswered", "4 unanswered"]);
});

test("that are told to be for no page, or for one that was not asked for, cost nothing", async () => {
  const { ends, first, next } = grants();
  const permits = new PagePermits(first, Infinity, next);
  for (let n = 0; n < 3; n += 1) await permits.permit(never);
  permits.unused(1);
  arrives(permits, fail("not_sent"));
  arrives(permits, page(["a"], null));
  await permits.close();
  assert.deepEqual(ends, ["3 unused", "1 unused", "2 answered 200"]);
});

test("end with the wish for another one, and so does whoever waits for it", async () => {
  const { ends, first } = grants();
  const permits = new PagePermits(
    first,
    Infinity,
    (signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(new LongarmError("cancelled")))),
  );
  await permits.permit(never);
  const second = permits.permit(never);
  const refused = assert.rejects(second, { code: "cancelled" });
  await permits.close();
  await refused;
  assert.deepEqual(ends, ["1 unanswered"]);
});

test("are no more than are wanted", async () => {
  const { first, next } = grants();
  const permits = new PagePermits(first, 1, next);
  await permits.permit(never);
  const giveUp = new AbortController();
  const second = permits.permit(giveUp.signal);
  giveUp.abort(new LongarmError("cancelled"));
  await assert.rejects(second, { code: "cancelled" });
  await permits.close();
});

test("that nobody used are given back whole", async () => {
  const { ends, first, next } = grants();
  await new PagePermits(first, Infinity, next).close();
  assert.deepEqual(ends, ["1 unused"]);
});

test.run();
