import { equal, match, ok, rejects } from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { LongarmError } from "@longarm/shared";
import { withScriptedController } from "../../../../../test/support/scripted-controller.ts";
import { suite } from "../../../../../test/support/suite.ts";

const test = suite("items of a run");

test("gives items as lines of JSON, each as soon as it is there", async () => {
  await withScriptedController(async ({ ask, runs }) => {
    const { id } = runs.add();
    const gate = Promise.withResolvers<void>();
    runs.itemsOf = async function* ({ follow }) {
      yield { n: 1, follow };
      await gate.promise;
      yield { n: 2 };
    };
    const response = await ask("GET", `/v1/runs/${id}/items?follow=true`);
    match(response.headers.get("content-type") ?? "", /^application\/x-ndjson/);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const decoder = new TextDecoder();
    equal(decoder.decode((await reader.read()).value), '{"n":1,"follow":true}\n');
    gate.resolve();
    equal(decoder.decode((await reader.read()).value), '{"n":2}\n');
    equal((await reader.read()).done, true);
  });
});

test("aborts the items of a client that has gone", async () => {
  await withScriptedController(async ({ ask, runs }) => {
    const { id } = runs.add();
    const ended = Promise.withResolvers<void>();
    runs.itemsOf = async function* ({ signal }) {
      signal.addEventListener("abort", () => ended.resolve(), { once: true });
      yield 1;
      await ended.promise;
    };
    const leave = new AbortController();
    const response = await ask("GET", `/v1/runs/${id}/items?follow=true`, { signal: leave.signal });
    await (response.body as ReadableStream).getReader().read();
    leave.abort();
    await ended.promise;
  });
});

test("a body of items that broke off does not look whole", async () => {
  await withScriptedController(async ({ ask, runs }) => {
    const { id } = runs.add();
    runs.itemsOf = async function* () {
      yield 1;
      throw new LongarmError("sealed_record_rejected");
    };
    await rejects(async () => {
      const response = await ask("GET", `/v1/runs/${id}/items`);
      await response.text();
      if (response.status === 500) throw new Error("Refused before the first byte.");
    });
  });
});

test("a client that does not read stops the source", async () => {
  await withScriptedController(async ({ ask, port, token, runs }) => {
    const { id } = runs.add();
    const most = 4_000;
    let made = 0;
    runs.itemsOf = async function* () {
      for (; made < most; made += 1) yield "x".repeat(10_000);
    };
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    socket.pause();
    socket.write(`GET /v1/runs/${id}/items HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\n\r\n`);
    // A source that nothing holds back makes many items while another request is answered; one that makes none in all these is held.
    for (let still = 0, before = -1; still < 20; still = made === before && made > 0 ? still + 1 : 0) {
      before = made;
      await (await ask("GET", `/v1/runs/${id}`)).text();
    }
    ok(made < most, `${made} items were made for a client that reads none`);
    socket.destroy();
  });
});

test.run();
