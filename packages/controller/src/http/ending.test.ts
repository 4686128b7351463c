import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import type { FastifyReply } from "fastify";
import { suite } from "../../../../test/support/suite.ts";
import { createEnding } from "./ending.ts";

const test = suite("when nobody waits for an answer any more");

function aReply() {
  const raw = Object.assign(new EventEmitter(), { writableFinished: false });
  return { raw, reply: { raw } as unknown as FastifyReply };
}

test("is when the client has gone, and not when its answer is complete", () => {
  const ending = createEnding();
  const [gone, answered] = [aReply(), aReply()];
  const signals = [gone, answered].map(({ reply }) => ending.of(reply));
  answered.raw.writableFinished = true;
  for (const { raw } of [gone, answered]) raw.emit("close");
  assert.deepEqual(
    signals.map(({ aborted }) => aborted),
    [true, false],
  );
});

test("is when the time is over that was given", async () => {
  const { reply } = aReply();
  const signal = createEnding().of(reply, 1);
  // The timer keeps no process alive.
  const alive = setInterval(() => undefined, 1_000);
  await once(signal, "abort");
  clearInterval(alive);
});

test("is when the server closes, also for whoever comes then", () => {
  const ending = createEnding();
  const before = ending.of(aReply().reply);
  assert.equal(before.aborted, false);
  ending.close();
  assert.deepEqual([before.aborted, ending.of(aReply().reply).aborted], [true, true]);
});

test.run();
