import assert from "node:assert/strict";
import { connect, withJourney } from "../support/journey.ts";
import { created, finished, requestsOf, type RunShown, submit } from "../support/journey-runs.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const test = suite("flows");

const profile = { firstName: "Ada", lastName: "Lovelace", email: "ada@example.com", login: "ada@example.com" };
const onboard = { action: "okta.flow.onboardUser", connection: "sandbox", input: { profile, sendEmail: false } };

interface Entry {
  readonly kind: string;
  readonly facts: { readonly name?: string; readonly path?: string };
}

test(
  "onboards a user once, though the controller is killed between two steps, and shows every step",
  async () => {
    await withJourney(async (journey) => {
      const [broker, org] = await Promise.all([journey.broker(), journey.sandbox()]);
      const before = await journey.controllerProcess({ broker });
      await connect(before.api, org);
      await org.call("POST", "/sandbox/faults", {
        match: { method: "POST", path: "/api/v1/users/{id}/lifecycle/activate" },
        kind: "slowDrip",
        bytes: 1,
        ms: 1_000,
      });
      const { id } = await submit(before.api, onboard, { wait: 0 });
      await until("the user was created", async () => (await created(org)) === 1);
      before.process.kill("SIGKILL");
      await before.process.exited;
      await org.call("DELETE", "/sandbox/faults");

      const controller = await journey.controllerProcess({ broker });
      const { api } = controller;
      const run = await finished(api, id, 20);
      assert.equal(await requestsOf(org, "POST /api/v1/users"), 1);
      // Whether the activation had been sent is the kill's to say; nobody may claim to know what nobody knows.
      assert.ok(run.status === "succeeded" || run.status === "outcome_unknown", JSON.stringify(run.error));
      const { entries } = await api.get<{ entries: readonly Entry[] }>(`/v1/runs/${id}/log`);
      const begun = entries.flatMap(({ kind, facts }) => (kind === "stepBegun" ? [facts.name] : []));
      assert.deepEqual(begun, ["okta.user.findId", "okta.user.create", "okta.user.activate"]);
      if (run.status === "succeeded")
        assert.deepEqual((run.output as { activationToken?: unknown }).activationToken, { $secret: "sealed" });

      const again = await submit(api, onboard);
      assert.equal((again.output as { skipped?: unknown }).skipped, "exists");
      const group = { name: "Navigators", description: "They find the way" };
      const upsert = (): Promise<RunShown> => submit(api, { action: "okta.flow.upsertGroup", connection: "sandbox", input: group });
      const [first, second] = [(await upsert()).output, (await upsert()).output] as readonly { created: boolean; changed: boolean }[];
      assert.deepEqual([first?.created, second?.created, second?.changed], [true, false, false]);

      const shown = await controller.longarm("runs", "show", id);
      assert.match(shown.stdout, /okta\.user\.activate/);
    });
  },
  { timeoutMs: 40_000 },
);

test.run();
