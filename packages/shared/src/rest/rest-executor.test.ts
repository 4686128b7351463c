import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { Secret } from "../secret.ts";
import { collectBody } from "./collect-body.ts";
import { answered, never, ok, onRequests, textOf } from "./answers.fixture.ts";
import { requestTo, withExecutor, withHttpServer, withRawServer } from "./servers.fixture.ts";

const test = suite("the REST executor");

test("sends method, path, query, headers and body, and gives back what was answered", () =>
  withHttpServer(
    (request, response) => {
      let body = "";
      request.on("data", (chunk) => (body += String(chunk)));
      request.on("end", () => {
        const { authorization, host, "content-type": type, "accept-encoding": encoding = "none" } = request.headers;
        response
          .setHeader("x-okta-request-id", "req-1")
          .setHeader("set-cookie", "sid=1")
          .setHeader("x-internal", "1")
          .setHeader("etag", 'W/"1"');
        response
          .writeHead(201)
          .end(
            JSON.stringify({ method: request.method, url: request.url, authorization, host: host?.split(":")[0], type, encoding, body }),
          );
      });
    },
    (url) =>
      withExecutor({}, async (executor) => {
        const request = requestTo(`${url}/org/`, {
          method: "POST",
          effect: "create",
          query: [
            ["q", "a b&c=\u00e9"],
            ["activate", "true"],
          ],
          headers: { "content-type": "application/json" },
          auth: { scheme: "ssws", token: new Secret("t0ken") },
          body: Buffer.from("{}"),
        });
        const response = answered(await executor.send(request, never));
        assert.equal(response.status, 201);
        assert.deepEqual(JSON.parse(await textOf(response)), {
          method: "POST",
          url: "/org/api/v1/users?q=a%20b%26c%3D%C3%A9&activate=true",
          authorization: "SSWS t0ken",
          host: "127.0.0.1",
          type: "application/json",
          encoding: "none",
          body: "{}",
        });
        const { date: _date, "content-length": _length, ...headers } = response.headers;
        assert.deepEqual(headers, { "x-okta-request-id": "req-1", etag: 'W/"1"' });
        const { path, status, requestBytes, oktaRequestId } = response.record();
        assert.deepEqual(
          { path, status, requestBytes, oktaRequestId },
          { path: "/org/api/v1/users", status: 201, requestBytes: 2, oktaRequestId: "req-1" },
        );
      }),
  ));

test("takes a redirect for an answer like any other", () =>
  withHttpServer(
    (_request, response) => response.writeHead(302, { location: "http://127.0.0.1:1/elsewhere" }).end(),
    (url) =>
      withExecutor({}, async (executor) => {
        const response = answered(await executor.send(requestTo(url), never));
        assert.deepEqual([response.status, response.headers["location"]], [302, "http://127.0.0.1:1/elsewhere"]);
        await textOf(response);
      }),
  ));

test("uses connections again for calls that follow each other", () => {
  let connections = 0;
  return withRawServer(
    (socket) => {
      connections += 1;
      onRequests(socket, () => socket.write(ok));
    },
    (url) =>
      withExecutor({}, async (executor) => {
        for (let call = 0; call < 5; call++) assert.equal(await textOf(await executor.send(requestTo(url), never)), "{}");
        // A connection rests for one turn of the event loop after each answer, so that two take turns.
        assert.ok(connections <= 2, `${connections} connections`);
      }),
  );
});

test("ends the body with target_timeout when the last byte is late, and with target_reset when it never comes", () =>
  withRawServer(
    (socket, count) =>
      socket.on("data", () => {
        socket.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf");
        if (count > 0) socket.end();
      }),
    (url) =>
      withExecutor({}, async (executor) => {
        const late = answered(await executor.send(requestTo(url, { timeoutMs: 60 }), never));
        await assert.rejects(collectBody(late, 1_000), { code: "target_timeout" });
        const cut = answered(await executor.send(requestTo(url), never));
        await assert.rejects(collectBody(cut, 1_000), { code: "target_reset" });
        assert.equal(cut.record().responseBytes, 4);
      }),
  ));

test("gives up a body that is longer than its cap while it arrives", () => {
  let closed: Promise<void> | undefined;
  return withHttpServer(
    (_request, response) => {
      closed = new Promise((resolve) => response.on("close", () => resolve()));
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(64 * 1024)));
        response.once("drain", more);
      };
      more();
    },
    (url) =>
      withExecutor({}, async (executor) => {
        const response = answered(await executor.send(requestTo(url, { maxResponseBytes: 300_000 }), never));
        await assert.rejects(collectBody(response, 10_000_000), { code: "response_too_large" });
        assert.ok(response.record().responseBytes < 1_000_000);
        await closed;
      }),
  );
});

test("holds up the target while nobody reads, and gives the whole body then", () => {
  const size = 30_000_000;
  let written = 0;
  return withHttpServer(
    (_request, response) => {
      const more = (): void => {
        while (written < size) {
          written += 100_000;
          if (!response.write(Buffer.alloc(100_000))) return void response.once("drain", more);
        }
        response.end();
      };
      more();
    },
    (url) =>
      withExecutor({}, async (executor) => {
        const response = answered(await executor.send(requestTo(url, { maxResponseBytes: size }), never));
        let before;
        do {
          before = written;
          await new Promise<void>((resolve) => setTimeout(resolve, 40));
        } while (written !== before);
        assert.ok(written < size / 2, "the target was not held up");
        let read = 0;
        for await (const chunk of response.body) read += chunk.byteLength;
        assert.equal(read, size);
      }),
  );
});

test("ends the exchange when the reader leaves before the end", () => {
  let closed: Promise<void> | undefined;
  return withHttpServer(
    (_request, response) => {
      closed = new Promise((resolve) => response.on("close", () => resolve()));
      response.write("first");
    },
    (url) =>
      withExecutor({}, async (executor) => {
        const response = answered(await executor.send(requestTo(url), never));
        for await (const chunk of response.body) {
          assert.equal(Buffer.from(chunk).toString(), "first");
          break;
        }
        await closed;
      }),
  );
});

test("keeps repeated rate-limit headers, and takes the most careful of their values", () =>
  withRawServer(
    (socket) =>
      socket.on("data", () =>
        socket.write(
          "HTTP/1.1 200 OK\r\nx-rate-limit-limit: 600\r\nx-rate-limit-remaining: 5\r\nx-rate-limit-remaining: 4\r\nx-rate-limit-reset: 1700000000, 1700000060\r\ndate: Tue, 14 Nov 2023 22:13:20 GMT\r\ncontent-length: 0\r\n\r\n",
        ),
      ),
    (url) =>
      withExecutor({}, async (executor) => {
        const response = answered(await executor.send(requestTo(url), never));
        await textOf(response);
        assert.equal(response.headers["x-rate-limit-remaining"], "5, 4");
        assert.deepEqual(response.record().rateLimit, { limit: 600, remaining: 4, reset: 1_700_000_060, date: 1_700_000_000 });
      }),
  ));

test("passes over a 1xx and answers HEAD and 204 with an empty body", () =>
  withRawServer(
    (socket) =>
      socket.on("data", (bytes) => {
        const isHead = String(bytes).startsWith("HEAD");
        socket.write(
          `HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 ${isHead ? "200 OK\r\ncontent-length: 10" : "204 No Content"}\r\n\r\n`,
        );
      }),
    (url) =>
      withExecutor({}, async (executor) => {
        for (const [method, status] of [
          ["DELETE", 204],
          ["HEAD", 200],
        ] as const) {
          const response = answered(await executor.send(requestTo(url, { method }), never));
          assert.deepEqual([response.status, await textOf(response)], [status, ""]);
        }
      }),
  ));

test.run();
