import assert from "node:assert/strict";
import type { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import { connect, withJourney } from "../support/journey.ts";
import { effectsOf, requestsOf, type RunShown, submit } from "../support/journey-runs.ts";
import type { SandboxOrg } from "../support/sandbox.ts";
import { suite } from "../support/suite.ts";

const test = suite("fields that only this org has");
const user = "user000001@example.com";
const schemaRoute = "GET /api/v1/meta/schemas/user/{schemaId}";

async function define(org: SandboxOrg, properties: object, kind: "user" | "group" = "user"): Promise<void> {
  const { status } = await org.call("POST", `/api/v1/meta/schemas/${kind}/default`, { definitions: { custom: { properties } } });
  assert.equal(status, 200);
}

function withApi(work: (api: ApiClient, org: SandboxOrg) => Promise<void>): Promise<void> {
  return withJourney(async (journey) => {
    const [controller, org] = await Promise.all([journey.controller(), journey.sandbox()]);
    await connect(controller.api, org);
    await work(controller.api, org);
  });
}

function update(api: ApiClient, set: object, more: object = {}): Promise<RunShown> {
  return submit(api, { action: "okta.user.updateProfile", connection: "sandbox", input: { user, set }, ...more });
}

test("are refused with every fault at once before anything is sent, and in a dry run", () =>
  withApi(async (api, org) => {
    await define(org, { badge: { title: "Badge", type: "integer" }, shirt: { title: "Shirt", type: "string", enum: ["S", "M"] } });
    for (const dryRun of [false, true]) {
      const run = await update(api, { badge: "7", shirt: "XL", titel: "x" }, { dryRun });
      assert.deepEqual([run.status, run.error?.code], ["failed", "invalid_request"]);
      const { faults = [] } = (run.error?.details ?? {}) as { faults?: readonly { pointer: string }[] };
      assert.deepEqual(
        faults.map(({ pointer }) => pointer),
        ["/set/badge", "/set/shirt", "/set/titel"],
      );
    }
    assert.equal((await effectsOf(org, "user.updated")).length, 0);
    assert.equal(await requestsOf(org, "POST /api/v1/users/{id}"), 0);
  }));

test("are known from one look at the schema, and looked for again when one is missing", () =>
  withApi(async (api, org) => {
    for (const title of ["A", "B", "C"]) assert.equal((await update(api, { title })).status, "succeeded");
    assert.equal(await requestsOf(org, schemaRoute), 1);
    await define(org, { badge: { title: "Badge", type: "integer" } });
    const run = await update(api, { badge: 7 });
    assert.equal(run.status, "succeeded", run.error?.message);
    assert.equal((run.output as { profile: { badge?: unknown } }).profile.badge, 7);
    assert.equal(await requestsOf(org, schemaRoute), 2);
  }));

test("are demanded of a new user when they are mandatory, and of a group too", () =>
  withApi(async (api, org) => {
    await define(org, { badge: { title: "Badge", type: "integer", required: true } });
    await define(org, { owner: { title: "Owner", type: "string" } }, "group");
    const profile = { firstName: "Ada", lastName: "Lovelace", email: "ada@example.com", login: "ada@example.com" };
    const create = (fields: object) =>
      submit(api, { action: "okta.user.create", connection: "sandbox", input: { profile: fields, activate: false } });
    assert.match((await create(profile)).error?.message ?? "", /input\/profile\/badge is mandatory in this org and absent/);
    assert.equal((await create({ ...profile, badge: 7 })).status, "succeeded");
    const group = (set: object) => submit(api, { action: "okta.group.create", connection: "sandbox", input: { name: "Navigators", set } });
    assert.match(
      (await group({ ownre: "Ada" })).error?.message ?? "",
      /input\/set\/ownre is no field of a group in this org; did you mean owner\?/,
    );
    assert.equal((await group({ owner: "Ada" })).status, "succeeded");
  }));

test("are left to Okta when the credential may not read the schema", () =>
  withApi(async (api, org) => {
    await org.call("POST", "/sandbox/faults", {
      match: { method: "GET", path: "/api/v1/meta/schemas/user/{schemaId}" },
      kind: "status",
      status: 403,
    });
    assert.equal((await update(api, { title: "Countess" })).status, "succeeded");
    assert.equal((await update(api, { titel: "x" })).error?.code, "call_rejected");
    assert.equal(await requestsOf(org, schemaRoute), 1);
  }));

test.run();
