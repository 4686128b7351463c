import assert from "node:assert/strict";
import { join } from "node:path";
import { jetstreamManager } from "@nats-io/jetstream";
import type { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import type { TestBroker } from "../support/broker.ts";
import { connect, type Journey, withJourney } from "../support/journey.ts";
import { createUser, effectsOf, itemsOf, readSomeone, submit, type RunShown } from "../support/journey-runs.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const test = suite("runs that are kept no longer");

async function statusOf(api: ApiClient, id: string): Promise<number> {
  return (await api.ask("GET", `/v1/runs/${id}`, { accept: [404] })).status;
}

async function listed(api: ApiClient): Promise<readonly string[]> {
  return (await api.get<{ runs: { id: string }[] }>("/v1/runs?limit=200")).runs.map(({ id }) => id);
}

/** How many messages of each stream are there, what is kept of removed runs left out. */
async function storedIn(broker: TestBroker): Promise<readonly number[]> {
  const { control } = await broker.connections();
  const jsm = await jetstreamManager(control);
  const counts = ["RUNS", "ITEMS", "BLOBS"].map(async (name) => {
    const { state } = await jsm.streams.info(name, { subjects_filter: ">" });
    const subjects = Object.entries(state.subjects ?? {});
    const ended = subjects.filter(([subject]) => subject.startsWith("runs.submit.ended."));
    // Beside each tombstone stands its fence.
    return subjects.reduce((sum, [, count]) => sum + count, 0) - 2 * ended.length;
  });
  return Promise.all(counts);
}

/** Two controllers on one broker. */
async function withTwo(journey: Journey, more: Readonly<Record<string, unknown>> = {}) {
  const [broker, org] = await Promise.all([journey.broker(), journey.sandbox()]);
  const keyRing = join(journey.directory, "keyring.json");
  const one = await journey.controllerProcess({ name: "one", broker, keyRing, more });
  const two = await journey.controllerProcess({ name: "two", broker, keyRing, more, token: one.token });
  await connect(one.api, org);
  return { broker, org, one, two };
}

test(
  "a run that is removed is gone on every controller with all that it kept, and its key is answered with how it ended",
  async () => {
    await withJourney(async (journey) => {
      const { broker, org, one, two } = await withTwo(journey);
      const body = createUser("ada@example.com");
      const created = await submit(one.api, body, { key: "order-1" });
      const stream = { action: "okta.user.stream", connection: "sandbox", input: {} };
      const streamed = await submit(one.api, stream, { wait: 0, key: "list-1" });
      assert.equal((await itemsOf(one.api, streamed.id)).length, 21);
      await until("the stream has ended", async () => (await one.api.get<RunShown>(`/v1/runs/${streamed.id}`)).status === "succeeded");

      const removed = await two.longarm("runs", "rm", created.id, streamed.id);
      assert.deepEqual([removed.code, removed.stdout], [0, `${created.id} removed\n${streamed.id} removed\n`], removed.stderr);
      for (const { api } of [one, two]) {
        assert.deepEqual(await Promise.all([statusOf(api, created.id), statusOf(api, streamed.id)]), [404, 404]);
        await until("no list shows them", async () => (await listed(api)).length === 0);
        const again = await submit(api, body, { key: "order-1" });
        assert.deepEqual([again.id, again.status, again.output], [created.id, "succeeded", null]);
        assert.match(again.removedAt ?? "", /^20/);
        const other = await api.ask("POST", "/v1/runs", { body: readSomeone, headers: { "idempotency-key": "order-1" }, accept: [422] });
        assert.equal(other.status, 422);
      }
      assert.deepEqual(await storedIn(broker), [0, 0, 0]);
      const shown = await two.longarm("runs", "show", created.id);
      assert.deepEqual(
        [shown.code, /was removed at .* by administrator; it had ended as succeeded/.test(shown.stderr)],
        [2, true],
        shown.stderr,
      );
      const words = ["okta.user.stream", "--key", "list-1"];
      const asked = await two.longarm("run", ...words);
      assert.deepEqual([asked.code, asked.stdout, /was removed at/.test(asked.stderr)], [0, "", true], asked.stderr);
      assert.equal((await effectsOf(org, "user.created")).length, 1);
    });
  },
  { timeoutMs: 60_000 },
);

test(
  "two controllers remove what is older than retention.runs, never what has not finished, and a key is free after retention.keys",
  async () => {
    await withJourney(async (journey) => {
      const { broker, org, one, two } = await withTwo(journey, { retention: { runs: "1s", keys: "4s" } });
      const waiting = await submit(one.api, { ...readSomeone, on: "labels.site == 'nowhere'" }, { wait: 0 });
      const body = createUser("ada@example.com");
      const keyed = await submit(one.api, body, { key: "order-1" });
      await Promise.all(Array.from({ length: 30 }, (_, n) => submit(n % 2 === 0 ? one.api : two.api, readSomeone)));
      for (const { api } of [one, two]) {
        await until("only the waiting run is listed", async () => (await listed(api)).join() === waiting.id, 15_000);
      }
      assert.equal(await statusOf(two.api, keyed.id), 404);
      const again = await until("the key is free", async () => {
        const run = await submit(two.api, createUser("bea@example.com"), { key: "order-1" }).catch(() => undefined);
        return run;
      });
      assert.deepEqual([again.id, again.status, again.removedAt], [keyed.id, "succeeded", undefined]);
      assert.deepEqual((await effectsOf(org, "user.created")).length, 2);
      assert.equal((await one.api.get<RunShown>(`/v1/runs/${waiting.id}`)).status, "waiting");
      await until("the rest is purged", async () => (await storedIn(broker)).every((count) => count <= 6), 15_000);
    });
  },
  { timeoutMs: 60_000 },
);

test(
  "a controller that is killed while it removes has removed each run wholly or not at all, once one is there again",
  async () => {
    await withJourney(async (journey) => {
      const [broker, org] = await Promise.all([journey.broker(), journey.sandbox()]);
      const options = { broker, more: { retention: { runs: "30d", keys: "1h" } } };
      const before = await journey.controllerProcess(options);
      await connect(before.api, org);
      const keys = Array.from({ length: 80 }, (_, n) => `order-${n}`);
      const runs = await Promise.all(keys.map((key) => submit(before.api, readSomeone, { key })));
      let answered = 0;
      const removals = runs.map(({ id }) => before.api.ask("DELETE", `/v1/runs/${id}`).then(() => (answered += 1)));
      await until("some are removed", () => answered > 20);
      before.process.kill("SIGKILL");
      await Promise.allSettled(removals);
      await before.process.exited;

      const { api } = await journey.controllerProcess(options);
      const found = await Promise.all(runs.map(({ id }) => statusOf(api, id)));
      const left = found.filter((status) => status === 200).length;
      assert.ok(left <= 80 - answered, "a removal that was answered is undone");
      await until("each is whole or gone", async () => (await storedIn(broker))[0] === left * 3);
      const again = await Promise.all(keys.map((key) => submit(api, readSomeone, { key })));
      assert.deepEqual(
        again.map(({ id }) => id),
        runs.map(({ id }) => id),
      );
      assert.equal(again.filter(({ removedAt }) => removedAt === undefined).length, left);
    });
  },
  { timeoutMs: 60_000 },
);

test(
  "submissions of one key that race with the removal of its run make no second run",
  async () => {
    await withJourney(async (journey) => {
      const { org, one, two } = await withTwo(journey, { retention: { runs: "30d", keys: "1h" } });
      for (let round = 0; round < 5; round += 1) {
        const body = createUser(`ada${round}@example.com`);
        const key = `order-${round}`;
        const { id } = await submit(one.api, body, { key });
        const raced = Array.from({ length: 20 }, (_, n) => submit(n % 2 === 0 ? one.api : two.api, body, { key, wait: 0 }));
        await two.api.ask("DELETE", `/v1/runs/${id}`);
        const runs = [...(await Promise.all(raced)), await submit(one.api, body, { key })];
        assert.deepEqual([new Set(runs.map((run) => run.id)).size, runs.at(-1)?.removedAt === undefined], [1, false]);
      }
      assert.equal((await effectsOf(org, "user.created")).length, 5);
    });
  },
  { timeoutMs: 60_000 },
);

test.run();
