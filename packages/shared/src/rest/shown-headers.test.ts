import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { inspect } from "node:util";
import { suite } from "../../../../test/support/suite.ts";
import type { Logger } from "../logger.ts";
import { Secret } from "../secret.ts";
import { never } from "./answers.fixture.ts";
import { collectBody } from "./collect-body.ts";
import type { Auth } from "./contract.ts";
import { pathShape } from "./path-shape.ts";
import { requestTo, withExecutor, withHttpServer } from "./servers.fixture.ts";
import { showHeaders, shownHeaders } from "./shown-headers.ts";

const test = suite("headers that may be shown");
const canary = "canary-7d1f";

/** Everything that a server might give away, or a gateway echo. */
const hostile: Readonly<Record<string, string>> = {
  authorization: `SSWS ${canary}`,
  "proxy-authorization": canary,
  dpop: canary,
  "dpop-nonce": canary,
  cookie: `sid=${canary}`,
  "set-cookie": `sid=${canary}`,
  "x-api-key": canary,
  "x-internal-token": canary,
  [`x-${canary}`]: "1",
  location: `https://acme.example/?token=${canary}`,
  link: `<https://acme.example/?after=${canary}>; rel="self"`,
  etag: `"${canary}"`,
  "x-rate-limit-limit": canary,
  "retry-after": canary,
  "content-type": canary,
  "x-okta-request-id": `{"token": "${canary}"}`,
};

interface Line {
  readonly level: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly sentence: string;
}

function recording(lines: Line[], level = "trace"): Logger {
  const at = (name: string) => (facts: object, sentence: string) => void lines.push({ level: name, facts: { ...facts }, sentence });
  const own = { level, trace: at("trace"), debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
  return { ...own, child: () => recording(lines, level) };
}

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const auths: readonly Auth[] = [
  { scheme: "ssws", token: new Secret(canary) },
  { scheme: "oauth", client: { clientId: "0oa1", privateKey: new Secret(key), scopes: ["a"], tokenPath: "/oauth2/v1/token" } },
];

function answer(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  for (const [name, value] of Object.entries(hostile)) response.setHeader(name, value);
  if (request.url === "/api/v1/broken") return void response.writeHead(200, { "content-length": "9" }).write("x", () => response.destroy());
  const isRefused = request.url?.startsWith("/api/v1/refused") === true;
  if (request.url === "/oauth2/v1/token")
    return void response.end(JSON.stringify({ token_type: "DPoP", access_token: canary, expires_in: 3_600, scope: "a" }));
  response.writeHead(isRefused ? 403 : 200).end("{}");
}

test("are all that logs, errors and records of a hostile exchange hold, also at trace", () =>
  withHttpServer(answer, async (url) => {
    const lines: Line[] = [];
    const kept: unknown[] = [];
    await withExecutor({ logger: recording(lines) }, async (executor) => {
      for (const auth of auths)
        for (const path of ["/api/v1/users/ann", "/api/v1/refused/1", "/api/v1/broken"]) {
          const request = requestTo(url, { auth, path, query: [["token", canary]], headers: { "if-match": canary, accept: canary } });
          const got = await executor.send(request, never);
          if (got.kind === "failure") kept.push(got.error, got.record);
          else kept.push(await collectBody(got, 100).catch((reason: unknown) => reason), got.record());
        }
    });
    assert.ok(lines.filter(({ sentence }) => sentence === "An HTTP request leaves.").length >= 6);
    const seen = inspect([lines, kept], { depth: 12, showHidden: true, maxStringLength: null });
    assert.ok(!seen.includes(canary) && !seen.includes(key), seen);
    assert.match(seen, /oktaRequestId: '\*\*\*'/);
  }));

test("leave one line per request for operators at debug, and none below", () =>
  withHttpServer(
    (_, response) =>
      response.writeHead(200, { "x-okta-request-id": "req-1", "x-rate-limit-remaining": "7", date: "now", "content-length": 2 }).end("{}"),
    async (url) => {
      for (const level of ["debug", "info"]) {
        const lines: Line[] = [];
        await withExecutor({ logger: recording(lines, level) }, async (executor) => {
          const got = await executor.send(requestTo(url, { path: "/api/v1/users/ann@example.com/groups", query: [["q", "x"]] }), never);
          assert(got.kind === "response");
          await collectBody(got, 100);
        });
        const told = lines.map(({ facts: { ms, ...facts }, ...line }) => ({ ...line, facts, isTimed: typeof ms === "number" }));
        const headers = { "x-okta-request-id": "req-1", "x-rate-limit-remaining": "7", date: "***", "content-length": "2" };
        const facts = { method: "GET", origin: url, path: "/api/v1/users/{}/groups", status: 200, headers };
        const line = { level: "debug", sentence: "An HTTP request is over.", facts, isTimed: true };
        assert.deepEqual(told, level === "debug" ? [line] : []);
      }
    },
  ));

test("are in one list, and what is not in it is left out by name and value", () => {
  assert.deepEqual(showHeaders(hostile), {
    "x-rate-limit-limit": "***",
    "retry-after": "***",
    "content-type": "***",
    "x-okta-request-id": "***",
  });
  assert.deepEqual(showHeaders({ "X-Request-ID": "a-1", __proto__: "x", "content-type": ["text/html", "text/html"] }), {
    "x-request-id": "a-1",
    "content-type": "***",
  });
  assert.ok(!shownHeaders.some((name) => /auth|cookie|token|key|dpop|nonce|location|link/.test(name)));
});

test("stand beside a path of which only the shape is seen", () => {
  const shapes: Readonly<Record<string, string>> = {
    "/api/v1/users": "/api/v1/users",
    "/api/v1/users/ann": "/api/v1/users/{}",
    "/api/v1/groups/00g1/users/ann?x=y": "/api/v1/groups/{}/users/{}",
    "/prefix/api/v1/users/me/lifecycle/deactivate": "/prefix/api/v1/users/{}/lifecycle/{}",
    "/oauth2/v1/token": "/oauth2/v1/token",
    "/ann/bob": "/ann/{}",
    "/api/v1/00token99": "/api/v1/{}",
    "/": "/{}",
  };
  for (const [path, shape] of Object.entries(shapes)) assert.equal(pathShape(path), shape);
});

test.run();
