import assert from "node:assert/strict";
import type { Schedule, ScheduleVersion } from "../../packages/cli/src/api/job-types.ts";
import type { RunList } from "../../packages/cli/src/api/types.ts";
import { connect, withJourney } from "../support/journey.ts";
import { finished, someone } from "../support/journey-runs.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const test = suite("what a schedule runs");

const targets: Readonly<Record<string, readonly string[]>> = {
  "an-action": ["--action", "okta.user.get", "--input", JSON.stringify({ user: someone })],
  "a-stream": ["--action", "okta.group.stream", "--retry", "attempts=2"],
  "a-flow": ["--flow", "okta.flow.upsertGroup", "--input", '{"name":"Navigators","description":"They find the way"}'],
  "a-sync": ["--sync", "people", "--start-within", "1m"],
};

test(
  "is an action, a stream, a flow or a sync, and each run tells its schedule and slot, until its author's key is revoked",
  () =>
    withJourney(async (journey) => {
      const [org, controller] = await Promise.all([journey.sandbox({ users: 20 }), journey.controller()]);
      const { api } = controller;
      const longarm = (...words: readonly string[]) => controller.longarm(...words);
      await connect(api, org);
      await longarm("syncs", "set", "people", "--connection", "sandbox", "--streams", "users");
      const key = await api.post<{ id: string; token: string }>("/v1/api-keys", { body: { name: "ada", scopes: ["*"] } });
      const asAda = async (path: string, body: object): Promise<void> => {
        const headers = { authorization: `Bearer ${key.token}`, "content-type": "application/json" };
        const answer = await fetch(new URL(path, controller.url), { method: "PUT", headers, body: JSON.stringify(body) });
        assert.equal(answer.status, 200, await answer.text());
      };
      for (const [name, words] of Object.entries(targets)) {
        const on = name === "a-sync" ? [] : ["--connection", "sandbox"];
        const set = await longarm("schedules", "set", name, ...words, ...on, "--every", "1s");
        assert.equal(set.code, 0, set.stderr);
        const first = async () => (await api.get<RunList>(`/v1/runs?schedule=${name}`)).runs.at(-1);
        const row = await until(`${name} has started`, first, 20_000);
        const run = await finished(api, row.id);
        assert.equal(run.status, "succeeded", `${name}: ${JSON.stringify(run.error)}`);
        assert.deepEqual([row.origin?.kind, row.origin?.name, typeof row.origin?.slot], ["schedule", name, "string"]);
        await longarm("schedules", "pause", name, "--note", "seen");
      }
      const shown = await longarm("runs", "ls", "--schedule", "a-flow");
      assert.match(shown.stdout, /okta\.flow\.upsertGroup.*schedule a-flow/);

      await asAda("/v1/schedules/an-action", {
        target: { action: "okta.user.get", connection: "sandbox", input: { user: someone } },
        every: "1s",
      });
      const { versions } = await api.get<{ versions: readonly ScheduleVersion[] }>("/v1/schedules/an-action/versions");
      assert.deepEqual(versions[0]?.definedBy, "ada");
      await api.ask("DELETE", `/v1/api-keys/${key.id}`);
      await longarm("schedules", "resume", "an-action");
      const look = async (): Promise<Schedule["state"]["paused"]> => (await api.get<Schedule>("/v1/schedules/an-action")).state.paused;
      const paused = await until("it is paused", async () => (await look()) ?? false, 20_000);
      assert.match(paused.note, /The API key of "ada".*was revoked/);
      const again = await longarm("schedules", "set", "an-action", "--every", "1s");
      assert.equal(again.code, 0, again.stderr);
      assert.match((await longarm("schedules", "resume", "an-action")).stdout, /goes on/);
      const { started } = (await api.get<Schedule>("/v1/schedules/an-action")).state.counts;
      await until("it starts runs again", async () => (await api.get<Schedule>("/v1/schedules/an-action")).state.counts.started > started);
    }),
  { timeoutMs: 90_000 },
);

test.run();
