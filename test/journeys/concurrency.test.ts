import assert from "node:assert/strict";
import { join } from "node:path";
import type { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import { withCountingTarget, type CountingTarget } from "../support/counting-target.ts";
import { connect, type Journey, withJourney } from "../support/journey.ts";
import { finished, readSomeone, type RunShown, someone, submit } from "../support/journey-runs.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const test = suite("runs that hold each other back");

async function withTarget(afterMs: number, body: (of: { journey: Journey; target: CountingTarget }) => Promise<void>): Promise<void> {
  await withJourney(async (journey) => {
    const org = await journey.sandbox();
    const user = (await org.call("GET", `/api/v1/users/${someone}`)).body;
    await withCountingTarget({ body: user, afterMs }, (target) => body({ journey, target }));
  });
}

function connectTo(api: ApiClient, { url }: CountingTarget, more: object = {}): Promise<unknown> {
  return api.ask("PUT", "/v1/connections/sandbox", { body: { baseUrl: url, ...more } });
}

function submitMany(api: ApiClient, count: number, more: object = {}): Promise<readonly RunShown[]> {
  return Promise.all(Array.from({ length: count }, () => submit(api, { ...readSomeone, ...more }, { wait: 0 })));
}

async function expectAllSucceeded(api: ApiClient, runs: readonly RunShown[]): Promise<readonly RunShown[]> {
  const ended = await Promise.all(runs.map(({ id }) => finished(api, id, 30)));
  for (const { id, status, error } of ended) assert.equal(status, "succeeded", `${id} is ${status}: ${error?.message}`);
  return ended;
}

test("wait for their key with counts, while runs of another key and of none go on", () =>
  withTarget(300, async ({ journey, target }) => {
    const { api } = await journey.controller();
    await connectTo(api, target);
    const runs = await submitMany(api, 4, { concurrencyKey: "ada", concurrencyLimit: 2 });
    const waiting = await until("a run waits for its key", async () => {
      const shown = await Promise.all(runs.map(({ id }) => api.get<RunShown>(`/v1/runs/${id}`)));
      return shown.find((run) => run.waiting?.reason === "concurrency_key");
    });
    assert.match(waiting.waiting?.sentence ?? "", /^2 of 2 runs hold the key "ada"; /);
    const others = await submitMany(api, 2, { concurrencyKey: "grace" });
    await expectAllSucceeded(api, [...runs, ...others, ...(await submitMany(api, 1))]);
    const { startedAt, queuedMs } = await api.get<{ startedAt: string; queuedMs: number }>(`/v1/runs/${waiting.id}`);
    assert.ok(startedAt !== null && queuedMs >= 200, `queued ${queuedMs} ms`);
  }));

test("are limited by their connection, and a run that is cancelled while it waits makes no call", () =>
  withTarget(50, async ({ journey, target }) => {
    const { api } = await journey.controller();
    await connectTo(api, target, { concurrency: { limit: 3 } });
    await expectAllSucceeded(api, await submitMany(api, 20));
    assert.deepEqual([target.most, target.answered], [3, 20]);

    await connectTo(api, target, { concurrency: { limit: 1, keyLimit: 1 }, timeout: "30s" });
    const [first, second] = await submitMany(api, 2, { concurrencyKey: "ada" });
    const later = [first, second].find((run) => run?.status !== "running") ?? first;
    await api.post(`/v1/runs/${later?.id}/cancel`);
    const ended = await Promise.all([first, second].map((run) => finished(api, run?.id ?? "")));
    assert.ok(ended.every(({ status }) => status === "succeeded" || status === "cancelled"));
  }));

test(
  "never exceed their limit on two controllers, one of which is killed in the middle",
  () =>
    withTarget(60, async ({ journey, target }) => {
      const broker = await journey.broker();
      const keyRing = join(journey.directory, "keyring.json");
      const one = await journey.controllerProcess({ name: "one", broker, keyRing });
      const two = await journey.controllerProcess({ name: "two", broker, keyRing, token: one.token });
      await connectTo(one.api, target);
      const terms = { concurrencyKey: "ada", concurrencyLimit: 3 };
      const runs = (await Promise.all([submitMany(one.api, 40, terms), submitMany(two.api, 40, terms)])).flat();
      await until("some runs have ended", async () => target.answered >= 15);
      one.process.kill("SIGKILL");
      await one.process.exited;
      await expectAllSucceeded(two.api, runs);
      assert.ok(target.most <= 3, `${target.most} at once`);
      const last = await submit(two.api, { ...readSomeone, concurrencyKey: "ada", concurrencyLimit: 1 });
      assert.equal(last.status, "succeeded");
    }),
  { timeoutMs: 60_000 },
);

test("make one event hook of many that are asked for at once, although Okta would take each", () =>
  withJourney(async (journey) => {
    const [controller, org] = await Promise.all([journey.controller(), journey.sandbox({ users: 5 })]);
    await connect(controller.api, org);
    const input = {
      name: "Hook",
      events: ["user.lifecycle.create"],
      uri: "https://hooks.example.com/in",
      verify: false,
      ifExists: "return",
    };
    const create = { action: "okta.eventHook.create", connection: "sandbox", input };
    const runs = await Promise.all(Array.from({ length: 12 }, () => submit(controller.api, create, { wait: 0 })));
    const ended = await expectAllSucceeded(controller.api, runs);
    assert.equal(ended.filter(({ output }) => (output as { created: boolean }).created).length, 1);
    assert.equal(((await org.call("GET", "/api/v1/eventHooks")).body as object[]).length, 1);
  }));

test.run();
