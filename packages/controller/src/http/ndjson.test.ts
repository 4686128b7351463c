import { deepEqual, equal, rejects } from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { toNdjson } from "./ndjson.ts";

const test = suite("ndjson");

async function collect(chunks: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return all;
}

test("gathers items that come without a pause, and loses none", async () => {
  async function* many() {
    for (let n = 0; n < 20_000; n += 1) yield { n };
  }
  const chunks = await collect(toNdjson(many()));
  const lines = chunks.join("").trimEnd().split("\n");
  deepEqual(
    lines.map((line) => (JSON.parse(line) as { n: number }).n),
    Array.from({ length: 20_000 }, (_, n) => n),
  );
  equal(chunks.length < 20, true);
});

test("hands an item on at once when the next one lets itself be waited for", async () => {
  const gate = Promise.withResolvers<void>();
  async function* slow() {
    yield 1;
    await gate.promise;
    yield 2;
  }
  const lines = toNdjson(slow());
  equal((await lines.next()).value, "1\n");
  gate.resolve();
  equal((await lines.next()).value, "2\n");
  equal((await lines.next()).done, true);
});

test("stops the source when the consumer leaves", async () => {
  let stopped = false;
  async function* endless() {
    try {
      for (;;) yield "x".repeat(70_000);
    } finally {
      stopped = true;
    }
  }
  const lines = toNdjson(endless());
  await lines.next();
  await lines.return(undefined);
  equal(stopped, true);
});

test("reads no more than one item ahead of a consumer that does not read", async () => {
  let made = 0;
  async function* counted() {
    for (;;) {
      made += 1;
      yield "x".repeat(70_000);
    }
  }
  const lines = toNdjson(counted());
  await lines.next();
  equal(made <= 2, true);
  await lines.return(undefined);
});

test("fails when the source fails, after what it gave before", async () => {
  async function* broken() {
    yield 1;
    throw new Error("torn");
  }
  const seen: string[] = [];
  await rejects(async () => {
    for await (const chunk of toNdjson(broken())) seen.push(chunk);
  }, /torn/);
  deepEqual(seen, ["1\n"]);
});

test.run();
