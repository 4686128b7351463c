import assert from "node:assert/strict";
import { suite } from "../../support/suite.ts";
import { watchMemory } from "./memory-watch.ts";

const test = suite("the watch over processes' memory");

test("reads what each process holds, leaves out who has none, and ends when it is told to", async () => {
  const stop = new AbortController();
  const watching = watchMemory(
    [
      { name: "this", pid: process.pid },
      { name: "down", pid: undefined },
    ],
    stop.signal,
  );
  stop.abort();
  const [first, ...more] = await watching;
  assert.deepEqual([first?.member, first?.pid, more.length], ["this", process.pid, 0]);
  assert.ok((first?.bytes ?? 0) > 10_000_000);
});

test.run();
