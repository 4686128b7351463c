import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { Secret } from "../../secret.ts";
import { answered, never } from "../answers.fixture.ts";
import { requestTo, withExecutor, withHttpServer } from "../servers.fixture.ts";

const test = suite("calls of an OAuth client");
const privateKey = new Secret(
  generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
);
const auth = { scheme: "oauth", client: { clientId: "0oa1", privateKey, scopes: ["a"], tokenPath: "/token" } } as const;

interface Server {
  readonly token: (response: ServerResponse, count: number) => void;
  readonly api?: (response: ServerResponse, count: number) => void;
}

/** Runs `work` with a target whose token endpoint and API answer so; `count` is how many requests each had before. */
function withTarget(
  { token, api = (response) => void response.end("[]") }: Server,
  work: (url: string, calls: string[]) => Promise<void>,
): Promise<void> {
  const calls: string[] = [];
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    request.resume();
    const path = request.url ?? "";
    const count = calls.filter((call) => call === path).length;
    calls.push(path);
    (path === "/token" ? token : api)(response, count);
  };
  return withHttpServer(onRequest, (url) => work(url, calls));
}

function grant(response: ServerResponse): void {
  response.end(JSON.stringify({ token_type: "Bearer", access_token: "t0ken", expires_in: 3_600, scope: "a" }));
}

test("are not sent when no token came in time, and say so", async () => {
  const [asked, clock] = [Promise.withResolvers<void>(), new ManualClock()];
  await withTarget({ token: () => asked.resolve() }, (url, calls) =>
    withExecutor({ clock }, async (executor) => {
      const sent = executor.send(requestTo(url, { auth, timeoutMs: 5_000 }), never);
      await asked.promise;
      await clock.advance(5_000);
      const failure = await sent;
      assert(failure.kind === "failure");
      assert.deepEqual([failure.delivery, failure.error.code, failure.error.retryable], ["not_sent", "target_timeout", true]);
      assert.match(failure.error.message, /was not sent/);
      assert.deepEqual(calls, ["/token"]);
    }),
  );
});

test("are not sent when the token endpoint breaks off, and may be tried again", () =>
  withTarget({ token: (response) => response.destroy() }, (url) =>
    withExecutor({}, async (executor) => {
      const failure = await executor.send(requestTo(url, { auth }), never);
      assert(failure.kind === "failure");
      assert.deepEqual([failure.delivery, failure.error.code, failure.error.retryable], ["not_sent", "target_reset", true]);
    }),
  ));

test("leave the token to the others when one of them is given up", () => {
  const asked = Promise.withResolvers<ServerResponse>();
  return withTarget({ token: (response) => asked.resolve(response) }, (url, calls) =>
    withExecutor({}, async (executor) => {
      const impatient = new AbortController();
      const [given, kept] = [executor.send(requestTo(url, { auth }), impatient.signal), executor.send(requestTo(url, { auth }), never)];
      impatient.abort();
      const failure = await given;
      assert(failure.kind === "failure");
      assert.deepEqual([failure.delivery, failure.error.code], ["not_sent", "cancelled"]);
      grant(await asked.promise);
      assert.equal(answered(await kept).status, 200);
      assert.deepEqual(calls, ["/token", "/api/v1/users"]);
    }),
  );
});

test("are repeated once, not twice, when the fresh token is refused as well", () =>
  withTarget(
    {
      token: grant,
      api: (response) => response.writeHead(401, { "www-authenticate": 'Bearer error="invalid_token"' }).end("{}"),
    },
    (url, calls) =>
      withExecutor({}, async (executor) => {
        const response = answered(await executor.send(requestTo(url, { auth, method: "POST", effect: "once" }), never));
        assert.equal(response.status, 401);
        assert.deepEqual(calls, ["/token", "/api/v1/users", "/token", "/api/v1/users"]);
      }),
  ));

test("keep the token that one of them has got when another is refused late for the old one", () => {
  const late = Promise.withResolvers<ServerResponse>();
  const refuse = (response: ServerResponse) => response.writeHead(401, { "www-authenticate": 'Bearer error="invalid_token"' }).end("{}");
  const api = (response: ServerResponse, count: number): void => {
    if (count === 0) late.resolve(response);
    else if (count === 1) refuse(response);
    else response.end("[]");
  };
  return withTarget({ token: grant, api }, (url, calls) =>
    withExecutor({}, async (executor) => {
      const first = executor.send(requestTo(url, { auth }), never);
      const held = await late.promise;
      assert.equal(answered(await executor.send(requestTo(url, { auth }), never)).status, 200);
      refuse(held);
      assert.equal(answered(await first).status, 200);
      assert.equal(calls.filter((path) => path === "/token").length, 2);
    }),
  );
});

test("tell the scopes that were granted", () =>
  withTarget({ token: grant }, (url) =>
    withExecutor({}, async (executor) => {
      assert.deepEqual(answered(await executor.send(requestTo(url, { auth }), never)).grantedScopes, ["a"]);
    }),
  ));

test("follow pages with the same token", () =>
  withTarget(
    {
      token: grant,
      api: (response, count) => (count < 2 ? response.setHeader("link", `</api/v1/users>; rel="next"`) : response).end(`[${count}]`),
    },
    (url, calls) =>
      withExecutor({}, async (executor) => {
        const bodies: string[] = [];
        for await (const page of executor.pages(requestTo(url, { auth, pollMs: 1 }), never)) {
          assert(page.kind === "page");
          bodies.push(Buffer.from(page.body).toString());
        }
        assert.deepEqual(bodies, ["[0]", "[1]", "[2]"]);
        assert.equal(calls.filter((path) => path === "/token").length, 1);
      }),
  ));

test.run();
