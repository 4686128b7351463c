import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { suite } from "../../../../test/support/suite.ts";
import { LongarmError } from "../errors.ts";
import { Secret } from "../secret.ts";
import { collectBody } from "./collect-body.ts";
import type { RestFailure, RestResponse } from "./contract.ts";
import { requestTo, withExecutor, withHttpServer, withRawServer } from "./testing/servers.ts";

const test = suite("the REST executor");
const never = new AbortController().signal;
const ok = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";

function failed(result: RestResponse | RestFailure): RestFailure {
  assert.equal(result.kind, "failure");
  return result as RestFailure;
}

function answered(result: RestResponse | RestFailure): RestResponse {
  if (result.kind === "failure") throw result.error;
  return result;
}

async function textOf(result: RestResponse | RestFailure): Promise<string> {
  return Buffer.from(await collectBody(answered(result), 1_000_000)).toString();
}

/** Calls back for each request whose head has arrived, and counts them. */
function onRequests(socket: Socket, then: () => void): void {
  socket.on("data", (bytes) => {
    for (const _ of bytes.toString("latin1").matchAll(/ HTTP\/1\.1\r\n/g)) then();
  });
}

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

for (const method of ["GET", "POST"] as const) {
  test(`sends a ${method} once when the target cuts the connection after reading it`, () => {
    let arrived = 0;
    return withRawServer(
      (socket) =>
        onRequests(socket, () => {
          arrived += 1;
          socket.destroy();
        }),
      (url) =>
        withExecutor({}, async (executor) => {
          const failure = failed(await executor.send(requestTo(url, { method, body: Buffer.from("{}") }), never));
          assert.deepEqual([failure.delivery, failure.error.code], ["unknown", "target_reset"]);
          assert.equal(arrived, 1);
        }),
    );
  });

  test(`sends a ${method} once when the target resets the kept connection after reading it`, () => {
    let arrived = 0;
    return withRawServer(
      (socket) =>
        onRequests(socket, () => {
          arrived += 1;
          if (arrived === 1) socket.write(ok);
          else socket.resetAndDestroy();
        }),
      (url) =>
        withExecutor({}, async (executor) => {
          await textOf(await executor.send(requestTo(url), never));
          const failure = failed(await executor.send(requestTo(url, { method, body: Buffer.from("{}") }), never));
          assert.deepEqual([failure.delivery, failure.error.code], ["unknown", "target_reset"]);
          assert.equal(arrived, 2);
        }),
    );
  });

  test(`sends a ${method} over a fresh connection, once, when the target closed the kept one`, () => {
    let arrived = 0;
    let connections = 0;
    const closed: Promise<void>[] = [];
    return withRawServer(
      (socket) => {
        connections += 1;
        closed.push(new Promise((resolve) => socket.on("close", () => resolve())));
        onRequests(socket, () => {
          arrived += 1;
          if (connections === 1) socket.end(ok);
          else socket.write(ok);
        });
      },
      (url) =>
        withExecutor({}, async (executor) => {
          await textOf(await executor.send(requestTo(url), never));
          await closed[0];
          assert.equal(await textOf(await executor.send(requestTo(url, { method, body: Buffer.from("{}") }), never)), "{}");
          assert.deepEqual([arrived, connections], [2, 2]);
        }),
    );
  });
}

test("never writes a call twice, however often the target closes kept connections under load", () => {
  const arrived = new Map<string, number>();
  return withRawServer(
    (socket) => {
      let served = 0;
      socket.on("data", (bytes) => {
        for (const [, id = ""] of bytes.toString("latin1").matchAll(/^POST \/calls\/(\d+) /gm)) {
          arrived.set(id, (arrived.get(id) ?? 0) + 1);
          served += 1;
          if (served % 3 === 0) socket.destroy();
          else if (served % 3 === 2) socket.end(ok);
          else socket.write(ok);
        }
      });
    },
    (url) =>
      withExecutor({ connectionsPerOrigin: 4 }, async (executor) => {
        const calls = Array.from({ length: 300 }, async (_, index) => {
          const result = await executor.send(requestTo(url, { method: "POST", path: `/calls/${index}`, body: Buffer.from("{}") }), never);
          const delivered = arrived.get(String(index)) ?? 0;
          if (result.kind === "failure") assert.ok(result.delivery === "unknown" ? delivered <= 1 : delivered === 0);
          else assert.equal(await textOf(result), "{}");
        });
        await Promise.all(calls);
        assert.ok([...arrived.values()].every((count) => count === 1));
      }),
  );
});

test("says not sent when nothing listens, when the name is unknown, and when TLS fails", () =>
  withRawServer(
    (socket) => socket.once("data", () => socket.end("no TLS here")),
    (url) =>
      withExecutor(
        { lookup: (_host, _options, done) => done(Object.assign(new Error("no such name"), { code: "ENOTFOUND" }), "", 4) },
        async (executor) => {
          const targets = {
            "http://127.0.0.1:1": "ECONNREFUSED",
            "http://nowhere.invalid": "ENOTFOUND",
            [url.replace("http:", "https:")]: undefined,
          };
          for (const [target, reason] of Object.entries(targets)) {
            const failure = failed(await executor.send(requestTo(target, { method: "POST" }), never));
            assert.deepEqual([failure.delivery, failure.error.code, failure.error.retryable], ["not_sent", "target_unreachable", true]);
            if (reason) assert.equal(failure.error.details["reason"], reason);
            assert.equal(failure.record.status, null);
          }
        },
      ),
  ));

test("says not sent when no connection comes about within the timeout", () =>
  withExecutor({ lookup: () => undefined }, async (executor) => {
    const failure = failed(await executor.send(requestTo("http://slow.invalid", { timeoutMs: 30 }), never));
    assert.deepEqual([failure.delivery, failure.error.code], ["not_sent", "target_unreachable"]);
    assert.match(failure.error.message, /no connection within 30 ms/);
  }));

test("says unknown when the target does not answer in time", () =>
  withHttpServer(
    () => undefined,
    (url) =>
      withExecutor({}, async (executor) => {
        const failure = failed(await executor.send(requestTo(url, { timeoutMs: 40 }), never));
        assert.deepEqual([failure.delivery, failure.error.code], ["unknown", "target_timeout"]);
        assert.ok(failure.record.totalMs !== null && failure.record.totalMs >= 35);
      }),
  ));

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

test("calls an answer that is no HTTP an unexpected response, and the delivery unknown", () =>
  withRawServer(
    (socket) => socket.on("data", () => socket.write("220 mail.example.com ESMTP\r\n")),
    (url) =>
      withExecutor({}, async (executor) => {
        const failure = failed(await executor.send(requestTo(url, { method: "POST" }), never));
        assert.deepEqual([failure.delivery, failure.error.code], ["unknown", "unexpected_response"]);
      }),
  ));

test("ends a call with the signal's own reason, before and after it left", () =>
  withHttpServer(
    () => undefined,
    (url) =>
      withExecutor({}, async (executor) => {
        const reason = new LongarmError("deadline_exceeded");
        const before = failed(await executor.send(requestTo(url), AbortSignal.abort(reason)));
        assert.deepEqual([before.delivery, before.error], ["not_sent", reason]);
      }),
  ));

test("is honest about an abort while the answer is awaited", () => {
  const stop = new AbortController();
  return withHttpServer(
    () => stop.abort(new LongarmError("cancelled")),
    (url) =>
      withExecutor({}, async (executor) => {
        const failure = failed(await executor.send(requestTo(url, { method: "PUT" }), stop.signal));
        assert.deepEqual([failure.delivery, failure.error.code], ["unknown", "cancelled"]);
      }),
  );
});

test("does not send a call that was aborted while its connection was made", () => {
  let connected: (() => void) | undefined;
  return withHttpServer(
    () => assert.fail("nothing may arrive"),
    (url) =>
      withExecutor(
        { lookup: (_host, _options, done) => (connected = () => done(null, [{ address: "127.0.0.1", family: 4 }])) },
        async (executor) => {
          const stop = new AbortController();
          const sent = executor.send(requestTo(url.replace("127.0.0.1", "org.test"), { method: "POST" }), stop.signal);
          await new Promise(setImmediate);
          stop.abort();
          const failure = failed(await sent);
          assert.deepEqual([failure.delivery, failure.error.code], ["not_sent", "cancelled"]);
          connected?.();
          await new Promise<void>((resolve) => setTimeout(resolve, 20));
        },
      ),
  );
});

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
        await new Promise<void>((resolve) => setTimeout(resolve, 60));
        assert.ok(written < size, "the target was not held up");
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

test("sends nothing for a path, a header or a base URL that may not be", () =>
  withHttpServer(
    () => assert.fail("nothing may arrive"),
    (url) =>
      withExecutor({}, async (executor) => {
        const wrong = [
          { path: "/../admin" },
          { headers: { host: "other" } },
          { headers: { accept: "a\r\nb: c" } },
          { baseUrl: "ftp://x" },
          { baseUrl: `${url}?x=1` },
        ];
        for (const changes of wrong) {
          const failure = failed(await executor.send(requestTo(url, changes), never));
          assert.deepEqual([failure.delivery, failure.error.code], ["not_sent", "invalid_request"], JSON.stringify(changes));
        }
      }),
  ));

test("shows neither token nor query in a failure", () =>
  withExecutor({}, async (executor) => {
    const request = requestTo("http://127.0.0.1:1", {
      query: [["search", "canary-query"]],
      auth: { scheme: "ssws", token: new Secret("canary-token") },
    });
    const failure = failed(await executor.send(request, never));
    assert.doesNotMatch(JSON.stringify([failure.error.toBody(), failure.record, String(failure.error.cause)]), /canary/);
  }));

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

test("fails the calls under way when it is closed, and does not claim that they were not sent", () => {
  const arrived = Promise.withResolvers<void>();
  return withHttpServer(
    () => arrived.resolve(),
    (url) =>
      withExecutor({}, async (executor) => {
        const sent = executor.send(requestTo(url, { method: "POST" }), never);
        await arrived.promise;
        await executor.close();
        const failure = failed(await sent);
        assert.deepEqual([failure.delivery, failure.error.code], ["unknown", "target_reset"]);
      }),
  );
});

test.run();
