import assert from "node:assert/strict";
import { join } from "node:path";
import { type LongarmError, Secret, systemClock } from "@longarm/shared";
import { createRestExecutor } from "@longarm/shared/rest";
import { withTemporaryDirectory } from "../../../../../test/support/directories.ts";
import { type WebhookReceiver, withWebhookReceiver } from "../../../../../test/support/sinks/webhook-receiver.ts";
import { suite } from "../../../../../test/support/suite.ts";
import type { Batch, SinkWriter } from "../../ports/sink.ts";
import { FileCheckpointStore } from "../files/file-checkpoint-store.ts";
import { WebhookSink, type WebhookSinkOptions } from "./webhook-sink.ts";

const test = suite("a webhook of a sync");
const executor = createRestExecutor({ clock: systemClock, idleMs: 10 });
// Pauses are only noted: what they are is decided elsewhere.
const pauses: number[] = [];
const clock = { ...systemClock, sleep: async (ms: number) => void pauses.push(ms) };

interface Given {
  readonly receiver: WebhookReceiver;
  readonly open: (epoch?: number, options?: Partial<WebhookSinkOptions>) => Promise<SinkWriter>;
}

function withReceiver(use: (given: Given) => Promise<void>): Promise<void> {
  return withTemporaryDirectory((directory) =>
    withWebhookReceiver((receiver) => {
      const checkpoints = new FileCheckpointStore(join(directory, "state"));
      const { url, secret } = receiver;
      const open: Given["open"] = (epoch = 1, options = {}) =>
        new WebhookSink({ url, secret: new Secret(secret), ...options }, { executor, clock, checkpoints }).open({ sync: "acme", epoch });
      return use({ receiver, open });
    }),
  );
}

function batchOf(...ids: readonly string[]): Batch {
  const rows = ids.map((id) => ({ key: [id], values: [id], extra: null, raw: JSON.stringify({ id }) }));
  return { changes: [{ kind: "upsert", table: "users", rows }], generation: 1, at: "2026-05-01T00:00:00.000Z", checkpoint: "1" };
}

const idsOf = ({ received }: WebhookReceiver): readonly string[] => received.map(({ id }) => id);

test("is sent again under the same id until it is taken, after the pauses that are asked for", () =>
  withReceiver(async ({ receiver, open }) => {
    receiver.faults.push({ status: 503 }, { status: 429, headers: { "retry-after": "3" } }, "cut");
    pauses.length = 0;
    await (await open()).commit(batchOf("00u1"));
    assert.deepEqual([receiver.received.length, new Set(idsOf(receiver)).size], [4, 1]);
    assert.deepEqual(pauses, [250, 3_000, 1_000]);
    assert.equal(receiver.changes.length, 1);
  }));

test("tells the same under the same id after a restart, and other things under another", () =>
  withReceiver(async ({ receiver, open }) => {
    receiver.faults.push("cut", { status: 400 });
    await assert.rejects((await open()).commit(batchOf("00u1")), { code: "sink_rejected" });
    await (await open(2)).commit(batchOf("00u1"));
    await (await open(3)).commit(batchOf("00u1"));
    const [first, , again, next] = idsOf(receiver);
    assert.equal(again, first);
    assert.notEqual(next, first);
  }));

test("divides a large batch, and says of each message which it is of how many", () =>
  withReceiver(async ({ receiver, open }) => {
    await (await open(7, { maxBytes: 700 })).commit(batchOf("00u1", "00u2", "00u3"));
    const told = receiver.received.map(
      ({ body }) => JSON.parse(body) as { type: string; timestamp: string; data: Record<string, unknown> },
    );
    assert.ok(told.length > 1);
    assert.deepEqual(
      told.map(({ type, timestamp, data: { changes: _changes, ...data } }) => ({ type, timestamp, data })),
      told.map((_, at) => ({
        type: "longarm.sync.batch",
        timestamp: "2026-05-01T00:00:00.000Z",
        data: { sync: "acme", sequence: 1, part: at + 1, parts: told.length, generation: 1, epoch: 7 },
      })),
    );
  }));

test("says nothing where nothing changed", () =>
  withReceiver(async ({ receiver, open }) => {
    await (await open()).commit({ ...batchOf(), changes: [] });
    assert.deepEqual([receiver.received.length, (await open(2)).checkpoint], [0, "1"]);
  }));

test("gives up when nobody takes it for too long, and tells it later", () =>
  withReceiver(async ({ receiver, open }) => {
    receiver.faults.push({ status: 500 });
    const writer = await open(1, { patienceMs: 0 });
    await assert.rejects(writer.commit(batchOf("00u1")), {
      code: "sink_unavailable",
      retryable: true,
      message: /in none of 1 tries; at last it answered 500/,
    });
    await writer.commit(batchOf("00u1"));
    assert.equal(receiver.changes.length, 1);
  }));

test("follows no redirect, and shows neither the address's path nor its query", () =>
  withReceiver(async ({ receiver, open }) => {
    receiver.faults.push({ status: 307, headers: { location: "/elsewhere" } });
    await assert.rejects((await open()).commit(batchOf("00u1")), ({ message, details }: LongarmError) => {
      assert.match(message, /answered 307, a redirect/);
      return !/canary|hooks/.test(message + JSON.stringify(details));
    });
    assert.equal(receiver.received.length, 1);
  }));

test("goes to no address that is not listed", () =>
  withReceiver(async ({ receiver, open }) => {
    const writer = await open(1, { addresses: ["public"] });
    await assert.rejects(writer.commit(batchOf("00u1")), { code: "sink_rejected" });
    assert.equal(receiver.received.length, 0);
  }));

test("needs https beyond this machine, and a secret that is one", () =>
  withReceiver(async ({ open }) => {
    const wrong = [
      { url: "http://hooks.example.com/in" },
      { url: "ftp://127.0.0.1/in" },
      { url: "no address" },
      { url: "https://user:pw@hooks.example.com/" },
      { secret: new Secret("whsec_dG9vIHNob3J0") },
      { secret: new Secret("no secret of this form at all, though long") },
    ];
    for (const options of wrong) await assert.rejects(async () => open(1, options), { code: "invalid_configuration" });
    await open(1, { url: "http://hooks.example.com/in", plainHttp: true });
  }));

test("stops trying when the sink is closed", () =>
  withReceiver(async ({ receiver, open }) => {
    receiver.faults.push({ status: 500 });
    const writer = await open();
    await writer.close();
    await assert.rejects(writer.commit(batchOf("00u1")), { code: "cancelled" });
  }));

test.run();
