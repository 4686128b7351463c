import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { text as read } from "node:stream/consumers";
import type { Logger } from "@longarm/shared/logger";
import { suite } from "../../../../test/support/suite.ts";
import { type ScriptedController, withScriptedController } from "../../../../test/support/scripted-controller.ts";
import type { ApiDocument } from "./reference/api-document.ts";

const test = suite("http server");

function recordingLogger(lines: { level: string; facts: object; sentence: string }[]): Logger {
  const at = (level: string) => (facts: object, sentence: string) => void lines.push({ level, facts, sentence });
  const logger: Logger = {
    trace: at("trace"),
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    child: () => logger,
  };
  return logger;
}

test("describes itself as OpenAPI 3.1, each reference resolved within the document", async () => {
  await withScriptedController(async ({ url }) => {
    const text = await (await fetch(`${url}/openapi.json`)).text();
    const document = JSON.parse(text) as {
      openapi: string;
      paths: Record<string, Record<string, { operationId?: string; responses: object }>>;
      components: { schemas: object };
    };
    equal(document.openapi, "3.1.0");
    for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g))
      ok(Object.hasOwn(document.components.schemas, name ?? ""), name);
    ok(!/"\$ref":"(?!#\/components\/schemas\/\w+")/.test(text));
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path).map((operation) => operation.operationId));
    equal(new Set(operations).size, operations.length);
    ok(operations.every(Boolean));
  });
});

test("the reference page has no script, loads its style from here alone, and its policy lets the browser load nothing else", async () => {
  await withScriptedController(async ({ url }) => {
    const page = await fetch(`${url}/docs`);
    const text = await page.text();
    match(page.headers.get("content-type") ?? "", /^text\/html/);
    ok(!/<script|\son\w+=|\sstyle=|<style/.test(text));
    const loaded = [...text.matchAll(/<link [^>]*href="([^"]+)"/g)].map(([, address]) => address);
    deepEqual(
      loaded.toSorted((a = "", b = "") => (a < b ? -1 : 1)),
      ["/docs/icon.svg", "/docs/reference.css"],
    );
    for (const address of loaded) equal((await fetch(`${url}${address}`)).status, 200);
    const policy = page.headers.get("content-security-policy") ?? "";
    deepEqual(policy.split("; ").slice(0, 3), ["default-src 'none'", "style-src 'self'", "img-src 'self'"]);
    ok(!/unsafe|https?:|\*/.test(policy));
  });
});

test("the reference page names every operation, schema and error, each link leads somewhere, and examples name this address", async () => {
  await withScriptedController(async ({ url }) => {
    const document = (await (await fetch(`${url}/openapi.json`)).json()) as ApiDocument;
    const text = await (await fetch(`${url}/docs`)).text();
    const ids = new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
    const wanted = [...operations, ...Object.keys(document.components.schemas).map((name) => `schema-${name}`), "error-unknown_run"];
    deepEqual(
      wanted.filter((id) => !ids.has(id)),
      [],
    );
    const links = [...text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id ?? "");
    deepEqual(
      links.filter((id) => !ids.has(id)),
      [],
    );
    match(text, new RegExp(`curl -X POST ${url}/v1/runs \\\\`));
    ok(!text.includes("undefined") && !text.includes("[object"));
  });
});

test("the reference page names the public address to who came by it", async () => {
  const publicUrl = "https://longarm.example/";
  await withScriptedController(
    async ({ port }) => {
      const asked = request({ port, path: "/docs", headers: { host: "longarm.example" } }).end();
      const [answer] = (await once(asked, "response")) as [IncomingMessage];
      match(await read(answer), /curl https:\/\/longarm\.example\/v1\/actions/);
    },
    { publicUrl },
  );
});

test("every answer carries a request id and the security headers", async () => {
  await withScriptedController(async ({ ask }) => {
    for (const response of [await ask("GET", "/v1/runs"), await ask("GET", "/v1/nope"), await ask("GET", "/healthz")]) {
      match(response.headers.get("x-request-id") ?? "", /^[\w-]{36}$/);
      deepEqual(
        ["x-content-type-options", "x-frame-options", "cache-control", "referrer-policy"].map((name) => response.headers.get(name)),
        ["nosniff", "DENY", "no-store", "no-referrer"],
      );
    }
    equal((await ask("GET", "/healthz", { headers: { "x-request-id": "trace-1" } })).headers.get("x-request-id"), "trace-1");
    ok((await ask("GET", "/healthz", { headers: { "x-request-id": "a b" } })).headers.get("x-request-id") !== "a b");
  });
});

test("knows unknown routes from wrong methods, and says which methods there are", async () => {
  await withScriptedController(async ({ ask }) => {
    const statuses = async (method: string, path: string) => {
      const response = await ask(method, path);
      return [response.status, response.headers.get("allow")];
    };
    deepEqual(await statuses("GET", "/v1/nope"), [404, null]);
    deepEqual(await statuses("PATCH", "/v1/runs"), [405, "GET, HEAD, POST, OPTIONS"]);
    deepEqual(await statuses("POST", "/v1/connections/acme"), [405, "DELETE, GET, HEAD, PUT, OPTIONS"]);
    deepEqual(await statuses("OPTIONS", "/v1/runs"), [204, "GET, HEAD, POST, OPTIONS"]);
    deepEqual(await statuses("OPTIONS", "/v1/nope"), [404, null]);
    const head = await ask("HEAD", "/v1/runs");
    deepEqual([head.status, await head.text()], [200, ""]);
    equal((await ask("GET", "/v1/runs/%zz")).status, 422);
  });
});

test("logs each request at debug without its body, headers and query", async () => {
  const lines: { level: string; facts: object; sentence: string }[] = [];
  const use = async (controller: ScriptedController): Promise<void> => {
    await controller.ask("PUT", "/v1/credentials/app", { body: { scheme: "ssws", token: "00canary" } });
    await controller.ask("GET", "/v1/runs?q=canary-query");
    ok(!JSON.stringify(lines).includes("canary"));
    ok(!JSON.stringify(lines).includes(controller.token));
  };
  await withScriptedController(use, { logger: recordingLogger(lines) });
  equal(lines.length, 2);
  ok(lines.every((line) => line.level === "debug"));
  const { requestId: _id, ms: _ms, ...facts } = lines[0]!.facts as Record<string, unknown>;
  deepEqual(facts, { method: "PUT", route: "/v1/credentials/:name", status: 201, principal: "tester" });
});

test("a fault of its own is logged with the request's id and answered without its stack", async () => {
  const lines: { level: string; facts: object; sentence: string }[] = [];
  const use = async ({ ask, answers, connections }: ScriptedController): Promise<void> => {
    await connections.put("acme", {
      name: "acme",
      baseUrl: "https://a.okta.com",
      placement: { on: "local", whenNone: "wait" },
      timeoutMs: 1,
      maxResponseBytes: 1,
    });
    answers.connectionTest = () => {
      throw new TypeError("x is not a function");
    };
    const response = await ask("POST", "/v1/connections/acme/test");
    equal(response.status, 500);
    const text = await response.text();
    match(text, /"code":"internal"/);
    ok(!text.includes(".ts:"));
    equal((lines.find((line) => line.level === "error")!.facts as { requestId: string }).requestId, response.headers.get("x-request-id"));
  };
  await withScriptedController(use, { logger: recordingLogger(lines) });
});

const unreadable: readonly (readonly [what: string, lines: readonly string[], status: number, says: RegExp])[] = [
  [
    "a header with a control character",
    ["POST /v1/runs HTTP/1.1", "Idempotency-Key: a\x01b"],
    422,
    /headers\/idempotency-key holds a control/,
  ],
  ["headers that are too large", ["GET / HTTP/1.1", `X: ${"x".repeat(20_000)}`], 431, /larger than 16 KiB/],
  ["no request at all", ["hello"], 400, /no HTTP request/],
];
for (const [what, lines, status, says] of unreadable) {
  test(`answers ${what} with a problem, and ends the connection`, async () => {
    await withScriptedController(async ({ port }) => {
      const socket = connect(port, "127.0.0.1");
      socket.write(`${lines.join("\r\n")}\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
      const [head = "", body = ""] = (await read(socket)).split("\r\n\r\n");
      match(head, new RegExp(`^HTTP/1\\.1 ${status} [^]*application/problem\\+json`));
      const problem = JSON.parse(body) as { code: string; detail: string; status: number };
      deepEqual([problem.code, problem.status], ["invalid_request", status]);
      match(problem.detail, says);
    });
  });
}

test("says which port is taken", async () => {
  await withScriptedController(async ({ port }) => {
    await rejects(
      withScriptedController(async () => undefined, { port }),
      { code: "port_in_use", message: new RegExp(`Port ${port} on 127.0.0.1 is taken`) },
    );
  });
});

test.run();
