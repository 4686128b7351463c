import assert from "node:assert/strict";
import type { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import type { Schedule } from "../../packages/cli/src/api/job-types.ts";
import { connect, withJourney } from "../support/journey.ts";
import { someone } from "../support/journey-runs.ts";
import { slowDown } from "../support/mixed-runs.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const test = suite("a schedule");

const shown = (api: ApiClient): Promise<Schedule> => api.get<Schedule>("/v1/schedules/beat");

/** The schedule, once its counts are as they should be. */
function once(api: ApiClient, what: string, is: (counts: Schedule["state"]["counts"]) => boolean): Promise<Schedule> {
  const look = async (): Promise<Schedule | false> => {
    const schedule = await shown(api);
    return is(schedule.state.counts) && schedule;
  };
  return until(what, look, 20_000);
}

test(
  "starts runs each second, leaves out what overlaps, stops while it is paused, and makes good what its controller's death let pass",
  () =>
    withJourney(async (journey) => {
      const [broker, org] = await Promise.all([journey.broker(), journey.sandbox()]);
      const before = await journey.controllerProcess({ broker });
      await connect(before.api, org);
      const words = ["--action", "okta.user.get", "--connection", "sandbox", "--input", JSON.stringify({ user: someone })];
      const set = await before.longarm("schedules", "set", "beat", ...words, "--every", "1s", "--grace", "1s");
      assert.equal(set.code, 0, set.stderr);
      await once(before.api, "two runs have started", ({ started }) => started >= 2);
      await slowDown(org, 1_500);
      await once(before.api, "a slot was left out", ({ overlapped }) => overlapped >= 1);

      await before.longarm("schedules", "pause", "beat", "--note", "looking");
      const paused = await shown(before.api);
      const run = await before.longarm("schedules", "trigger", "beat");
      assert.match(run.stdout, /^run_/, run.stderr);
      const resumed = await before.longarm("schedules", "resume", "beat");
      assert.match(resumed.stdout, /^beat goes on/, resumed.stderr);
      assert.match(paused.state.paused?.note ?? "", /looking/);
      await once(before.api, "it starts runs again", ({ started }) => started > paused.state.counts.started + 1);

      before.process.kill("SIGKILL");
      await before.process.exited;
      const { api } = await journey.controllerProcess({ broker });
      const after = await once(
        api,
        "it goes on, and some slots were missed",
        ({ started, missed }) => missed >= 1 && started > paused.state.counts.started + 2,
      );
      await api.post("/v1/schedules/beat/pause", { body: { note: "the end" } });
      const { state } = await shown(api);
      assert.equal(after.state.counts.refused, 0);
      // Each slot that was started is one run: those of the schedule, and the one by hand.
      const count = async (): Promise<number> =>
        (await api.get<{ runs: unknown[] }>("/v1/runs?action=okta.user.get&limit=200")).runs.length;
      await until("all of its runs are listed", async () => (await count()) >= state.counts.started);
      assert.equal(await count(), (await shown(api)).state.counts.started);
    }),
  { timeoutMs: 60_000 },
);

test.run();
