import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { LongarmError } from "../errors.ts";
import { failed, answered, never, textOf } from "./answers.fixture.ts";
import { collectBody } from "./collect-body.ts";
import type { Gate, GateStep, Permit } from "./contract.ts";
import { reachOf } from "./reach/reach.ts";
import { requestTo, withExecutor, withHttpServer } from "./servers.fixture.ts";

const test = suite("the gate before each request");

const permit: Permit = { by: 'rule "a" of the site\'s policy', policyHash: "sha256:1", policyRule: "a", reach: reachOf(["127.0.0.1"]) };
const with_ =
  (over: Partial<Permit>): Gate =>
  () =>
    Promise.resolve({ ...permit, ...over });

/** A gate that notes what it is asked, and answers each time as `answer` says. */
function noting(answer: (step: GateStep) => Permit | LongarmError): { readonly gate: Gate; readonly steps: GateStep[] } {
  const steps: GateStep[] = [];
  const gate: Gate = (step) => {
    steps.push(step);
    return Promise.resolve(answer(step));
  };
  return { gate, steps };
}

test("is asked with the path as it goes out, and its name stands in the record", () =>
  withHttpServer(
    (_request, response) => response.end("{}"),
    (url) =>
      withExecutor({}, async (executor) => {
        const { gate, steps } = noting(() => permit);
        const request = requestTo(`${url}/org/`, {
          method: "POST",
          path: "/users/%40x",
          query: [["a", "b"]],
          body: Buffer.from("four"),
          gate,
        });
        const response = answered(await executor.send(request, never));
        assert.equal(await textOf(response), "{}");
        assert.deepEqual(steps, [{ purpose: "call", method: "POST", origin: url, path: "/org/users/%40x", bodyBytes: 4 }]);
        const { policyHash, policyRule } = response.record();
        assert.deepEqual([policyHash, policyRule], ["sha256:1", "a"]);
      }),
  ));

test("keeps a request from being sent by its error, and by what it throws", () =>
  withHttpServer(
    () => assert.fail("it was sent"),
    (url) =>
      withExecutor({}, async (executor) => {
        const denied: Gate = () => Promise.resolve(new LongarmError("policy_denied", "No."));
        const broken: Gate = () => Promise.reject(new Error("broken"));
        for (const [gate, code] of [
          [denied, "policy_denied"],
          [broken, "internal"],
        ] as const) {
          const { delivery, error } = failed(await executor.send(requestTo(url, { gate }), never));
          assert.deepEqual([delivery, error.code], ["not_sent", code]);
        }
      }),
  ));

test("is left at once when the call is given up while it waits", () =>
  withExecutor({}, async (executor) => {
    const waiting: Gate = (_step, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true }));
    const own = new AbortController();
    const sent = executor.send(requestTo("http://127.0.0.1:1", { gate: waiting }), own.signal);
    own.abort();
    const { delivery, error } = failed(await sent);
    assert.deepEqual([delivery, error.code], ["not_sent", "cancelled"]);
  }));

test("bounds the answer and the time beside what the request says itself, and is named where it was the narrower", () =>
  withHttpServer(
    (request, response) => void (request.url === "/slow" ? undefined : response.end("x".repeat(100))),
    (url) =>
      withExecutor({}, async (executor) => {
        const narrow = answered(await executor.send(requestTo(url, { path: "/long", gate: with_({ maxResponseBytes: 99 }) }), never));
        await assert.rejects(collectBody(narrow, 1_000), {
          code: "response_too_large",
          message: /99 bytes that rule "a" of the site's policy allows/,
        });
        const wide = { path: "/long", maxResponseBytes: 98, gate: with_({ maxResponseBytes: 99 }) };
        await assert.rejects(collectBody(answered(await executor.send(requestTo(url, wide), never)), 1_000), {
          message: /98 bytes that this call may read/,
        });
        const { error } = failed(await executor.send(requestTo(url, { path: "/slow", gate: with_({ timeoutMs: 40 }) }), never));
        assert.deepEqual([error.code, error.details["timeoutMs"]], ["target_timeout", 40]);
      }),
  ));

test("gives no request a connection that it allowed for another rule", () => {
  const ports = new Set<number | undefined>();
  return withHttpServer(
    (request, response) => {
      ports.add(request.socket.remotePort);
      response.end("{}");
    },
    (url) =>
      withExecutor({}, async (executor) => {
        for (const by of ["a", "b", "c"])
          assert.equal(await textOf(await executor.send(requestTo(url, { gate: with_({ by }) }), never)), "{}");
        assert.equal(ports.size, 3);
      }),
  );
});

test.run();
