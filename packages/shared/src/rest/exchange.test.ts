import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { systemClock } from "../clock.ts";
import type { RestFailure, RestResponse } from "./contract.ts";
import { Exchange } from "./exchange.ts";
import { never } from "./answers.fixture.ts";
import { requestTo } from "./servers.fixture.ts";

const test = suite("one exchange");

/** undici's side of an exchange: what it was told, and the reasons it was aborted with. */
function controller() {
  const aborts: Error[] = [];
  return {
    aborts,
    aborted: false,
    paused: false,
    reason: null,
    abort: (reason: Error) => void aborts.push(reason),
    pause: () => undefined,
    resume: () => undefined,
  };
}

function exchange(settled: (RestResponse | RestFailure)[]): Exchange {
  const plan = { request: requestTo("http://org.test"), path: "/", host: "org.test", clock: systemClock, signal: never };
  return new Exchange(plan, (result) => void settled.push(result));
}

test("is not written a second time when the client takes it out of its queue again", () => {
  const settled: (RestResponse | RestFailure)[] = [];
  const one = exchange(settled);
  const [first, second] = [controller(), controller()];
  one.onRequestStart(first);
  one.onRequestStart(second);
  assert.deepEqual([first.aborts.length, second.aborts.length], [0, 1]);
  one.onResponseError(second, second.aborts[0] as Error);
  assert.deepEqual(
    settled.map((result) => result.kind === "failure" && [result.delivery, result.error.code]),
    [["unknown", "target_reset"]],
  );
});

test("is not written at all when it failed before its turn came", () => {
  const settled: (RestResponse | RestFailure)[] = [];
  const one = exchange(settled);
  one.onResponseError(null, Object.assign(new Error("refused"), { code: "ECONNREFUSED" }));
  const late = controller();
  one.onRequestStart(late);
  assert.equal(late.aborts.length, 1);
  assert.deepEqual(
    settled.map((result) => result.kind === "failure" && result.delivery),
    ["not_sent"],
  );
});

test("settles once", () => {
  const settled: (RestResponse | RestFailure)[] = [];
  const one = exchange(settled);
  one.onRequestStart(controller());
  one.onResponseError(null, new Error("first"));
  one.onResponseError(null, new Error("second"));
  one.onResponseStart(controller(), 200, {});
  assert.equal(settled.length, 1);
});

test.run();
