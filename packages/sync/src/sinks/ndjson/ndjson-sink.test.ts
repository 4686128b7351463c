import assert from "node:assert/strict";
import { appendFileSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { withTemporaryDirectory } from "../../../../../test/support/directories.ts";
import { suite } from "../../../../../test/support/suite.ts";
import type { Batch, SinkWriter } from "../../ports/sink.ts";
import { NdjsonSink } from "./ndjson-sink.ts";

const test = suite("the files of a sync");
const at = "2026-05-01T00:00:00.000Z";

/** A batch of one user whose row does not get small by compression. */
function batchOf(n: number, ballast = 0): Batch {
  const raw = JSON.stringify({
    id: `00u${n}`,
    ballast: Buffer.from(Array.from({ length: ballast }, (_, k) => (k * 7919) % 256)).toString("base64"),
  });
  const row = { key: [`00u${n}`], values: [`00u${n}`], extra: null, raw };
  return { changes: [{ kind: "upsert", table: "users", rows: [row] }], generation: 1, at, checkpoint: String(n) };
}

const open = (directory: string, epoch = 1, rotateBytes?: number): Promise<SinkWriter> =>
  new NdjsonSink({ directory, ...(rotateBytes !== undefined && { rotateBytes }) }).open({ sync: "acme", epoch });

const finished = (directory: string): readonly string[] =>
  readdirSync(directory)
    .filter((name) => name.endsWith(".gz"))
    .toSorted();

function idsIn(directory: string): readonly string[] {
  const texts = finished(directory).map((name) => gunzipSync(readFileSync(join(directory, name))).toString("utf8"));
  return texts.flatMap((text) => text.trimEnd().split("\n")).map((line) => (JSON.parse(line) as { key: string[] }).key.join());
}

test("appear under their names when they are complete, readable by their owner alone", () =>
  withTemporaryDirectory(async (directory) => {
    const writer = await open(directory);
    await writer.commit(batchOf(1));
    assert.deepEqual(finished(directory), []);
    await writer.close();
    assert.deepEqual(finished(directory), ["users-000001.ndjson.gz"]);
    assert.equal(statSync(join(directory, "users-000001.ndjson.gz")).mode & 0o777, 0o600);
  }));

test("are rotated by their size, and numbered on by whoever opens them next", () =>
  withTemporaryDirectory(async (directory) => {
    const first = await open(directory, 1, 500);
    for (const n of [1, 2, 3]) await first.commit(batchOf(n, 400));
    await first.close();
    const second = await open(directory, 2, 500);
    await second.commit(batchOf(4));
    await second.close();
    assert.equal(finished(directory).at(-1), "users-000004.ndjson.gz");
    assert.deepEqual(idsIn(directory), ["00u1", "00u2", "00u3", "00u4"]);
  }));

test("lose a torn tail when they are opened again, and nothing that was committed", () =>
  withTemporaryDirectory(async (directory) => {
    const torn = await open(directory);
    await torn.commit(batchOf(1));
    const [part = ""] = readdirSync(join(directory, "open"));
    appendFileSync(join(directory, "open", part), readFileSync(join(directory, "open", part)).subarray(0, 30));
    const next = await open(directory, 2);
    assert.equal(next.checkpoint, "1");
    await next.commit(batchOf(2));
    await next.close();
    assert.deepEqual([idsIn(directory), readdirSync(join(directory, "open"))], [["00u1", "00u2"], []]);
  }));

test("are finished once, though a writer died between giving a name and saying so", () =>
  withTemporaryDirectory(async (directory) => {
    await (await open(directory)).commit(batchOf(1));
    const [part = ""] = readdirSync(join(directory, "open"));
    renameSync(join(directory, "open", part), join(directory, "users-000001.ndjson.gz"));
    const next = await open(directory, 2);
    await next.commit(batchOf(2));
    await next.close();
    assert.deepEqual(finished(directory), ["users-000001.ndjson.gz", "users-000002.ndjson.gz"]);
    assert.deepEqual(idsIn(directory), ["00u1", "00u2"]);
  }));

test("are not gone on with when what was committed is gone, or how far they got cannot be read", () =>
  withTemporaryDirectory(async (directory) => {
    await (await open(directory)).commit(batchOf(1));
    const [part = ""] = readdirSync(join(directory, "open"));
    rmSync(join(directory, "open", part));
    await assert.rejects(open(directory, 2), { code: "sink_rejected", message: /is gone, and with it what was committed/ });
    const state = readdirSync(join(directory, "state")).find((name) => name.endsWith(".json")) ?? "";
    writeFileSync(join(directory, "state", state), "{");
    await assert.rejects(open(directory, 3), { code: "sink_rejected", message: /does not hold what a sync keeps there/ });
  }));

test("go nowhere but into a directory that can be one", () =>
  withTemporaryDirectory(async (directory) => {
    writeFileSync(join(directory, "file"), "");
    await assert.rejects(open(join(directory, "file", "below")), { code: "sink_rejected", message: /cannot be written to/ });
  }));

test.run();
