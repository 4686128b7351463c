import assert from "node:assert/strict";
import { okta } from "@longarm/okta";
import { createCatalogue } from "@longarm/spoke";
import type { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import type { KeptRecord, RecordList } from "../../packages/cli/src/api/record-types.ts";
import { proves, withHookReceiver } from "../support/hook-receiver.ts";
import { connect, withJourney } from "../support/journey.ts";
import { finished, type RunShown, submit } from "../support/journey-runs.ts";
import type { SandboxOptions } from "@longarm/sandbox";
import type { SandboxOrg } from "../support/sandbox.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const test = suite("faults that other products have");
const user = "user000001@example.com";

function withApi(
  options: SandboxOptions,
  work: (of: { readonly api: ApiClient; readonly org: SandboxOrg }) => Promise<void>,
): Promise<void> {
  return withJourney(async (journey) => {
    const [controller, org] = await Promise.all([journey.controller(), journey.sandbox({ users: 5, indexLagMs: 0, ...options })]);
    await connect(controller.api, org);
    await work({ api: controller.api, org });
  });
}

async function output(api: ApiClient, action: string, input: object): Promise<Readonly<Record<string, unknown>>> {
  const run = await submit(api, { action, connection: "sandbox", input }, { wait: 20 });
  assert.equal(run.status, "succeeded", `${action}: ${run.error?.message}`);
  return run.output as Readonly<Record<string, unknown>>;
}

async function makeGroups(org: SandboxOrg, names: readonly string[]): Promise<readonly string[]> {
  const made = await Promise.all(names.map((name) => org.call("POST", "/api/v1/groups", { profile: { name } })));
  return made.map(({ body }) => (body as { id: string }).id);
}

test("a membership that stands behind the first page is seen", () =>
  withApi({ limits: "off" }, async ({ api, org }) => {
    const ids = await makeGroups(
      org,
      Array.from({ length: 260 }, (_, n) => `Group ${String(n).padStart(3, "0")}`),
    );
    const { id } = (await org.call("GET", `/api/v1/users/${user}`)).body as { id: string };
    await Promise.all(ids.map((group) => org.call("PUT", `/api/v1/groups/${group}/users/${id}`)));
    const answers = await Promise.all(ids.slice(-3).map((group) => output(api, "okta.group.hasUser", { group, user })));
    assert.deepEqual(answers, [{ isMember: true }, { isMember: true }, { isMember: true }]);
  }));

test("an update leaves alone what it does not name, sets to the empty text, and clears", () =>
  withApi({}, async ({ api, org }) => {
    await org.call("POST", `/api/v1/users/${user}`, { profile: { title: "Countess", nickName: "Ada", city: "London" } });
    await output(api, "okta.user.updateProfile", { user, set: { nickName: "" }, clear: ["city"] });
    const { profile } = (await output(api, "okta.user.getProfile", { user })) as { profile: Record<string, unknown> };
    assert.deepEqual([profile["title"], profile["nickName"], profile["city"] ?? null], ["Countess", "", null]);
  }));

test("a pull of changed groups that breaks off gives no watermark to go on from", () =>
  withApi({ limits: "off" }, async ({ api, org }) => {
    await makeGroups(
      org,
      Array.from({ length: 210 }, (_, n) => `Group ${n}`),
    );
    await org.call("POST", "/sandbox/faults", { match: { method: "GET", path: "/api/v1/groups", skip: 1 }, kind: "status", status: 403 });
    const pull = { action: "okta.group.getChanged", connection: "sandbox", input: {}, retry: { attempts: 1 } };
    const broken = await submit(api, pull);
    assert.deepEqual([broken.status, broken.output], ["failed", null]);
    await org.call("DELETE", "/sandbox/faults");
    assert.ok(typeof (await output(api, "okta.group.getChanged", {}))["watermark"] === "string");
  }));

async function pull(api: ApiClient, mode: "full" | "changes"): Promise<RunShown> {
  const { id } = await api.post<RunShown>("/v1/records/groups/fetch", { body: { connection: "sandbox", mode } });
  return finished(api, id, 20);
}

async function countOf(api: ApiClient, filter: string): Promise<number> {
  let [count, cursor]: [number, string | null] = [0, ""];
  while (cursor !== null) {
    const from: string = cursor === "" ? "" : `&cursor=${cursor}`;
    const page: RecordList = await api.get(`/v1/records/groups?limit=200&filter=${encodeURIComponent(filter)}${from}`);
    [count, cursor] = [count + page.records.length, page.nextCursor];
  }
  return count;
}

test(
  "a pull that breaks off leaves the records where they were, and the next one reads all that this one did not",
  () =>
    withApi({ limits: "off" }, async ({ api, org }) => {
      assert.equal((await pull(api, "full")).status, "succeeded");
      const before = ((await org.call("GET", "/sandbox/keys/groups")).body as { readonly keys: readonly string[] }).keys.length;
      await makeGroups(
        org,
        Array.from({ length: 210 }, (_, n) => `Group ${n}`),
      );
      await org.call("POST", "/sandbox/faults", { match: { method: "GET", path: "/api/v1/groups", skip: 1 }, kind: "status", status: 403 });
      assert.equal((await pull(api, "changes")).status, "failed");
      await org.call("DELETE", "/sandbox/faults");
      const { output: read } = await pull(api, "changes");
      assert.ok((read as { readonly read: number }).read >= 210, JSON.stringify(read));
      await until("the list shows them", async () => (await countOf(api, "deleted:false")) === before + 210);
    }),
  { timeoutMs: 40_000 },
);

test("a group that the org has deleted is marked in its record, and does not stay for ever as if it were there", () =>
  withApi({}, async ({ api, org }) => {
    const [gone = "", kept = ""] = await makeGroups(org, ["Gone", "Kept"]);
    await pull(api, "full");
    await org.call("DELETE", `/api/v1/groups/${gone}`);
    assert.equal(((await pull(api, "full")).output as { readonly markedDeleted: number }).markedDeleted, 1);
    const show = (id: string) => api.get<KeptRecord>(`/v1/records/groups/sandbox/${id}`);
    assert.ok((await show(gone)).deletedAt !== null);
    assert.equal((await show(kept)).deletedAt, null);
  }));

test("a deactivated user is DEPROVISIONED, as Okta says it", () =>
  withApi({}, async ({ api }) => {
    assert.deepEqual(await output(api, "okta.user.deactivate", { user }), { status: "DEPROVISIONED", changed: true });
  }));

test("a deletion is told only of a user that is gone, and never stops at its deactivation", () =>
  withApi({}, async ({ api, org }) => {
    const refused = await submit(api, { action: "okta.user.delete", connection: "sandbox", input: { user } });
    assert.equal(refused.error?.code, "invalid_state");
    assert.equal((await org.call("GET", `/api/v1/users/${user}`)).status, 200);
    await output(api, "okta.user.delete", { user, ifActive: "deactivateFirst" });
    assert.equal((await org.call("GET", `/api/v1/users/${user}`)).status, 404);
  }));

test("every action that holds a profile to the org's schema names the scope to read it", () => {
  const held = ["okta.user.create", "okta.user.updateProfile", "okta.group.create", "okta.group.update", "okta.metadata.userFields"];
  for (const name of held) assert.ok(createCatalogue([okta]).get(name)?.scopes.includes("okta.schemas.read"), name);
});

test(
  "a stream waits for a rate limit's window to pass, however long that is, and has every item once",
  () =>
    withApi({ users: 900, limits: { concurrent: 75, buckets: [{ covers: "*", perWindow: 2 }] }, limitWindowMs: 2_000 }, async ({ api }) => {
      const run = await submit(api, { action: "okta.user.stream", connection: "sandbox", input: {}, retry: { attempts: 1 } }, { wait: 25 });
      assert.deepEqual([run.status, (run as unknown as { progress: { items: number } }).progress.items], ["succeeded", 900]);
    }),
  { timeoutMs: 40_000 },
);

test("a name is looked up whole, not by its beginning", () =>
  withApi({}, async ({ api, org }) => {
    await makeGroups(org, ["Sales Europe", "Sales"]);
    const { group } = (await output(api, "okta.group.findIdByName", { name: "Sales" })) as { group: { name: string } };
    assert.equal(group.name, "Sales");
    assert.deepEqual((await output(api, "okta.group.findIdByName", { name: "Sales E" }))["found"], false);
  }));

test("a hook that is active but not verified is not taken for a working one", () =>
  withApi({}, async ({ api }) => {
    const wish = { name: "Hook", events: ["user.lifecycle.create"], authValue: "secret" };
    await withHookReceiver(
      () => ({ status: 403, body: {} }),
      async (uri) => {
        const made = await output(api, "okta.eventHook.create", { ...wish, uri });
        assert.deepEqual([made["status"], made["verificationStatus"]], ["ACTIVE", "UNVERIFIED"]);
        assert.ok(typeof made["verificationProblem"] === "string");
      },
    );
    await withHookReceiver(proves, async (uri) => {
      const made = await output(api, "okta.eventHook.create", { ...wish, uri: `${uri}/2` });
      assert.deepEqual([made["verificationStatus"], made["verificationProblem"]], ["VERIFIED", null]);
    });
  }));

test.run();
