import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { buckets, LongarmError, Secret, type Clock } from "@longarm/shared";
import { createLogger, silentLogger, type Logger } from "@longarm/shared/logger";
import { createKeyRing, createKeyRingFile } from "@longarm/shared/seal";
import { jetstreamManager } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import { MemoryDefinitionStore } from "../../packages/controller/src/memory/memory-definition-store.ts";
import { openInstallationKeyRing } from "../../packages/controller/src/nats/kv/installation-key-ring.ts";
import { keyRingSource } from "../../packages/controller/src/trust/ring-source.ts";
import { KvDefinitionStore } from "../../packages/controller/src/nats/kv/kv-definition-store.ts";
import { createStreams } from "../../packages/controller/src/nats/streams.ts";
import type { Credential } from "../../packages/controller/src/ports/credential-store.ts";
import { keptVersions, type VersionedStore } from "../../packages/controller/src/ports/connection-store.ts";
import { credentialCodec } from "../../packages/controller/src/ports/definition-codec.ts";
import { withBroker, type TestBroker } from "../support/broker.ts";
import { tokenOf } from "../support/credentials.ts";
import { withTemporaryDirectory } from "../support/directories.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const ringAt = (file: string) => keyRingSource(file, {});

type Store = VersionedStore<Credential>;
type WithStore = (act: (store: Store) => Promise<void>) => Promise<void>;

function credential(name: string, token: string): Credential {
  return { name, scheme: "ssws", token: new Secret(token) };
}

/** What both keep, each under a title. */
const promises: Readonly<Record<string, (store: Store) => Promise<void>>> = {
  "gives back what was put, with its secrets, its revision and its time": async (store) => {
    const before = Date.now();
    const put = await store.put("acme", credential("acme", "t0p"));
    const got = await store.get("acme");
    assert.deepEqual([got?.value.name, tokenOf(got), got?.revision], ["acme", "t0p", put.revision]);
    assert.ok(got && got.updatedAt >= before && got.updatedAt <= Date.now());
  },

  "has nothing under a name that was never put, or that cannot be one": async (store) => {
    for (const name of ["absent", "", "a.b", "*", ">", "a b", "x".repeat(200)]) {
      assert.equal(await store.get(name), undefined);
      assert.equal(await store.remove(name), false);
    }
  },

  "refuses to put under a name that would widen a subject": async (store) => {
    for (const name of ["", "a.b", "*", ">", "a b", "x".repeat(129)]) {
      await assert.rejects(store.put(name, credential("n", "t")), { code: "invalid_request" });
    }
  },

  "lists by name": async (store) => {
    for (const name of ["b", "a", "C"]) await store.put(name, credential(name, name));
    assert.deepEqual(
      (await store.list()).map(({ value }) => value.name),
      ["C", "a", "b"],
    );
  },

  "creates once where none may be": async (store) => {
    const tries = await Promise.allSettled([1, 2, 3, 4].map((n) => store.put("acme", credential("acme", String(n)), 0)));
    assert.equal(tries.filter(({ status }) => status === "fulfilled").length, 1);
    for (const result of tries) if (result.status === "rejected") assert.equal(LongarmError.from(result.reason).code, "conflict");
  },

  "changes only the revision that was named": async (store) => {
    const first = await store.put("acme", credential("acme", "1"));
    const second = await store.put("acme", credential("acme", "2"), first.sequence);
    assert.ok(second.sequence > first.sequence);
    await assert.rejects(store.put("acme", credential("acme", "3"), first.sequence), { code: "conflict" });
    assert.equal(tokenOf(await store.get("acme")), "2");
  },

  "counts the changes of each name from 1, whoever makes them at once, and afresh after a removal": async (store) => {
    const revisions = async (name: string) => (await store.get(name))?.revision;
    assert.equal((await store.put("other", credential("other", "1"))).revision, 1);
    assert.equal((await store.put("acme", credential("acme", "0"), 0)).revision, 1);
    const puts = await Promise.all(["1", "2", "3"].map((token) => store.put("acme", credential("acme", token))));
    assert.deepEqual(
      puts.map(({ revision }) => revision).toSorted((a, b) => a - b),
      [2, 3, 4],
    );
    assert.deepEqual([await revisions("other"), await revisions("acme")], [1, 4]);
    await store.remove("acme");
    assert.equal((await store.put("acme", credential("acme", "5"))).revision, 1);
  },

  "removes, and lets the name be created again but not changed": async (store) => {
    const { sequence } = await store.put("acme", credential("acme", "1"));
    assert.equal(await store.remove("acme"), true);
    assert.equal(await store.remove("acme"), false);
    assert.equal(await store.get("acme"), undefined);
    assert.deepEqual(await store.list(), []);
    await assert.rejects(store.put("acme", credential("acme", "2"), sequence), { code: "conflict" });
    assert.equal(tokenOf(await store.put("acme", credential("acme", "2"), 0)), "2");
  },

  "keeps what stood before, the newest first, as many as are kept, and nothing of what was removed": async (store) => {
    for (let n = 1; n <= keptVersions + 2; n += 1) await store.put("acme", credential("acme", String(n)));
    await store.put("other", credential("other", "1"));
    const kept = await store.versions("acme");
    assert.deepEqual(
      kept.map((version) => [version.revision, tokenOf(version)]),
      Array.from({ length: keptVersions }, (_, at) => [keptVersions + 2 - at, String(keptVersions + 2 - at)]),
    );
    assert.equal(kept[0]?.sequence, (await store.get("acme"))?.sequence);
    await store.remove("acme");
    assert.deepEqual(await store.versions("acme"), []);
    await store.put("acme", credential("acme", "again"));
    assert.deepEqual(
      (await store.versions("acme")).map(({ revision }) => revision),
      [1],
    );
    assert.deepEqual([await store.versions("absent"), await store.versions("a.b")], [[], []]);
  },

  "removes only the revision that was named": async (store) => {
    const first = await store.put("acme", credential("acme", "1"));
    const second = await store.put("acme", credential("acme", "2"));
    await assert.rejects(store.remove("acme", first.sequence), { code: "conflict" });
    assert.equal(tokenOf(await store.get("acme")), "2");
    assert.equal(await store.remove("acme", second.sequence), true);
    assert.equal(await store.remove("acme", second.sequence), false);
  },

  "keeps what was put, whatever happens to the object afterwards": async (store) => {
    const value = { ...credential("acme", "1") };
    await store.put("acme", value);
    Object.assign(value, { name: "other" });
    assert.equal((await store.get("acme"))?.value.name, "acme");
  },
};

function contract(title: string, withStore: WithStore): void {
  const test = suite(`a definition store ${title}`);
  for (const [promise, keep] of Object.entries(promises)) test(promise, () => withStore(keep));
  test.run();
}

const ring = createKeyRing();

interface OpenOptions {
  readonly logger?: Logger;
  readonly clock?: Clock;
  readonly bucket?: string;
}

async function openStore(
  broker: TestBroker,
  { logger = silentLogger, clock, bucket = buckets.credentials }: OpenOptions = {},
): Promise<KvDefinitionStore<Credential>> {
  const { control } = await broker.connections();
  const deps = {
    connection: control,
    bucket,
    codec: credentialCodec,
    ring,
    logger,
    readTimeoutMs: 500,
    ...(clock && { clock }),
  };
  return KvDefinitionStore.open(deps);
}

async function withBucket(act: (broker: TestBroker) => Promise<void>): Promise<void> {
  await withBroker(async (broker) => {
    const { control } = await broker.connections();
    await createStreams(await jetstreamManager(control), { replicas: 1 });
    await act(broker);
  });
}

async function rawBucket(broker: TestBroker) {
  const { control } = await broker.connections();
  return new Kvm(control).open(buckets.credentials, { allow_direct: false });
}

/** Asks again while the broker is not back yet. */
function untilAnswered<T extends object>(ask: () => Promise<T | undefined>): Promise<T> {
  return until("the broker answers", () =>
    ask().catch((reason: unknown) => {
      if (LongarmError.from(reason).code !== "broker_unavailable") throw reason;
      return undefined;
    }),
  );
}

/** A clock that stands still until it is told otherwise. */
function stoppedClock(): Clock & { advance(ms: number): void } {
  let monotonic = 0;
  return {
    nowMs: () => Date.now(),
    monotonicMs: () => monotonic,
    sleep: () => Promise.reject(new Error("nobody sleeps here")),
    advance: (ms) => void (monotonic += ms),
  };
}

contract("in memory", (act) => act(new MemoryDefinitionStore(credentialCodec)));
contract("on the broker", (act) =>
  withBucket(async (broker) => {
    const store = await openStore(broker, { bucket: buckets.schedules });
    await act(store);
    store.close();
  }),
);

const test = suite("definitions on the broker");

test("are forgotten after they were removed, where the bucket allows that, and may be made again", () =>
  withBucket(async (broker) => {
    const { control: connection } = await broker.connections();
    const [bucket, codec] = [buckets.gatheredEvents, credentialCodec];
    const store = await KvDefinitionStore.open({ connection, bucket, codec, ring, logger: silentLogger, forgetRemovedAfter: "1s" });
    const { sequence } = await store.put("acme", credential("acme", "1"), 0);
    await store.remove("acme", sequence);
    const jsm = await jetstreamManager(connection);
    const isEmpty = async () => (await jsm.streams.info(`KV_${bucket}`)).state.messages === 0;
    assert.equal(await isEmpty(), false);
    await until("nothing of it is left", isEmpty);
    assert.equal((await store.put("acme", credential("acme", "2"), 0)).revision, 1);
    store.close();
  }));

test("are read from memory while they are fresh, and from the broker when they are not", () =>
  withBucket(async (broker) => {
    const clock = stoppedClock();
    const store = await openStore(broker, { clock });
    await store.put("acme", credential("acme", "1"));
    await broker.kill();
    assert.equal(tokenOf(await store.get("acme")), "1");
    clock.advance(2_001);
    await assert.rejects(store.get("acme"), { code: "broker_unavailable", retryable: true });
    await broker.restart();
    assert.equal(tokenOf(await untilAnswered(() => store.get("acme"))), "1");
    store.close();
  }));

test("that another controller made, changed or removed are seen", () =>
  withBucket(async (broker) => {
    const clock = stoppedClock();
    const [mine, other] = [await openStore(broker, { clock }), await openStore(broker)];
    await other.put("acme", credential("acme", "1"));
    // A name that is not known is asked for, however fresh the rest is.
    assert.equal(tokenOf(await mine.get("acme")), "1");
    await other.put("acme", credential("acme", "2"));
    clock.advance(2_001);
    assert.equal(tokenOf(await mine.get("acme")), "2");
    await other.remove("acme");
    clock.advance(2_001);
    assert.equal(await mine.get("acme"), undefined);
    assert.deepEqual(await mine.list(), []);
    mine.close();
    other.close();
  }));

test("that another controller changed arrive by the watch, without anybody asking", () =>
  withBucket(async (broker) => {
    const [mine, other] = [await openStore(broker, { clock: stoppedClock() }), await openStore(broker)];
    await mine.put("acme", credential("acme", "1"));
    await other.put("acme", credential("acme", "2"));
    const connection = (await broker.connections()).control;
    for (let seen = "1"; seen !== "2"; await connection.flush()) seen = tokenOf(await mine.get("acme")) ?? "";
    mine.close();
    other.close();
  }));

test("are known as they stand after a change of them was refused, though the watch says nothing", () =>
  withBucket(async (broker) => {
    const [mine, other] = [await openStore(broker, { clock: stoppedClock() }), await openStore(broker)];
    const first = await mine.put("acme", credential("acme", "1"));
    mine.close();
    const second = await other.put("acme", credential("acme", "2"), first.sequence);
    await assert.rejects(mine.put("acme", credential("acme", "3"), first.sequence), { code: "conflict" });
    assert.equal(tokenOf(await mine.get("acme")), "2");
    await other.remove("acme", second.sequence);
    await assert.rejects(mine.put("acme", credential("acme", "3"), second.sequence), { code: "conflict" });
    assert.equal(await mine.get("acme"), undefined);
    other.close();
  }));

test("leave nothing readable on the broker, before and after they are removed", () =>
  withBucket(async (broker) => {
    const store = await openStore(broker);
    const bucket = await rawBucket(broker);
    await store.put("acme", credential("acme", "canary-secret"));
    const stored = await bucket.get("acme");
    assert.ok(stored && !Buffer.from(stored.value).includes("canary-secret"));
    await store.put("acme", credential("acme", "canary-secret-2"));
    await store.remove("acme");
    const left: unknown[] = [];
    for await (const entry of await bucket.history({ key: ">" })) left.push([entry.operation, entry.value.length]);
    assert.deepEqual(left, [["PURGE", 0]]);
    store.close();
  }));

test("that do not open are left out, reported, and never given out", () =>
  withBucket(async (broker) => {
    const store = await openStore(broker);
    await store.put("good", credential("good", "1"));
    await store.put("moved", credential("moved", "2"));
    const bucket = await rawBucket(broker);
    const moved = await bucket.get("moved");
    await bucket.put("bad", moved?.value ?? "");
    const reports: object[] = [];
    const logger: Logger = { ...createLogger("test", "silent"), error: (facts) => void reports.push(facts) };
    const another = await openStore(broker, { logger });
    assert.deepEqual(
      (await another.list()).map(({ value }) => value.name),
      ["good", "moved"],
    );
    await assert.rejects(another.get("bad"), { code: "sealed_record_rejected", message: /credential "bad"/ });
    assert.deepEqual(reports, [{ code: "sealed_record_rejected", bucket: "credentials", key: "bad", sequence: 3 }]);
    assert.equal(tokenOf(await another.put("bad", credential("bad", "3"))), "3");
    assert.equal(tokenOf(await another.get("bad")), "3");
    store.close();
    another.close();
  }));

test("can be opened by every controller of the installation and by no other", () =>
  withBucket((broker) =>
    withTemporaryDirectory(async (directory) => {
      const { control } = await broker.connections();
      const [first, absent, foreign] = ["a.json", "b.json", "c.json"].map((name) => join(directory, name)) as [string, string, string];
      const [made, again] = [await openInstallationKeyRing(control, ringAt(first)), await openInstallationKeyRing(control, ringAt(first))];
      assert.equal(made.active.id, again.active.id);
      await assert.rejects(openInstallationKeyRing(control, ringAt(absent)), { code: "key_ring_missing", message: /copy it there/ });
      assert.equal(existsSync(absent), false);
      createKeyRingFile(foreign);
      await assert.rejects(openInstallationKeyRing(control, ringAt(foreign)), { code: "key_ring_missing", message: /another one/ });
    }),
  ));

test.run();
