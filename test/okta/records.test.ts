import { deepEqual, equal, ok } from "node:assert/strict";
import type { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import type { KeptRecord, RecordList } from "../../packages/cli/src/api/record-types.ts";
import { connect, withJourney } from "../support/journey.ts";
import { finished, type RunShown, submit } from "../support/journey-runs.ts";
import type { SandboxOrg } from "../support/sandbox.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const test = suite("records of a sandbox org");

function withApi(work: (of: { readonly api: ApiClient; readonly org: SandboxOrg }) => Promise<void>): Promise<void> {
  return withJourney(async (journey) => {
    const [controller, org] = await Promise.all([journey.controller(), journey.sandbox({ users: 5 })]);
    await connect(controller.api, org);
    await work({ api: controller.api, org });
  });
}

function record(api: ApiClient, kind: string, id: string): Promise<KeptRecord> {
  return api.get<KeptRecord>(`/v1/records/${kind}/sandbox/${id}`);
}

async function output(api: ApiClient, action: string, input: object): Promise<unknown> {
  const run = await submit(api, { action, connection: "sandbox", input }, { wait: 20 });
  equal(run.status, "succeeded", `${action}: ${run.error?.message}`);
  return run.output;
}

test(
  "follow an application from its creation over a change to its end, as events tell of it",
  () =>
    withApi(async ({ api, org }) => {
      const settings = { app: { requestIntegration: false, url: "https://mail.example.com" } };
      const made = await org.call("POST", "/api/v1/apps", { name: "bookmark", label: "Mail", signOnMode: "BOOKMARK", settings });
      const { id } = made.body as { readonly id: string };
      const told = () => output(api, "okta.flow.upsertApplicationRecord", { app: id, source: "hook" });
      deepEqual(await told(), { id, found: true, changed: true });
      const first = await record(api, "applications", id);
      deepEqual([first.object["label"], first.object["status"], first.source, first.deletedAt], ["Mail", "ACTIVE", "hook", null]);

      await org.call("POST", `/api/v1/apps/${id}/lifecycle/deactivate`);
      await told();
      const second = await record(api, "applications", id);
      deepEqual([second.object["status"], second.firstSeenAt], ["INACTIVE", first.firstSeenAt]);

      await org.call("DELETE", `/api/v1/apps/${id}`);
      deepEqual(await told(), { id, found: false, changed: true });
      deepEqual(await told(), { id, found: false, changed: false });
      const last = await record(api, "applications", id);
      ok(last.deletedAt !== null && last.object["label"] === "Mail");
    }),
  { timeoutMs: 30_000 },
);

test(
  "of all applications are there after one fetch",
  () =>
    withApi(async ({ api, org }) => {
      const { keys } = (await org.call("GET", "/sandbox/keys/apps")).body as { readonly keys: readonly string[] };
      const { id } = await api.post<RunShown>("/v1/records/applications/fetch", { body: {} });
      equal((await finished(api, id, 20)).status, "succeeded");
      const listed = await until("the list shows them", async () => {
        const { records } = await api.get<RecordList>("/v1/records/applications?limit=200&sort=id");
        return records.length >= keys.length ? records : undefined;
      });
      deepEqual(
        listed.map((one) => one.id),
        keys.toSorted(),
      );
    }),
  { timeoutMs: 30_000 },
);

test(
  "of a user that is deleted are marked by the next look-up, and an object is not lost by that",
  () =>
    withApi(async ({ api, org }) => {
      const login = "user000001@example.com";
      const { id } = await api.get<KeptRecord>(`/v1/records/users/sandbox/${login}?maxAge=1m`);
      for (let n = 0; n < 2; n += 1) await org.call("DELETE", `/api/v1/users/${id}`);
      const gone = await api.get<KeptRecord>(`/v1/records/users/sandbox/${id}?maxAge=0s`);
      ok(gone.deletedAt !== null && gone.ageMs < 30_000);
      equal((gone.object["profile"] as { readonly login: string }).login, login);
    }),
  { timeoutMs: 30_000 },
);

test.run();
