import assert from "node:assert/strict";
import { join } from "node:path";
import type { RestFailure, RestResponse } from "@longarm/shared/rest";
import { Membership } from "../../packages/agent/src/enrol/membership.ts";
import { readUserClaims } from "../../packages/agent/src/enrol/user-claims.ts";
import { executorOf, never, pagesOf, requestTo, withField, withTarget } from "../support/field.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const test = suite("rights that are renewed while calls are open");

// Whole seconds count for the broker.
const workMs = 6_000;
const pageCount = 40;

function statusOf(answer: RestResponse | RestFailure): number | string {
  return answer.kind === "response" ? answer.status : answer.error.code;
}

test(
  "an agent carries a stream and calls over three renewals that are pushed, and no call is lost or made twice",
  () =>
    withField(
      async ({ agent, configuration, directory }) => {
        const own = await configuration();
        const { id } = await agent(own);
        const rights = (): string => Membership.open(join(own.dataDirectory, "membership.json")).rights?.jwt ?? "";
        const seen = new Map<string, number>();
        const renewals = new Set<string>([rights()]);
        const firstEnd = (readUserClaims(rights())?.exp ?? 0) * 1_000;
        await withTarget(
          ({ url = "" }, response) => {
            seen.set(url, (seen.get(url) ?? 0) + 1);
            const page = Number(/after=(\d+)/.exec(url)?.[1] ?? 0);
            if (url.startsWith("/pages") && page < pageCount)
              response.setHeader("link", `<http://${response.req.headers.host}/pages?after=${page + 1}>; rel="next"`);
            setTimeout(() => response.end("{}"), url.startsWith("/pages") ? 300 : 700);
          },
          async (baseUrl) => {
            const executor = executorOf(directory, id);
            const over = { isOver: false };
            const stream = Array.fromAsync(executor.pages(pagesOf(baseUrl, { path: "/pages" }), never)).finally(() => (over.isOver = true));
            const answers: Promise<RestResponse | RestFailure>[] = [];
            while (!over.isOver || renewals.size < 4 || Date.now() < firstEnd + workMs) {
              const path = `/call-${answers.length}`;
              answers.push(executor.send(requestTo(baseUrl, { path, method: "POST", effect: "once" }), never));
              await (answers.length % 4 === 0 ? answers.at(-1) : executor.send(requestTo(baseUrl, { path: `${path}-read` }), never));
              renewals.add(rights());
            }
            const pages = await stream;
            assert.deepEqual(new Set(pages.map(({ kind }) => kind)), new Set(["page"]));
            assert.equal(pages.length, pageCount + 1);
            assert.deepEqual(new Set((await Promise.all(answers)).map(statusOf)), new Set([200]));
          },
        );
        assert.ok(renewals.size >= 4, `${renewals.size - 1} renewals`);
        assert.deepEqual(new Set(seen.values()), new Set([1]), "each was made once");
      },
      { workMs },
    ),
  { timeoutMs: 55_000 },
);

test(
  "an agent whose rights ended while the broker was away knocks, works on, and what was open is neither lost nor made twice",
  () =>
    withField(
      async ({ agent, configuration, directory, broker }) => {
        const own = await configuration();
        const { id } = await agent(own);
        const rights = (): string => Membership.open(join(own.dataDirectory, "membership.json")).rights?.jwt ?? "";
        let heard = 0;
        const release = Promise.withResolvers<void>();
        await withTarget(
          (_, response) => {
            heard += 1;
            void release.promise.then(() => response.end("{}"));
          },
          async (baseUrl) => {
            const key = { ...requestTo(baseUrl, { method: "POST", effect: "once", timeoutMs: 45_000 }) };
            const notAfterMs = Date.now() + 30_000;
            const answer = executorOf(directory, id).send({ ...key, dispatch: { notAfterMs } }, never);
            await until("the call is at the target", () => heard === 1);
            const ends = (readUserClaims(rights())?.exp ?? 0) * 1_000;
            await broker.kill();
            await until("the rights have ended", () => Date.now() > ends + 1_000, 20_000);
            await broker.restart();
            await until("the agent has come back by knocking", () => directory.find(id)?.state === "up", 20_000);
            assert.ok((readUserClaims(rights())?.exp ?? 0) * 1_000 > ends);
            release.resolve();
            // The line may have been given up while the agent was silent; then its journal tells.
            const got = await answer;
            const told: string[] = [];
            const asked = { agentId: id, callId: key.callId, attempt: 1, notAfterMs };
            const stop = directory.inquiry.ask(asked, ({ answer: { kind } }) => void told.push(kind));
            if (got.kind === "failure") await until("the journal tells how it ended", () => told.includes("ended"));
            stop();
            const next = await executorOf(directory, id).send(requestTo(baseUrl), never);
            assert.equal(statusOf(next), 200);
            assert.equal(heard, 2, "the open call was made once, and so was the one after it");
          },
        );
      },
      { workMs },
    ),
  { timeoutMs: 55_000 },
);

test.run();
