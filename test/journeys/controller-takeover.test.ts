import assert from "node:assert/strict";
import { join } from "node:path";
import type { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import { suite } from "../support/suite.ts";
import { withJourney } from "../support/journey.ts";
import { finished } from "../support/journey-runs.ts";
import { bodiesOf, connectBriefly, expectHonestEnds, isCreation, slowDown, submitAll } from "../support/mixed-runs.ts";
import { until } from "../support/until.ts";

const test = suite("controllers that go on with what another began");

test(
  "finds every run on both of two controllers, and one finishes what the other began",
  async () => {
    await withJourney(async (journey) => {
      const [broker, org] = await Promise.all([journey.broker(), journey.sandbox()]);
      const keyRing = join(journey.directory, "keyring.json");
      const one = await journey.controllerProcess({ name: "one", broker, keyRing });
      const two = await journey.controllerProcess({ name: "two", broker, keyRing, token: one.token });
      await connectBriefly(one.api, org, "2s");
      await slowDown(org, 1_500);
      const submitted = await Promise.all([submitAll(one.api, bodiesOf(12, "one")), submitAll(two.api, bodiesOf(12, "two"))]);
      const ids = submitted.flat();
      await Promise.all(ids.flatMap((id) => [one, two].map(({ api }) => api.get(`/v1/runs/${id}`))));
      await until("the first carries a run", async () => (await ownedBy(one.id, two.api, ids.slice(0, 10))).length > 0);
      one.process.kill("SIGKILL");
      const killedAt = new Date().toISOString();
      const killedMs = performance.now();
      await org.call("DELETE", "/sandbox/faults");

      const runs = await Promise.all(
        ids.map(async (id) => {
          const run = await finished(two.api, id, 40);
          assert.ok(isCreation(run) || performance.now() - killedMs < 15_000, "the takeover took longer than 15 s");
          return run;
        }),
      );
      await expectHonestEnds(runs, org);
      assert.ok((await ownedBy(two.id, two.api, ids)).length > 0);
      const open = runs.filter(({ endedAt }) => endedAt === null || endedAt > killedAt).map(({ id }) => id);
      assert.deepEqual(await ownedBy(one.id, two.api, open), [], "a run still belongs to the dead controller");
    });
  },
  { timeoutMs: 60_000 },
);

/** Those of the runs that this controller was the last to claim. */
async function ownedBy(owner: string, api: ApiClient, ids: readonly string[]): Promise<readonly string[]> {
  type Log = { readonly entries: readonly { readonly kind: string; readonly facts: { readonly controllerId?: string } }[] };
  const logs = await Promise.all(ids.map((id) => api.get<Log>(`/v1/runs/${id}/log`)));
  return ids.filter((_, index) => logs[index]?.entries.findLast(({ kind }) => kind === "claimed")?.facts.controllerId === owner);
}

test.run();
