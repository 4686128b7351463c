import { deepEqual, rejects } from "node:assert/strict";
import { LongarmError } from "@longarm/shared";
import { suite } from "../../../test/support/suite.ts";
import type { ApiClient } from "./api/api-client.ts";
import { streamItems } from "./stream-items.ts";

const test = suite("stream items");
type Chunk = string | Uint8Array | null;

/** A source that gives these chunks at each attempt; null breaks the connection. */
function sourceOf(attempts: readonly (readonly Chunk[])[]): ApiClient {
  let attempt = 0;
  const stream = async function* (): AsyncGenerator<Uint8Array> {
    const chunks = attempts[Math.min(attempt, attempts.length - 1)] ?? [];
    attempt += 1;
    for (const chunk of chunks) {
      if (chunk === null) throw new LongarmError("controller_unreachable", "torn");
      yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    }
  };
  return { stream } as unknown as ApiClient;
}

async function collect(attempts: readonly (readonly Chunk[])[]): Promise<{ text: string; count: number; seen: number[] }> {
  const written: string[] = [];
  const seen: number[] = [];
  const write = async (lines: Uint8Array): Promise<void> => void written.push(Buffer.from(lines).toString());
  const options = { signal: new AbortController().signal, write, onCount: (n: number) => void seen.push(n), pause: async () => undefined };
  const count = await streamItems(sourceOf(attempts), "run_1", options);
  return { text: written.join(""), count, seen };
}

test("passes whole lines on, however the bytes are cut", async () => {
  const { text, count, seen } = await collect([["1\n2", "\n", "3\n4\n", "5", "5\n"]]);
  deepEqual([text, count, seen], ["1\n2\n3\n4\n55\n", 5, [1, 2, 4, 5]]);
});

test("goes on behind the last whole line when the connection breaks, missing none and repeating none", async () => {
  const { text, count } = await collect([["1\n2\n3", null], ["1\n", "2\n33\n", "4", null], ["1\n2\n33\n4\n5\n"]]);
  deepEqual([text, count], ["1\n2\n33\n4\n5\n", 5]);
});

test("leaves letters whole that are cut between their bytes", async () => {
  const items = '{"name":"Zoë"}\n{"name":"李"}\n';
  const { text, count } = await collect([[...Buffer.from(items)].map((byte) => Uint8Array.of(byte))]);
  deepEqual([text, count], [items, 2]);
});

test("gives up when the controller stays away", async () => {
  await rejects(collect([["1\n", null], [null]]), { code: "controller_unreachable" });
});

test.run();
