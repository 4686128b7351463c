import assert from "node:assert/strict";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Page, RestFailure } from "@longarm/shared/rest";
import { executorOf, never, pagesOf, type TestAgent, withField, withTarget } from "../support/field.ts";
import { suite } from "../support/suite.ts";

const test = suite("pages followed by an agent");

interface Book {
  readonly baseUrl: string;
  readonly pages: (over?: Parameters<typeof pagesOf>[1]) => AsyncIterator<Page | RestFailure>;
  /** How many pages were fetched from the target. */
  fetched(): number;
  readonly agent: TestAgent;
}

/** A target of `count` pages, each `bytes` long, and an agent that follows them. */
async function withBook(
  shape: { readonly count: number; readonly bytes?: number; readonly broken?: number },
  body: (book: Book) => Promise<void>,
): Promise<void> {
  let fetched = 0;
  const answer = ({ url = "/" }: IncomingMessage, response: ServerResponse): void => {
    const n = Number(new URL(url, "http://x").searchParams.get("after") ?? 0) + 1;
    fetched += 1;
    if (n === shape.broken) return void response.writeHead(503).end("out of order");
    const link = n < shape.count ? { link: `</?after=${n}>; rel="next"` } : {};
    response.writeHead(200, link).end(String(n).padEnd(shape.bytes ?? 10));
  };
  await withField(({ agent, directory }) =>
    withTarget(answer, async (baseUrl) => {
      const started = await agent();
      const pages: Book["pages"] = (over) => executorOf(directory, started.id).pages(pagesOf(baseUrl, over), never)[Symbol.asyncIterator]();
      await body({ baseUrl, pages, fetched: () => fetched, agent: started });
    }),
  );
}

function numberOf(page: Page | RestFailure | undefined): number {
  return page?.kind === "page" ? Number.parseInt(Buffer.from(page.body).toString(), 10) : -1;
}

async function rest(pages: AsyncIterator<Page | RestFailure>): Promise<(Page | RestFailure)[]> {
  const all: (Page | RestFailure)[] = [];
  for (let next = await pages.next(); !next.done; next = await pages.next()) all.push(next.value);
  return all;
}

test("come in order, the last without a next", () =>
  withBook({ count: 30 }, async ({ pages }) => {
    const all = await rest(pages());
    assert.deepEqual(
      all.map(numberOf),
      Array.from({ length: 30 }, (_, n) => n + 1),
    );
    const last = all.at(-1);
    assert(last?.kind === "page" && last.next === null);
  }));

test("are fetched no further than allowed beyond the one that the consumer holds", () =>
  withBook({ count: 30 }, async ({ pages, fetched, baseUrl }) => {
    const reader = pages({ pagesAhead: 2 });
    assert.equal(numberOf((await reader.next()).value as Page), 1);
    assert.equal(numberOf((await reader.next()).value as Page), 2);
    // Another whole stream passes meanwhile: time enough to fetch too much.
    assert.equal((await rest(pages({ resumeAt: `${baseUrl}/?after=10`, pagesAhead: 1 }))).length, 20);
    assert(fetched() - 20 <= 4, `${fetched() - 20} pages were fetched while the second was held`);
    await reader.return?.();
  }));

test("begin again at a cursor", () =>
  withBook({ count: 5 }, async ({ pages, baseUrl }) => {
    const all = await rest(pages({ resumeAt: `${baseUrl}/?after=3` }));
    assert.deepEqual(all.map(numberOf), [4, 5]);
  }));

test("of 1 MB each pass through a window of 64 KiB", () =>
  withBook({ count: 4, bytes: 1024 * 1024 }, async ({ pages }) => {
    const all = await rest(pages({ windowBytes: 64 * 1024 }));
    assert.deepEqual(
      all.map((page) => (page.kind === "page" ? page.body.length : 0)),
      Array(4).fill(1024 * 1024),
    );
  }));

test("end with the page whose status is no success", () =>
  withBook({ count: 5, broken: 3 }, async ({ pages }) => {
    const all = await rest(pages());
    assert.deepEqual(
      all.map((page) => (page.kind === "page" ? page.status : 0)),
      [200, 200, 503],
    );
  }));

test("a cursor that leads to another host is refused", () =>
  withBook({ count: 5 }, async ({ pages }) => {
    const [failure] = await rest(pages({ resumeAt: "http://192.0.2.1/?after=3" }));
    assert(failure?.kind === "failure");
    assert.equal(failure.delivery, "not_sent");
  }));

test("a reader that leaves frees the agent's slot", () =>
  withBook({ count: 1_000 }, async ({ pages, agent }) => {
    const reader = pages();
    await reader.next();
    await reader.return?.();
    await agent.stop();
  }));

test.run();
