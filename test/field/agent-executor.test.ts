import assert from "node:assert/strict";
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Secret } from "@longarm/shared";
import type { RestFailure, RestResponse } from "@longarm/shared/rest";
import { suite } from "../support/suite.ts";
import { executorOf, never, requestTo, until, withField, withTarget } from "../support/field.ts";

const test = suite("calls through an agent");

async function bodyOf(answer: RestResponse | RestFailure): Promise<Buffer> {
  assert(answer.kind === "response", answer.kind === "failure" ? answer.error.message : "");
  return Buffer.concat(await Array.fromAsync(answer.body));
}

function failureOf(answer: RestResponse | RestFailure): RestFailure {
  assert(answer.kind === "failure", "a response came");
  return answer;
}

test("performs a call at the target and brings back status, headers, body and record", () =>
  withField(async ({ agent, directory }) => {
    const { id } = await agent();
    const seen: string[] = [];
    const answer = (request: IncomingMessage, response: ServerResponse): void => {
      seen.push(`${request.url} ${request.headers.authorization}`);
      response.writeHead(201, { "x-okta-request-id": "req-1", "content-type": "application/json" }).end('{"ok":true}');
    };
    await withTarget(answer, async (baseUrl) => {
      const request = requestTo(baseUrl, {
        path: "/api/v1/users",
        query: [["limit", "2"]],
        auth: { scheme: "ssws", token: new Secret("hush") },
      });
      const got = await executorOf(directory, id).send(request, never);
      assert.equal((await bodyOf(got)).toString(), '{"ok":true}');
      assert(got.kind === "response");
      assert.equal(got.status, 201);
      assert.equal(got.record().oktaRequestId, "req-1");
      assert.equal(got.record().responseBytes, 11);
      assert.deepEqual(seen, ["/api/v1/users?limit=2 SSWS hush"]);
    });
  }));

// The line fails a call whose agent exceeds the window, so that a body which arrives whole was never ahead by more.
test("a body of 50 MB whose consumer pauses stops at the target, keeps no other call waiting, and arrives whole", () =>
  withField(async ({ agent, directory }) => {
    const { id } = await agent();
    const piece = Buffer.alloc(256 * 1024, "x");
    let written = 0;
    const pour = async (response: ServerResponse): Promise<void> => {
      for (; written < 200; written++) if (!response.write(piece)) await once(response, "drain");
      response.end();
    };
    const answer = ({ url }: IncomingMessage, response: ServerResponse): void =>
      void (url === "/large" ? pour(response) : response.end("small"));
    await withTarget(answer, async (baseUrl) => {
      const executor = executorOf(directory, id);
      const got = await executor.send(requestTo(baseUrl, { path: "/large" }), never);
      assert(got.kind === "response");
      const body = got.body[Symbol.asyncIterator]();
      let bytes = (await body.next()).value?.length ?? 0;
      for (let n = 0; n < 50; n++) assert.equal((await bodyOf(await executor.send(requestTo(baseUrl), never))).length, 5);
      assert(written * piece.length < 16 * 1024 * 1024, `the target sent ${written} pieces into a paused call`);
      for (let next = await body.next(); !next.done; next = await body.next()) bytes += next.value.length;
      assert.equal(bytes, 50 * 1024 * 1024);
    });
  }));

test("carries a request body of 5 MB to the target unchanged", () =>
  withField(async ({ agent, directory }) => {
    const { id } = await agent();
    const body = Buffer.alloc(5 * 1024 * 1024, "0123456789abcdef-");
    const echo = (request: IncomingMessage, response: ServerResponse): void => void request.pipe(response);
    await withTarget(echo, async (baseUrl) => {
      const got = await executorOf(directory, id).send(requestTo(baseUrl, { method: "POST", effect: "create", body }), never);
      assert((await bodyOf(got)).equals(body));
    });
  }));

test("aborting a call closes the connection at the target", () =>
  withField(async ({ agent, directory }) => {
    const { id } = await agent();
    const arrived = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<void>();
    const hang = (request: IncomingMessage): void => {
      arrived.resolve();
      request.socket.once("close", () => closed.resolve());
    };
    await withTarget(hang, async (baseUrl) => {
      const stop = new AbortController();
      const answer = executorOf(directory, id).send(requestTo(baseUrl), stop.signal);
      await arrived.promise;
      stop.abort();
      assert.equal(failureOf(await answer).error.code, "cancelled");
      await closed.promise;
    });
  }));

test("a target that takes too long fails the call with the agent's own timeout", () =>
  withField(async ({ agent, directory }) => {
    const { id } = await agent();
    await withTarget(
      () => undefined,
      async (baseUrl) => {
        const failure = failureOf(await executorOf(directory, id).send(requestTo(baseUrl, { timeoutMs: 50 }), never));
        assert.equal(failure.error.code, "target_timeout");
        assert.equal(failure.delivery, "unknown");
      },
    );
  }));

test("a target that cannot be reached fails the call as not sent", () =>
  withField(async ({ agent, directory }) => {
    const { id } = await agent();
    const failure = failureOf(await executorOf(directory, id).send(requestTo("http://127.0.0.1:1"), never));
    assert.equal(failure.error.code, "target_unreachable");
    assert.equal(failure.delivery, "not_sent");
  }));

test("the agent refuses a call whose selector it does not match, whatever the controller believed", () =>
  withField(async ({ agent, directory }) => {
    const { id } = await agent({ labels: { site: "branch" } });
    await withTarget(
      () => assert.fail("the target was reached"),
      async (baseUrl) => {
        const failure = failureOf(await executorOf(directory, id, "labels.site == 'hq'").send(requestTo(baseUrl), never));
        assert.equal(failure.error.code, "agent_refused");
        assert.equal(failure.error.details["reason"], "selector_not_matched");
        assert.equal(failure.delivery, "not_sent");
      },
    );
  }));

test("a call to an agent that left is not sent", () =>
  withField(async ({ agent, directory }) => {
    const started = await agent();
    const gone = until(directory, () => directory.find(started.id)?.state === "lost");
    await started.stop();
    await gone;
    const failure = failureOf(await executorOf(directory, started.id).send(requestTo("http://127.0.0.1:1"), never));
    assert.equal(failure.error.code, "agent_lost");
    assert.equal(failure.delivery, "not_sent");
  }));

test("an agent asked to stop finishes its open call and refuses new ones", () =>
  withField(async ({ agent, directory }) => {
    const started = await agent();
    const held = Promise.withResolvers<ServerResponse>();
    await withTarget(
      (_, response) => held.resolve(response),
      async (baseUrl) => {
        const answer = executorOf(directory, started.id).send(requestTo(baseUrl), never);
        const response = await held.promise;
        const draining = until(directory, () => directory.find(started.id)?.state === "draining");
        const stopped = started.stop();
        await draining;
        response.end("done");
        assert.equal((await bodyOf(await answer)).toString(), "done");
        await stopped;
      },
    );
  }));

test.run();
