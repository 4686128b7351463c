import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { LongarmError } from "../errors.ts";
import type { CallRecord, Page, RestFailure } from "./contract.ts";
import { type FetchPage, followPages, type PageWindow } from "./follow-pages.ts";

const test = suite("following pages");
const never = new AbortController().signal;
const record: CallRecord = {
  method: "GET",
  path: "/",
  status: 200,
  sentAt: 0,
  headMs: 0,
  totalMs: 0,
  requestBytes: 0,
  responseBytes: 0,
  oktaRequestId: null,
  rateLimit: null,
};
const wide: PageWindow = { pagesAhead: 1, windowBytes: 1_000_000 };

function page(next: string | null, bytes = 10): Page {
  return { kind: "page", status: 200, headers: {}, body: new Uint8Array(bytes), next, record };
}

/** A target whose cursors lead on by `links`; `fetched` is what was asked for, first page as "first". */
function target(links: Readonly<Record<string, string | null>>, bytes = 10) {
  const fetched: string[] = [];
  const fetch: FetchPage = (cursor) => {
    const key = cursor ?? "first";
    fetched.push(key);
    return Promise.resolve(page(links[key] ?? null, bytes));
  };
  return { fetched, fetch };
}

function chain(length: number): Record<string, string | null> {
  const names = ["first", ...Array.from({ length: length - 1 }, (_, index) => `p${index + 1}`)];
  return Object.fromEntries(names.map((name, index) => [name, names[index + 1] ?? null]));
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
}

async function nextsOf(pages: AsyncIterable<Page | RestFailure>): Promise<(string | null)[]> {
  const nexts: (string | null)[] = [];
  for await (const one of pages) nexts.push(one.kind === "page" ? one.next : one.error.code);
  return nexts;
}

test("yields every page in order, the last without a cursor", async () => {
  const { fetch } = target(chain(4));
  assert.deepEqual(await nextsOf(followPages(fetch, { first: null, window: wide, signal: never })), ["p1", "p2", "p3", null]);
});

test("begins at the cursor it is given", async () => {
  const { fetch, fetched } = target(chain(4));
  await nextsOf(followPages(fetch, { first: "p2", window: wide, signal: never }));
  assert.deepEqual(fetched, ["p2", "p3"]);
});

for (const pagesAhead of [1, 3]) {
  test(`fetches ${pagesAhead} beyond the page that the consumer holds, and no more`, async () => {
    const { fetch, fetched } = target(chain(10));
    const pages = followPages(fetch, { first: null, window: { ...wide, pagesAhead }, signal: never });
    await settle();
    assert.deepEqual(fetched, []);
    for (let held = 1; held <= 3; held++) {
      await pages.next();
      await settle();
      assert.equal(fetched.length, held + pagesAhead);
    }
    await pages.return();
  });
}

test("fetches nothing ahead while the window is full, and goes on when the page is given back", async () => {
  const { fetch, fetched } = target(chain(5), 600);
  const pages = followPages(fetch, { first: null, window: { pagesAhead: 3, windowBytes: 1_000 }, signal: never });
  for (let held = 1; held <= 5; held++) {
    assert.equal((await pages.next()).done, false);
    await settle();
    assert.equal(fetched.length, held);
  }
  assert.equal((await pages.next()).done, true);
});

test("lets a single page through that is larger than the window", async () => {
  const { fetch } = target(chain(3), 5_000);
  assert.equal((await nextsOf(followPages(fetch, { first: null, window: { pagesAhead: 1, windowBytes: 100 }, signal: never }))).length, 3);
});

test("fails behind a page whose cursor is its own", async () => {
  const { fetch } = target({ first: "p1", p1: "p1" });
  assert.deepEqual(await nextsOf(followPages(fetch, { first: null, window: wide, signal: never })), ["p1", "p1", "unexpected_response"]);
});

for (const length of [2, 3, 7, 50]) {
  test(`fails in a loop of ${length} cursors`, async () => {
    const links = { ...chain(length + 5), [`p${length + 4}`]: "p5" };
    const { fetch, fetched } = target(links);
    const nexts = await nextsOf(followPages(fetch, { first: null, window: wide, signal: never }));
    assert.equal(nexts.at(-1), "unexpected_response");
    assert.ok(fetched.length <= 5 + 4 * length, `${fetched.length} pages`);
  });
}

test("takes a long chain without a loop to its end", async () => {
  const { fetch } = target(chain(3_000));
  assert.equal((await nextsOf(followPages(fetch, { first: null, window: wide, signal: never }))).length, 3_000);
});

test("ends after a failure", async () => {
  const failure: RestFailure = { kind: "failure", delivery: "unknown", error: new LongarmError("target_reset"), record };
  const fetch: FetchPage = (cursor) => Promise.resolve(cursor === null ? page("p1") : failure);
  assert.deepEqual(await nextsOf(followPages(fetch, { first: null, window: wide, signal: never })), ["p1", "target_reset"]);
});

test("aborts what is being fetched when the consumer leaves", async () => {
  let aborted = false;
  const fetch: FetchPage = (cursor, signal) => {
    if (cursor === null) return Promise.resolve(page("p1"));
    return new Promise(() => signal.addEventListener("abort", () => (aborted = true)));
  };
  const pages = followPages(fetch, { first: null, window: wide, signal: never });
  for await (const _ of pages) break;
  assert.ok(aborted);
});

test("passes the caller's abort on to the fetch", async () => {
  const stop = new AbortController();
  const fetch: FetchPage = (_cursor, signal) => {
    stop.abort(new LongarmError("cancelled"));
    return Promise.resolve({ kind: "failure", delivery: "unknown", error: signal.reason as LongarmError, record });
  };
  assert.deepEqual(await nextsOf(followPages(fetch, { first: null, window: wide, signal: stop.signal })), ["cancelled"]);
});

test.run();
