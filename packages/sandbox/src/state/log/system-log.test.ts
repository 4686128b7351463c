import assert from "node:assert/strict";
import { suite } from "../../../../../test/support/suite.ts";
import { eventTypes } from "./event-types.ts";
import type { LogEvent } from "./log-event.ts";
import { SystemLog } from "./system-log.ts";

const test = suite("what the system log keeps");

function event(n: number): LogEvent {
  return { uuid: String(n), published: "", eventType: "x", target: [] };
}

test("is bounded, and places stay good when the oldest events are forgotten", () => {
  const log = new SystemLog(10);
  for (let n = 1; n <= 100; n += 1) log.append([event(n)]);
  const kept = [...log.after(0)];
  assert.ok(kept.length >= 10 && kept.length <= 15);
  assert.equal(log.end, 100);
  assert.ok(kept.every(({ place, event: { uuid } }) => String(place) === uuid));
  assert.deepEqual(
    [...log.after(98)].map(({ place }) => place),
    [99, 100],
  );
  assert.deepEqual([...log.after(100)], []);
});

test("has an event type for every effect, each with its targets", () => {
  for (const [effect, { type, says, targets }] of Object.entries(eventTypes)) {
    assert.match(effect, /^\w+\.\w+$/);
    assert.match(type, /^[a-z_]+(\.[a-z_]+)+$/);
    assert.ok(says !== "" && targets.length > 0, effect);
  }
});

test.run();
