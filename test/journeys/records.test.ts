import { deepEqual, equal, match, ok } from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import type { KeptRecord, RecordList } from "../../packages/cli/src/api/record-types.ts";
import { serviceApp } from "../support/credentials.ts";
import { connect, type JourneyController, withJourney } from "../support/journey.ts";
import { finished, requestsOf, type RunShown } from "../support/journey-runs.ts";
import type { SandboxOrg } from "../support/sandbox.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const test = suite("records");

const groups = "/v1/records/groups";

async function fetchGroups(api: ApiClient, more: object = {}): Promise<RunShown> {
  const { id } = await api.post<RunShown>(`${groups}/fetch`, { body: { connection: "sandbox", ...more } });
  return finished(api, id, 30);
}

/** The list, once its view has taken in so many that the query finds. */
function listed(api: ApiClient, query: string, count: number): Promise<readonly KeptRecord[]> {
  return until(`${count} records are listed for ${query}`, async () => {
    const { records } = await api.get<RecordList>(`${groups}?limit=200&${query}`);
    return records.length === count ? records : undefined;
  });
}

async function idsInOrg(org: SandboxOrg): Promise<readonly string[]> {
  const { body } = await org.call("GET", "/sandbox/keys/groups");
  return (body as { readonly keys: readonly string[] }).keys.toSorted();
}

async function addGroups(org: SandboxOrg, count: number): Promise<void> {
  const add = (n: number) => org.call("POST", "/api/v1/groups", { profile: { name: `Crew ${n}`, description: "=cmd()" } });
  for (let n = 0; n < count; n += 20) await Promise.all(Array.from({ length: Math.min(20, count - n) }, (_, at) => add(n + at)));
}

/** All that the list shows of what the org holds, once it shows so many. */
function listedAll(api: ApiClient, count: number): Promise<readonly KeptRecord[]> {
  return until(`${count} records are listed`, async () => {
    let [all, cursor]: [readonly KeptRecord[], string | null] = [[], ""];
    while (cursor !== null) {
      const page: RecordList = await api.get(`${groups}?limit=200&sort=id${cursor === "" ? "" : `&cursor=${cursor}`}`);
      [all, cursor] = [[...all, ...page.records], page.nextCursor];
    }
    return all.length === count ? all : undefined;
  });
}

/** Has the run begun to store a page of its listing? */
async function isStoring(api: ApiClient, id: string): Promise<boolean> {
  const { entries } = await api.get<{ entries: readonly { readonly facts: { readonly name?: string } }[] }>(`/v1/runs/${id}/log`);
  return entries.some(({ facts }) => facts.name === "upsert");
}

test(
  "shows groups with when they were seen, marks one that the org has deleted, and exports them",
  async () => {
    await withJourney(async (journey) => {
      const org = await journey.sandbox();
      const controller = await journey.controllerProcess({});
      const { api } = controller;
      await connect(api, org);
      await addGroups(org, 3);
      const ids = await idsInOrg(org);

      const fetched = await controller.longarm("records", "fetch", "groups", "--connection", "sandbox");
      equal(fetched.code, 0, fetched.stderr);
      match(fetched.stdout, new RegExp(`Everything: ${ids.length} objects read, ${ids.length} records written, 0 marked as deleted`));
      const first = await listed(api, "sort=id", ids.length);
      deepEqual(
        first.map(({ id }) => id),
        ids,
      );
      ok(
        first.every(({ firstSeenAt, syncedAt, deletedAt, source }) => firstSeenAt === syncedAt && deletedAt === null && source === "sync"),
      );

      const gone = first.find(({ object }) => object["name"] === "Crew 1");
      await org.call("DELETE", `/api/v1/groups/${gone?.id}`);
      const again = (await fetchGroups(api)).output as { readonly markedDeleted: number };
      equal(again.markedDeleted, 1);
      const [marked] = await listed(api, "filter=deleted:true", 1);
      deepEqual([marked?.id, marked?.firstSeenAt, marked?.syncedAt], [gone?.id, gone?.firstSeenAt, gone?.syncedAt]);
      const [kept] = await listed(api, "filter=deleted:false,name:%22Crew 2%22", 1);
      ok((kept?.syncedAt ?? "") > (kept?.firstSeenAt ?? ""));

      const csv = await controller.longarm("records", "export", "groups", "--format", "csv", "--filter", "deleted:false");
      equal(csv.stdout.trim().split("\n").length, ids.length);
      match(csv.stdout, /Crew 2,OKTA_GROUP,'=cmd\(\)/);
      const shown = await controller.longarm("records", "show", "groups", "Crew 2");
      match(shown.stdout, /last seen .*\(sync\)/);
    });
  },
  { timeoutMs: 60_000 },
);

test(
  "come out the same when the controller is killed in the middle of a pull, and when the view's file is deleted",
  async () => {
    await withJourney(async (journey) => {
      const [broker, org] = await Promise.all([journey.broker(), journey.sandbox()]);
      const before = await journey.controllerProcess({ broker, name: "one" });
      await connect(before.api, org);
      await addGroups(org, 900);
      const ids = await idsInOrg(org);
      const { id } = await before.api.post<RunShown>(`${groups}/fetch`, { body: { connection: "sandbox" } });
      await until("its first page is being stored", () => isStoring(before.api, id));
      before.process.kill("SIGKILL");
      await before.process.exited;

      const after = await journey.controllerProcess({ broker, name: "one" });
      const run = await finished(after.api, id, 30);
      deepEqual([run.status, (run.output as { readonly read: number }).read], ["succeeded", ids.length], JSON.stringify(run.error));
      const seen = await listedAll(after.api, ids.length);
      deepEqual(
        seen.map((record) => record.id),
        ids,
      );

      after.process.kill("SIGKILL");
      await after.process.exited;
      for (const file of ["records.db", "records.db-wal", "records.db-shm"]) rmSync(join(after.data, file), { force: true });
      const third = await journey.controllerProcess({ broker, name: "one" });
      const rebuilt = await listedAll(third.api, ids.length);
      deepEqual(
        rebuilt.map(({ ageMs: _age, ...record }) => record),
        seen.map(({ ageMs: _age, ...record }) => record),
      );
    });
  },
  { timeoutMs: 60_000 },
);

test(
  "of a user are looked up where they are older than asked, and say how old they are",
  async () => {
    await withJourney(async (journey) => {
      const org = await journey.sandbox();
      const controller = await journey.controllerProcess({});
      const { api } = controller;
      await connect(api, org);
      const path = "/v1/records/users/sandbox/user000007@example.com";
      const unknown = await api.ask<{ code: string }>("GET", path, { accept: [404] });
      equal(unknown.body.code, "unknown_record");
      const live = await api.get<KeptRecord>(`${path}?maxAge=60s`);
      deepEqual([live.source, (live.object["profile"] as { login: string }).login], ["live", "user000007@example.com"]);
      ok(live.ageMs < 30_000);
      const asked = await requestsOf(org, "GET /api/v1/users/{id}");
      const cached = await until("the view knows the login", async () => {
        const { status, body } = await api.ask<KeptRecord>("GET", path, { accept: [404] });
        return status === 200 ? body : undefined;
      });
      equal(cached.syncedAt, live.syncedAt);
      equal((await api.get<KeptRecord>(`${path}?maxAge=1h`)).syncedAt, live.syncedAt);
      equal(await requestsOf(org, "GET /api/v1/users/{id}"), asked);
      ok((await api.get<KeptRecord>(`${path}?maxAge=0s`)).syncedAt > live.syncedAt);
      const nobody = await api.ask<{ code: string }>("GET", "/v1/records/users/sandbox/nobody@example.com?maxAge=1s", { accept: [404] });
      equal(nobody.body.code, "user_not_found");
    });
  },
  { timeoutMs: 60_000 },
);

/** The org sends its events to the controller, which acts in it as somebody else than the test does. */
async function sendEvents(org: SandboxOrg, { api, url }: JourneyController): Promise<void> {
  const { client } = await serviceApp(org, { scopes: ["okta.groups.read", "okta.apps.read"] });
  const body = { scheme: "oauth", clientId: client.clientId, privateKey: client.privateKey.reveal() };
  await api.ask("PUT", "/v1/credentials/sandbox", { body });
  const { secret } = (await api.ask<{ readonly secret: string }>("PUT", "/v1/hooks/sandbox", { body: {} })).body;
  const items = ["group.lifecycle.create", "group.lifecycle.delete", "group.user_membership.add", "application.lifecycle.create"];
  const made = await org.call("POST", "/api/v1/eventHooks", {
    name: "Longarm",
    events: { type: "EVENT_TYPE", items },
    channel: {
      type: "HTTP",
      version: "1.0.0",
      config: { uri: `${url}/hooks/okta/sandbox`, authScheme: { type: "HEADER", key: "Authorization", value: secret } },
    },
  });
  const { id } = made.body as { readonly id: string };
  equal((await org.call("POST", `/api/v1/eventHooks/${id}/lifecycle/verify`)).status, 200);
}

test(
  "are kept by what the org's hook tells, once a sample trigger is bound and enabled",
  async () => {
    await withJourney(async (journey) => {
      const org = await journey.sandbox();
      const controller = await journey.controllerProcess({ more: { publicUrl: "https://longarm.example.com" } });
      const { api } = controller;
      await connect(api, org);
      await sendEvents(org, controller);
      for (const sample of ["okta.groupRecords", "okta.applicationRecords"]) {
        const name = sample.replace("okta.", "");
        const set = await controller.longarm("triggers", "set", name, "--from", sample, "--connection", "sandbox", "--enable");
        equal(set.code, 0, set.stderr);
      }
      const { id } = (await org.call("POST", "/api/v1/groups", { profile: { name: "Crew" } })).body as { readonly id: string };
      const [made] = await listed(api, "filter=name:Crew", 1);
      deepEqual([made?.id, made?.source, made?.deletedAt], [id, "hook", null]);
      await org.call("DELETE", `/api/v1/groups/${id}`);
      const [gone] = await listed(api, "filter=deleted:true", 1);
      deepEqual([gone?.id, gone?.firstSeenAt], [id, made?.firstSeenAt]);
      const settings = { app: { requestIntegration: false, url: "https://mail.example.com" } };
      const app = await org.call("POST", "/api/v1/apps", { name: "bookmark", label: "Mail", signOnMode: "BOOKMARK", settings });
      const kept = await until("the application is kept", async () => {
        const { records } = await api.get<RecordList>("/v1/records/applications?filter=label:Mail");
        return records[0];
      });
      equal(kept.id, (app.body as { readonly id: string }).id);
    });
  },
  { timeoutMs: 60_000 },
);

test.run();
