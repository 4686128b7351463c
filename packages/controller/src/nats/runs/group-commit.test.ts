import assert from "node:assert/strict";
import { inbox, newId, streams, systemClock, type LogEntry, type RunId } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { createKeyRing } from "@longarm/shared/seal";
import { jetstream, jetstreamManager, type JetStreamManager } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { withBroker, type TestBroker } from "../../../../../test/support/broker.ts";
import { withCuttingProxy, type CuttingProxy } from "../../../../../test/support/cutting-proxy.ts";
import { anySubmission } from "../../../../../test/support/run-stores.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { until } from "../../../../../test/support/until.ts";
import type { AppendResult, LogPosition, RunLog } from "../../ports/run-log.ts";
import { createStreams } from "../streams.ts";
import { GroupCommit } from "./group-commit.ts";
import { JetStreamRunLog } from "./jetstream-run-log.ts";
import { SealedMessages } from "./sealed-message.ts";

const test = suite("the group commit");
const never = new AbortController().signal;
const ring = createKeyRing();
const claimed = (): LogEntry => ({ kind: "claimed", controllerId: newId("controller") });
const cancel: LogEntry = { kind: "cancelRequested", principal: "key-1" };
const progress: LogEntry = { kind: "resumed" };

test("many appends at once arrive, each at its position and many in one batch", () =>
  withLog(async ({ log, jsm }) => {
    const runs = await submitMany(log, 300);
    const results = await Promise.all(runs.map((run) => log.append(run.id, { at: run.at, epoch: 1, entries: [claimed()] }, never)));
    for (const [index, run] of runs.entries()) {
      const result = results[index];
      assert.ok(result?.kind === "appended");
      assert.deepEqual((await log.read(run.id))?.records.at(-1)?.position, result.position);
    }
    assert.ok((await batchesOf(jsm)) < 20, "600 messages in fewer than 20 batches");
  }));

test("appends that follow each other keep their order, run by run", () =>
  withLog(async ({ log }) => {
    const runs = await submitMany(log, 50);
    await Promise.all(
      runs.map(async ({ id, at }) => {
        let position = at;
        for (const reason of ["a", "b", "c", "d"])
          position = appended(await log.append(id, { at: position, epoch: 1, entries: [cancelBy(reason)] }, never));
      }),
    );
    for (const { id } of runs) assert.deepEqual(await principals(log, id), ["a", "b", "c", "d"]);
  }));

test("a conflicting append is refused, and the others of its batch are stored", () =>
  withLog(async ({ log }) => {
    const runs = await submitMany(log, 64);
    const taken = runs[31];
    assert.ok(taken);
    await log.append(taken.id, { at: taken.at, epoch: 5, entries: [claimed()] }, never);
    const results = await Promise.all(runs.map((run) => log.append(run.id, { at: run.at, epoch: 1, entries: [claimed()] }, never)));
    assert.deepEqual(results[31], { kind: "overtaken", epoch: 5 });
    assert.equal(results.filter((result) => result.kind === "appended").length, 63);
    for (const run of runs) assert.equal((await log.read(run.id))?.records.length, 1);
  }));

test("commands that came before an append of a batch are given back to be folded in", () =>
  withLog(async ({ log }) => {
    const runs = await submitMany(log, 64);
    const asked = runs.slice(10, 13);
    for (const { id, at } of asked) await log.append(id, { at, epoch: 0, entries: [cancel] }, never);
    const results = await Promise.all(runs.map((run) => log.append(run.id, { at: run.at, epoch: 1, entries: [claimed()] }, never)));
    const told = results.filter((result) => result.kind === "commands");
    assert.deepEqual(
      told.map(({ records }) => records.flatMap(({ entries }) => entries)),
      asked.map(() => [cancel]),
    );
    assert.equal(results.filter((result) => result.kind === "appended").length, 61);
  }));

test("of submissions with one id in one turn one is stored, whatever their lanes", () =>
  withLog(async ({ log }) => {
    const runId = newId("run");
    const others = Array.from({ length: 40 }, () => log.submit(anySubmission()));
    const same = (["interactive", "standard", "bulk"] as const).map((lane) => log.submit(anySubmission({ runId, lane })));
    assert.ok((await Promise.all(others)).every(({ kind }) => kind === "stored"));
    assert.deepEqual((await Promise.all(same)).map(({ kind }) => kind).toSorted(), ["exists", "exists", "stored"]);
  }));

test("a submission that was made before is told so, and the others of its batch are stored", () =>
  withLog(async ({ log }) => {
    const before = anySubmission();
    await log.submit(before);
    const submissions = [...Array.from({ length: 40 }, () => anySubmission()), before];
    const kinds = (await Promise.all(submissions.map((submission) => log.submit(submission)))).map(({ kind }) => kind);
    assert.deepEqual(kinds, [...Array.from({ length: 40 }, () => "stored"), "exists"]);
  }));

test("of two controllers that claim the same runs in batches one wins each", () =>
  withBroker(async (broker) => {
    const [one, other] = [await openLog(broker), await openLog(broker)];
    const runs = await submitMany(one.log, 200);
    const claimAll = (log: RunLog, from: number) =>
      Promise.all(
        Array.from({ length: 120 }, (_, n) => runs[from + n]).map(async (run) => {
          assert.ok(run);
          return { id: run.id, result: await log.append(run.id, { at: run.at, epoch: 1, entries: [claimed()] }, never) };
        }),
      );
    const claims = (await Promise.all([claimAll(one.log, 0), claimAll(other.log, 80)])).flat();
    for (const { id } of runs) {
      const kinds = claims.filter((claim) => claim.id === id).map(({ result }) => result.kind);
      assert.equal(kinds.filter((kind) => kind === "appended").length, 1, `${id}: ${kinds.join(", ")}`);
      assert.equal((await one.log.read(id))?.records.length, 1);
    }
  }));

test("a batch whose answer is lost is settled by reading back, and nothing is stored twice", () =>
  withCutLog(async ({ log, proxy, messages }) => {
    const runs = await submitMany(log, 40);
    proxy.loseAnswers();
    const appends = Promise.all(runs.map((run) => log.append(run.id, { at: run.at, epoch: 1, entries: [claimed()] }, never)));
    await until("the batch is stored", async () => (await messages()) === 80);
    proxy.cut();
    assert.ok((await appends).every((result) => result.kind === "appended"));
    assert.equal(await messages(), 80);
    for (const { id } of runs) assert.equal((await log.read(id))?.records.length, 1);
  }));

test("a batch that never arrived is published again", () =>
  withCutLog(async ({ log, proxy, messages }) => {
    const runs = await submitMany(log, 40);
    proxy.loseRequests();
    const appends = Promise.all(runs.map((run) => log.append(run.id, { at: run.at, epoch: 1, entries: [claimed()] }, never)));
    setImmediate(() => setImmediate(() => proxy.cut()));
    assert.ok((await appends).every((result) => result.kind === "appended"));
    assert.equal(await messages(), 80);
  }));

test("an owner goes on appending behind what a lost answer had stored", () =>
  withCutLog(async ({ log, proxy, messages }) => {
    const runs = await submitMany(log, 40);
    proxy.loseAnswers();
    const appends = runs.map(async ({ id, at }) => {
      const position = appended(await log.append(id, { at, epoch: 1, entries: [claimed()] }, never));
      return log.append(id, { at: position, epoch: 1, entries: [progress] }, never);
    });
    await until("the batch is stored", async () => (await messages()) === 80);
    proxy.cut();
    assert.ok((await Promise.all(appends)).every((result) => result.kind === "appended"));
    assert.equal(await messages(), 120);
  }));

test.run();

interface OpenLog {
  readonly log: RunLog;
  readonly jsm: JetStreamManager;
}

async function openLogOver(control: NatsConnection): Promise<OpenLog> {
  const [js, jsm] = [jetstream(control), await jetstreamManager(control)];
  await createStreams(jsm, { replicas: 1 });
  const commits = new GroupCommit({ connection: control, ackTimeoutMs: 500 });
  return {
    log: new JetStreamRunLog({ js, jsm, commits, messages: new SealedMessages(ring), clock: systemClock, logger: silentLogger }),
    jsm,
  };
}

const openLog = async (broker: TestBroker): Promise<OpenLog> => openLogOver((await broker.connections()).control);

function withLog(body: (open: OpenLog) => Promise<void>): Promise<void> {
  return withBroker(async (broker) => body(await openLog(broker)));
}

/** A log whose connection can be cut, and a count of what RUNS holds over one that cannot. */
function withCutLog(
  body: (open: { readonly log: RunLog; readonly proxy: CuttingProxy; readonly messages: () => Promise<number> }) => Promise<void>,
): Promise<void> {
  return withBroker((broker) =>
    withCuttingProxy(broker.ports.client, async (proxy) => {
      const { jsm } = await openLog(broker);
      const authenticator = await broker.authenticator("cut");
      const inboxPrefix = inbox.prefix("cut");
      const options = { authenticator, inboxPrefix, noAsyncTraces: true, maxReconnectAttempts: -1, reconnectTimeWait: 20 };
      const control = await connect({ servers: `127.0.0.1:${proxy.port}`, ...options });
      try {
        const { log } = await openLogOver(control);
        await body({ log, proxy, messages: async () => (await jsm.streams.info(streams.runs)).state.messages });
      } finally {
        await control.close();
      }
    }),
  );
}

async function submitMany(log: RunLog, count: number): Promise<readonly { readonly id: RunId; readonly at: LogPosition }[]> {
  const submissions = Array.from({ length: count }, () => anySubmission());
  const stored = await Promise.all(submissions.map((submission) => log.submit(submission)));
  assert.ok(stored.every(({ kind }) => kind === "stored"));
  return Promise.all(
    submissions.map(async ({ runId }) => {
      const run = await log.read(runId);
      assert.ok(run);
      return { id: runId, at: run.position };
    }),
  );
}

function appended(result: AppendResult): LogPosition {
  assert.ok(result.kind === "appended", result.kind);
  return result.position;
}

function cancelBy(principal: string): LogEntry {
  return { kind: "cancelRequested", principal };
}

async function principals(log: RunLog, id: RunId): Promise<readonly string[]> {
  const entries = (await log.read(id))?.records.flatMap((record) => record.entries) ?? [];
  return entries.flatMap((entry) => (entry.kind === "cancelRequested" ? [entry.principal] : []));
}

/** How many batches, and messages outside of one, RUNS holds. */
async function batchesOf(jsm: JetStreamManager): Promise<number> {
  const seen = new Set<string>();
  const { last_seq: last } = (await jsm.streams.info(streams.runs)).state;
  for (let seq = 1; seq <= last; seq += 1) {
    const message = await jsm.streams.getMessage(streams.runs, { seq });
    seen.add(message?.header.get("Nats-Batch-Id") || String(seq));
  }
  return seen.size;
}
