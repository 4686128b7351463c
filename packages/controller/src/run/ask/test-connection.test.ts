import assert from "node:assert/strict";
import { systemClock } from "@longarm/shared";
import { suite } from "../../../../../test/support/suite.ts";
import { respond, withCarrying } from "../carrying.fixture.ts";
import { connectionTester } from "./test-connection.ts";

const test = suite("testing a connection");

test("makes the spoke's probe, and tells its times to a tenth of a millisecond", () =>
  withCarrying(async (world) => {
    world.answer = async () => respond(200, {});
    let monotonic = 0;
    const clock = { ...systemClock, monotonicMs: () => (monotonic += 1 / 3) };
    const result = await connectionTester({ ...world.deps, clock })("acme", undefined, new AbortController().signal);
    assert.deepEqual([result.ok, result.path, result.queuedMs, world.sent], [true, "/me", 0.3, ["GET /me"]]);
  }));

test("offers the connection that was meant", () =>
  withCarrying(async ({ deps }) => {
    const tested = connectionTester(deps)("akme", undefined, new AbortController().signal);
    await assert.rejects(tested, { code: "unknown_connection", message: /did you mean acme\?$/ });
  }));

test.run();
