import assert from "node:assert/strict";
import { isFinished, LongarmError } from "@longarm/shared";
import type { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import { suite } from "../support/suite.ts";
import { connect, withJourney } from "../support/journey.ts";
import { createUser, delay, effectsOf, finished, type RunShown, submit } from "../support/journey-runs.ts";
import { until } from "../support/until.ts";

const test = suite("a broker that goes away");

/** Asks again with the same key while nothing is accepted, as a caller does. */
async function submitPatiently(api: ApiClient, body: object, key: string): Promise<string> {
  return until(
    `${key} is accepted`,
    () =>
      submit(api, body, { wait: 0, key }).then(
        ({ id }) => id,
        () => undefined,
      ),
    40_000,
  );
}

/** The run once it has ended; a broker that has only just come back may leave a question or two without an answer. */
function finishedPatiently(api: ApiClient, id: string): Promise<RunShown> {
  const look = async (): Promise<RunShown | undefined> => {
    const run = await finished(api, id, 10).catch((reason: unknown) => {
      if (LongarmError.from(reason).code !== "broker_unavailable") throw reason;
      return undefined;
    });
    return run !== undefined && isFinished(run.status) ? run : undefined;
  };
  return until(`${id} has ended`, look, 45_000);
}

for (const [how, stop, awayMs] of [
  ["is killed and started again under load", "kill", 0],
  ["is gone for some seconds under load", "stop", 4_000],
] as const) {
  test(
    `loses no accepted run and repeats none when it ${how}`,
    async () => {
      await withJourney(async (journey) => {
        const [broker, org] = await Promise.all([journey.broker(), journey.sandbox()]);
        const { api } = await journey.controller({ broker });
        await connect(api, org);
        await delay(org, { method: "POST", path: "/api/v1/users" }, 300);
        const accepted: string[] = [];
        const submitted = Array.from({ length: 40 }, async (_, n) => {
          await until("its turn comes", () => accepted.length >= n - 8, 50_000);
          accepted.push(await submitPatiently(api, createUser(`ada${n}@example.com`), `order-${n}`));
        });
        await until("some are accepted", () => accepted.length >= 12);
        await broker[stop]();
        await new Promise((resolve) => setTimeout(resolve, awayMs));
        await broker.restart();
        await Promise.all(submitted);
        const ends = await Promise.all(accepted.map((id) => finishedPatiently(api, id)));
        assert.deepEqual([new Set(accepted).size, new Set(ends.map(({ status }) => status))], [40, new Set(["succeeded"])]);
        const created = await effectsOf(org, "user.created");
        assert.deepEqual([created.length, new Set(created.map(({ bodyHash }) => bodyHash)).size], [40, 40]);
      });
    },
    { timeoutMs: 60_000 },
  );
}

test(
  "says at once that nothing is accepted while it is gone, and stores nothing of that afterwards",
  () =>
    withJourney(async (journey) => {
      const [broker, org] = await Promise.all([journey.broker(), journey.sandbox()]);
      const { api } = await journey.controller({ broker });
      await connect(api, org);
      const told = async (login: string): Promise<string> => {
        const sinceMs = performance.now();
        const code = await submit(api, createUser(login), { wait: 0 }).then(
          () => "accepted",
          (reason: unknown) => LongarmError.from(reason).code,
        );
        return performance.now() - sinceMs < 500 ? `${code} at once` : code;
      };
      await broker.stop();
      await until(
        "a submission is refused at once",
        async () => (await told("early@example.com")) === "broker_unavailable at once",
        30_000,
      );
      assert.deepEqual([await told("ada@example.com"), await told("ada@example.com")], Array(2).fill("broker_unavailable at once"));
      await broker.restart();
      await until("one is accepted again", async () => (await told("grace@example.com")).startsWith("accepted"), 30_000);
      await until("it is carried out", async () => (await effectsOf(org, "user.created")).length > 0, 30_000);
      const { runs } = await api.get<{ readonly runs: readonly object[] }>("/v1/runs");
      assert.equal(runs.length, 1);
    }),
  { timeoutMs: 60_000 },
);

test.run();
