import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { suite } from "../../support/suite.ts";
import { Client } from "./client.ts";
import type { RunPlan } from "./run-plan.ts";

const test = suite("the client of a chaos run");

type Answer = "cut" | { readonly status: number; readonly body: object };

const accepted: Answer = { status: 202, body: { id: "run_1" } };
const away: Answer = { status: 503, body: { code: "broker_unavailable", detail: "It is away." } };
const full: Answer = { status: 507, body: { code: "storage_full", detail: "It is full." } };
const invalid: Answer = { status: 422, body: { code: "invalid_request", detail: "It is wrong." } };

const plan: RunPlan = {
  ...{ index: 0, key: "k-0", atMs: 0, effect: "read", expected: null },
  body: { action: "okta.user.get", connection: "home", lane: "bulk", input: {} },
};

interface Bench {
  readonly client: Client;
  /** The idempotency keys of the requests so far. */
  readonly keys: string[];
}

/** A controller that gives these answers one after the other, and the last one again and again. */
async function withAnswers(answers: readonly Answer[], body: (bench: Bench) => Promise<void>, patienceMs = 10_000): Promise<void> {
  const keys: string[] = [];
  const left = [...answers];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    keys.push(String(request.headers["idempotency-key"]));
    const answer = left.length > 1 ? left.shift() : left[0];
    request.resume().on("end", () => {
      if (answer === "cut" || !answer) return response.destroy();
      return response
        .writeHead(answer.status, { "content-type": "application/json", connection: "close" })
        .end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    await body({ client: new Client({ urls: [url], token: "t", patienceMs }), keys });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const { signal } = new AbortController();

test("sends an unanswered submission again with the same key", async () => {
  await withAnswers(["cut", away, accepted], async ({ client, keys }) => {
    const { kind, tries } = await client.submit(plan, signal);
    assert.deepEqual([kind, tries, keys], ["accepted", 3, ["k-0", "k-0", "k-0"]]);
  });
});

test("takes a refusal at its word, unless an earlier try may have been accepted", async () => {
  await withAnswers([invalid], async ({ client }) => assert.equal((await client.submit(plan, signal)).kind, "refused"));
  await withAnswers(["cut", invalid], async ({ client }) => assert.equal((await client.submit(plan, signal)).kind, "unanswered"));
});

test("gives up when its patience is over: refused where every answer was no, unanswered where one was missing", async () => {
  await withAnswers([full], async ({ client }) => assert.equal((await client.submit(plan, signal)).kind, "refused"), 1);
  await withAnswers(["cut"], async ({ client }) => assert.equal((await client.submit(plan, signal)).kind, "unanswered"), 1);
});

test("finds a run by its key, since another body under it is refused by that run's name", async () => {
  const conflict = { status: 422, body: { code: "idempotency_conflict", details: { runId: "run_1" } } };
  await withAnswers([away, conflict], async ({ client }) => assert.equal(await client.find("k-0"), "run_1"));
  await withAnswers([accepted], async ({ client }) => assert.equal(await client.find("k-0"), undefined));
});

test.run();
