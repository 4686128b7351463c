import assert from "node:assert/strict";
import type { IncomingMessage, ServerResponse } from "node:http";
import { suite } from "../../../../test/support/suite.ts";
import { systemClock } from "../clock.ts";
import { Secret } from "../secret.ts";
import type { Page, PageRequest, RestFailure } from "./contract.ts";
import { requestTo, withExecutor, withHttpServer } from "./servers.fixture.ts";

const test = suite("pages over HTTP");
const never = new AbortController().signal;

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

async function pagesFrom(answer: Answer, changes: Partial<PageRequest> = {}): Promise<readonly (Page | RestFailure)[]> {
  const pages: (Page | RestFailure)[] = [];
  await withHttpServer(answer, (url) =>
    withExecutor({}, async (executor) => {
      const resumeAt = changes.resumeAt?.replace("BASE", url);
      const request = requestTo(url, {
        auth: { scheme: "ssws", token: new Secret("t") },
        ...changes,
        ...(resumeAt !== undefined && { resumeAt }),
      });
      for await (const page of executor.pages(request, never)) pages.push(page);
    }),
  );
  return pages;
}

/** Three pages, `after` absent, 1 and 2; `link` makes the next link of a page. */
function threePages(link: (host: string, next: number) => string | string[]): Answer {
  return (request, response) => {
    const at = Number(new URL(request.url ?? "", "http://x").searchParams.get("after") ?? 0);
    if (at < 2) response.setHeader("link", link(request.headers.host ?? "", at + 1));
    response.end(JSON.stringify([at, request.headers.authorization]));
  };
}

function contents(pages: readonly (Page | RestFailure)[]): unknown[] {
  return pages.map((page) => (page.kind === "page" ? (JSON.parse(Buffer.from(page.body).toString()) as unknown) : page.error.code));
}

test("follows next links on lines of their own, with the credential, to the end", async () => {
  const pages = await pagesFrom(
    threePages((host, next) => [`<http://${host}/api/v1/users>; rel="self"`, `<http://${host}/api/v1/users?after=${next}>; rel="next"`]),
  );
  assert.deepEqual(contents(pages), [
    [0, "SSWS t"],
    [1, "SSWS t"],
    [2, "SSWS t"],
  ]);
  assert.equal(pages.at(-1)?.kind === "page" && pages.at(-1)?.record.path, "/api/v1/users");
});

test("goes on where another executor left off", async () => {
  const pages = await pagesFrom(
    threePages((host, next) => `<http://${host}/api/v1/users?after=${next}>; rel="next"`),
    { resumeAt: "BASE/api/v1/users?after=1" },
  );
  assert.deepEqual(contents(pages), [
    [1, "SSWS t"],
    [2, "SSWS t"],
  ]);
});

test("sets those members of the query again that hold on every page, where a link leaves them out", async () => {
  const asked: string[] = [];
  const answer: Answer = (request, response) => {
    const { searchParams } = new URL(request.url ?? "", "http://x");
    asked.push(searchParams.toString());
    if (!searchParams.has("after")) response.setHeader("link", `<http://${request.headers.host}/api/v1/users?after=1>; rel="next"`);
    response.end("[1]");
  };
  await pagesFrom(answer, {
    query: [
      ["expand", "user"],
      ["limit", "5"],
    ],
    repeats: ["expand"],
  });
  assert.deepEqual(asked, ["expand=user&limit=5", "after=1&expand=user"]);
});

test("asks for a permit before each page, and fetches none without", async () => {
  let served = 0;
  const answer = threePages((host, next) => `<http://${host}/api/v1/users?after=${next}>; rel="next"`);
  const counting: Answer = (request, response) => {
    served += 1;
    answer(request, response);
  };
  const asked: (() => void)[] = [];
  const permit = (): Promise<void> => new Promise((resolve) => asked.push(resolve));
  await withHttpServer(counting, (url) =>
    withExecutor({}, async (executor) => {
      const pages = executor.pages(requestTo(url, { permit, timeoutMs: 5_000, pagesAhead: 2 }), never)[Symbol.asyncIterator]();
      for (const n of [0, 1, 2]) {
        const next = pages.next();
        assert.deepEqual([asked.length, served], [n + 1, n]);
        asked[n]?.();
        assert.equal((await next).value?.kind, "page");
      }
      assert.equal((await pages.next()).done, true);
    }),
  );
  assert.deepEqual([asked.length, served], [3, 3]);
});

test("tells of a permit that came when nobody wanted the page any more", async () => {
  const asked: (() => void)[] = [];
  const permit = (): Promise<void> => new Promise((resolve) => asked.push(resolve));
  const unused = Promise.withResolvers<number>();
  const answer = threePages((host, next) => `<http://${host}/api/v1/users?after=${next}>; rel="next"`);
  await withHttpServer(answer, (url) =>
    withExecutor({}, async (executor) => {
      const pages = executor.pages(requestTo(url, { permit, unused: unused.resolve }), never)[Symbol.asyncIterator]();
      const first = pages.next();
      asked[0]?.();
      await first;
      await pages.return?.(undefined);
      asked[1]?.();
      assert.equal(await unused.promise, 1);
    }),
  );
});

test("asks a list without an end again behind an empty page, after a while and at the cursor it was given", async () => {
  const answers = ["[1]", "[]", "[]", "[2]"];
  let asked = 0;
  const slept: number[] = [];
  const clock = { ...systemClock, sleep: (ms: number) => (slept.push(ms), Promise.resolve()) };
  const answer: Answer = (request, response) => {
    const link = `<http://${request.headers.host}/api/v1/logs?after=same>; rel="next"`;
    response.setHeader("link", link).end(answers[asked++] ?? "[]");
  };
  const seen: unknown[] = [];
  await withHttpServer(answer, (url) =>
    withExecutor({ clock }, async (executor) => {
      for await (const page of executor.pages(requestTo(url, { pollMs: 700 }), never)) {
        seen.push(...contents([page]));
        if (seen.length === answers.length) break;
      }
    }),
  );
  assert.deepEqual(seen, [[1], [], [], [2]]);
  assert.deepEqual(new Set(slept), new Set([700]));
  assert.ok(slept.length >= 2);
});

test("does not follow a link that leads to another origin", async () => {
  let arrived = 0;
  await withHttpServer(
    () => (arrived += 1),
    async (other) => {
      const pages = await pagesFrom(threePages(() => `<${other}/api/v1/users?after=1>; rel="next"`));
      assert.deepEqual(contents(pages), ["unexpected_response"]);
    },
  );
  assert.equal(arrived, 0);
});

for (const resumeAt of ["https://evil.example/api/v1/users", "BASE/../x", "nonsense"]) {
  test(`sends nothing to resume at ${resumeAt}`, async () => {
    const pages = await pagesFrom(() => assert.fail("nothing may arrive"), { resumeAt, path: "/x", baseUrl: "http://127.0.0.1:9/prefix" });
    assert.deepEqual(
      pages.map((page) => page.kind === "failure" && [page.delivery, page.error.code]),
      [["not_sent", "invalid_request"]],
    );
  });
}

test("yields a page that is no 2xx, and ends with it", async () => {
  const pages = await pagesFrom((request, response) => {
    response.setHeader("link", `<http://${request.headers.host}/api/v1/users?after=1>; rel="next"`);
    if (request.url?.includes("after")) response.writeHead(429);
    response.end("[]");
  });
  assert.deepEqual(
    pages.map((page) => page.kind === "page" && [page.status, page.next === null]),
    [
      [200, false],
      [429, true],
    ],
  );
});

test("ends with response_too_large at a page over the cap", async () => {
  const pages = await pagesFrom((_request, response) => response.end(Buffer.alloc(2_000)), { maxResponseBytes: 1_999 });
  assert.deepEqual(contents(pages), ["response_too_large"]);
});

test.run();
