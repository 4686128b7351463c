import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { LongarmError } from "../errors.ts";
import { Secret } from "../secret.ts";
import { failed, never, ok, onRequests, textOf } from "./answers.fixture.ts";
import { requestTo, withExecutor, withHttpServer, withRawServer } from "./servers.fixture.ts";

const test = suite("what a failed call says about its delivery");

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

test("asks immediately before the first byte whether it may leave, however long the connection took, and sends nothing where it may not", () => {
  let [looks, connect]: [number, (() => void) | undefined] = [0, undefined];
  const looked = Promise.withResolvers<void>();
  return withHttpServer(
    () => assert.fail("nothing may arrive"),
    (url) =>
      withExecutor(
        {
          lookup: (_host, _options, done) => {
            connect = () => done(null, [{ address: "127.0.0.1", family: 4 }]);
            looked.resolve();
          },
        },
        async (executor) => {
          const lapsed = new LongarmError("overtaken");
          const lastLook = (): LongarmError => ((looks += 1), lapsed);
          const request = requestTo(url.replace("127.0.0.1", "org.test"), { method: "POST", body: Buffer.from("{}"), lastLook });
          const sent = executor.send(request, never);
          await looked.promise;
          assert.equal(looks, 0);
          connect?.();
          const failure = failed(await sent);
          assert.deepEqual([failure.delivery, failure.error, looks], ["not_sent", lapsed, 1]);
          await new Promise<void>((resolve) => setTimeout(resolve, 20));
        },
      ),
  );
});

test("asks before each call on a kept connection, and sends what may leave", () => {
  let isHeld = true;
  return withHttpServer(
    (_request, response) => response.end("{}"),
    (url) =>
      withExecutor({}, async (executor) => {
        const lastLook = (): LongarmError | undefined => (isHeld ? undefined : new LongarmError("overtaken"));
        assert.equal(await textOf(await executor.send(requestTo(url, { method: "POST", lastLook }), never)), "{}");
        isHeld = false;
        assert.equal(failed(await executor.send(requestTo(url, { method: "POST", lastLook }), never)).delivery, "not_sent");
        isHeld = true;
        assert.equal(await textOf(await executor.send(requestTo(url, { method: "POST", lastLook }), never)), "{}");
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
