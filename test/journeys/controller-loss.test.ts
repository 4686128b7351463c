import assert from "node:assert/strict";
import { join } from "node:path";
import type { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import { suite } from "../support/suite.ts";
import { connect, withJourney } from "../support/journey.ts";
import { createUser, delay, effectsOf, finished, readSomeone, requestsOf, type RunShown, submit } from "../support/journey-runs.ts";
import type { SandboxOrg } from "../support/sandbox.ts";
import { until } from "../support/until.ts";

const test = suite("controllers that die");

const everyTenth = 10;

/** Reads, and a creation for every tenth. */
function bodiesOf(count: number, name: string): readonly object[] {
  return Array.from({ length: count }, (_, index) =>
    index % everyTenth === 0 ? createUser(`${name}${index}@example.com`) : { ...readSomeone, on: "local" },
  );
}

/** As `connect`, with calls that are over soon: one that was open when its controller died is waited out before it is sent again. */
async function connectBriefly(api: ApiClient, org: SandboxOrg, timeout: string): Promise<void> {
  await connect(api, org);
  const placement = { on: "either", whenNone: "wait", waitFor: "1m" };
  await api.ask("PUT", "/v1/connections/sandbox", { body: { baseUrl: org.url, credential: "sandbox", placement, timeout } });
}

function isCreation(run: RunShown): boolean {
  return JSON.stringify(run.input).includes("lastName");
}

async function submitAll(api: ApiClient, bodies: readonly object[]): Promise<readonly string[]> {
  const runs = await Promise.all(bodies.map((body) => submit(api, body, { wait: 0 })));
  return runs.map(({ id }) => id);
}

async function slowDown(org: SandboxOrg, ms: number): Promise<void> {
  await delay(org, { method: "GET", path: "/api/v1/users/{id}" }, ms);
  await delay(org, { method: "POST", path: "/api/v1/users" }, ms);
}

async function createdIn(org: SandboxOrg): Promise<number> {
  return (await effectsOf(org, "user.created")).length;
}

/** All ended, reads well; a creation was applied once, or is said to be unknown and was applied at most once. */
async function expectHonestEnds(runs: readonly RunShown[], org: SandboxOrg): Promise<void> {
  const created = await effectsOf(org, "user.created");
  assert.equal(new Set(created.map(({ bodyHash }) => bodyHash)).size, created.length, "a user was created twice");
  const creations = runs.filter(isCreation);
  const unknown = creations.filter(({ status }) => status === "outcome_unknown");
  for (const run of runs) {
    if (unknown.includes(run)) continue;
    assert.equal(run.status, "succeeded", `${run.id} is ${run.status}: ${run.error?.code} ${run.error?.message}`);
  }
  assert.ok(created.length >= creations.length - unknown.length && created.length <= creations.length);
}

test(
  "loses none of a hundred runs when it is killed in the middle of them and started again",
  async () => {
    await withJourney(async (journey) => {
      const [broker, org] = await Promise.all([journey.broker(), journey.sandbox()]);
      const before = await journey.controllerProcess({ broker });
      await connectBriefly(before.api, org, "1s");
      await slowDown(org, 150);
      const ids = await submitAll(before.api, bodiesOf(100, "restart"));
      await until("some users were created", async () => (await createdIn(org)) > 0);
      before.process.kill("SIGKILL");
      await before.process.exited;

      const { api } = await journey.controllerProcess({ broker });
      const runs = await Promise.all(ids.map((id) => finished(api, id, 40)));
      await expectHonestEnds(runs, org);
    });
  },
  { timeoutMs: 60_000 },
);

test(
  "does not create twice when it is killed after the creation was applied and before its answer came",
  async () => {
    await withJourney(async (journey) => {
      const [broker, org] = await Promise.all([journey.broker(), journey.sandbox()]);
      const before = await journey.controllerProcess({ broker });
      await connect(before.api, org);
      await org.call("POST", "/sandbox/faults", {
        match: { method: "POST", path: "/api/v1/users" },
        kind: "slowDrip",
        bytes: 1,
        ms: 1_000,
      });
      const { id } = await submit(before.api, createUser("once@example.com"), { wait: 0 });
      await until("the user was created", async () => (await createdIn(org)) === 1);
      before.process.kill("SIGKILL");
      await before.process.exited;
      await org.call("DELETE", "/sandbox/faults");

      const { api } = await journey.controllerProcess({ broker });
      const run = await finished(api, id);
      assert.deepEqual([run.status, (run.output as { created?: unknown }).created], ["succeeded", true]);
      assert.equal(run.calls.at(-1)?.reconciled, true);
      assert.equal(await requestsOf(org, "POST /api/v1/users"), 1);
    });
  },
  { timeoutMs: 30_000 },
);

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
      assert.deepEqual(await ownedBy(one.id, two.api, ids), [], "a run still belongs to the dead controller");
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
