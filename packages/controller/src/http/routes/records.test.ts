import { deepEqual, equal, match } from "node:assert/strict";
import { newApiToken } from "../../access/api-token.ts";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { type ScriptedController, withScriptedController } from "../../../../../test/support/scripted-controller.ts";
import { suite } from "../../../../../test/support/suite.ts";
import type { RecordKey } from "../../ports/record-store.ts";

const test = suite("routes of records");
const nowMs = Date.UTC(2026, 10, 27, 12);

function group(id: string, connection = "acme"): RecordKey {
  return { kind: "groups", connection, id };
}

function withRecords(body: (controller: ScriptedController, clock: ManualClock) => Promise<void>): Promise<void> {
  const clock = new ManualClock(nowMs);
  return withScriptedController(
    async (controller) => {
      const { keep } = controller.records;
      await keep(group("00g1"), { id: "00g1", name: "Sales", type: "OKTA_GROUP", description: null });
      await keep(group("00g2"), { id: "00g2", name: "engineering", type: "OKTA_GROUP", description: "=1+1" }, { syncedAt: nowMs - 60_000 });
      await keep(group("00g3"), { id: "00g3", name: "Everyone", type: "BUILT_IN" }, { deletedAt: nowMs - 5_000, source: "hook" });
      await keep(group("00g4", "other"), { id: "00g4", name: "Abroad", type: "APP_GROUP" });
      await body(controller, clock);
    },
    { clock },
  );
}

interface Listed {
  readonly records: readonly { readonly id: string; readonly object: { readonly name: string } }[];
  readonly nextCursor: string | null;
  readonly asOf: string | null;
}

async function list({ ask }: ScriptedController, query: string): Promise<Listed> {
  const answer = await ask("GET", `/v1/records/groups${query}`);
  equal(answer.status, 200, query);
  return (await answer.json()) as Listed;
}

async function idsOf(controller: ScriptedController, query: string): Promise<string> {
  return (await list(controller, query)).records.map(({ id }) => id.slice(-1)).join("");
}

test("tell of what records are kept, and by which fields they are listed", () =>
  withRecords(async ({ ask }) => {
    const { kinds } = (await (await ask("GET", "/v1/records")).json()) as { kinds: readonly { kind: string; fields: readonly string[] }[] };
    deepEqual(
      kinds.map(({ kind }) => kind),
      ["applications", "groups", "users"],
    );
    deepEqual(kinds[1]?.fields, ["name", "type", "description"]);
  }));

test("list by the name, whichever case it has, and say how current the list is", () =>
  withRecords(async (controller) => {
    const { records, asOf, nextCursor } = await list(controller, "");
    deepEqual(
      records.map(({ object }) => object.name),
      ["Abroad", "engineering", "Everyone", "Sales"],
    );
    deepEqual([asOf, nextCursor], [new Date(nowMs).toISOString(), null]);
  }));

const filters = [
  ["?filter=type:OKTA_GROUP", "21"],
  ["?filter=type:OKTA_GROUP|APP_GROUP", "421"],
  ["?filter=type:OKTA_GROUP,name:sales", "1"],
  ["?filter=deleted:true", "3"],
  ["?filter=deleted:false", "421"],
  ["?filter=source:hook", "3"],
  ["?connection=other", "4"],
  ["?q=ever", "3"],
  ["?q=100%25", ""],
  ["?sort=-name", "1324"],
  ["?sort=syncedAt", "2134"],
  ["?sort=-deletedAt&limit=1", "3"],
] as const;

test("filter, search and sort as they are asked", () =>
  withRecords(async (controller) => {
    for (const [query, ids] of filters) equal(await idsOf(controller, query), ids, query);
  }));

test("page without a gap in either direction", () =>
  withRecords(async (controller) => {
    for (const [sort, expected] of [
      ["name", "4231"],
      ["-name", "1324"],
      ["deletedAt", "1243"],
    ] as const) {
      let [found, cursor]: [string, string | null] = ["", ""];
      for (; cursor !== null;) {
        const page: Listed = await list(controller, `?sort=${sort}&limit=1${cursor === "" ? "" : `&cursor=${cursor}`}`);
        found += page.records.map(({ id }) => id.slice(-1)).join("");
        cursor = page.nextCursor;
      }
      equal(found, expected, sort);
    }
  }));

test("refuse fields, sorts, filters and cursors that there are not, naming those there are", () =>
  withRecords(async ({ ask }) => {
    const refusals = [
      ["?filter=colour:red", /name, type, description, deleted, source/],
      ["?filter=name", /reads? on from its character 1/],
      ["?filter=deleted:perhaps", /deleted:true/],
      ["?sort=colour", /must be one of name, type, description/],
      ["?sort=name&cursor=abc", /no cursor of this list/],
    ] as const;
    for (const [query, sentence] of refusals) {
      const answer = await ask("GET", `/v1/records/groups${query}`);
      const body = (await answer.json()) as { readonly code: string };
      deepEqual([answer.status, body.code], [422, "invalid_request"], query);
      match(JSON.stringify(body), sentence);
    }
    equal((await ask("GET", "/v1/records/planets")).status, 422);
  }));

test("export everything that the filter leaves as NDJSON and as CSV, in which no formula stands", () =>
  withRecords(async ({ ask }) => {
    const lines = (await (await ask("GET", "/v1/records/groups?format=ndjson&limit=1")).text()).trim().split("\n");
    deepEqual(
      lines.map((line) => (JSON.parse(line) as { id: string }).id),
      ["00g1", "00g2", "00g3", "00g4"],
    );
    const csv = await ask("GET", "/v1/records/groups?format=csv&filter=type:OKTA_GROUP");
    match(csv.headers.get("content-type") ?? "", /^text\/csv/);
    const [head, ...rows] = (await csv.text()).trim().split("\r\n");
    equal(head, "connection,id,name,type,description,changedAt,firstSeenAt,syncedAt,deletedAt,source");
    match(rows[1] ?? "", /^acme,00g2,engineering,OKTA_GROUP,'=1\+1,/);
    equal(rows.length, 2);
  }));

test("show one by its id or its name, and how old it is", () =>
  withRecords(async ({ ask }) => {
    for (const name of ["00g2", "Engineering"]) {
      const answer = await ask("GET", `/v1/records/groups/acme/${name}`);
      const record = (await answer.json()) as { readonly id: string; readonly ageMs: number; readonly firstSeenAt: string };
      deepEqual([record.id, record.ageMs, answer.headers.get("age")], ["00g2", 60_000, "60"]);
      equal(record.firstSeenAt, new Date(nowMs).toISOString());
    }
    const absent = await ask("GET", "/v1/records/groups/acme/00g9");
    deepEqual([absent.status, ((await absent.json()) as { code: string }).code], [404, "unknown_record"]);
  }));

test("show nothing of connections that somebody may not use", () =>
  withRecords(async ({ url, apiKeys }) => {
    const token = newApiToken();
    await apiKeys.add(token, { principal: "ci", scopes: ["records:read"], connections: ["acme"] });
    const ask = (path: string) => fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token.reveal()}` } });
    const { records } = (await (await ask("/v1/records/groups")).json()) as Listed;
    equal(records.length, 3);
    equal((await (await ask("/v1/records/groups?format=ndjson")).text()).includes("00g4"), false);
    for (const path of ["/v1/records/groups?connection=other", "/v1/records/groups/other/00g4"]) equal((await ask(path)).status, 403, path);
    equal((await ask("/v1/records/groups/acme/00g1?maxAge=1s")).status, 403);
  }));

test("are fetched by a run of the kind's flow, of who asked and once for each key", () =>
  withRecords(async ({ ask, runs }) => {
    const fetchGroups = (body: unknown) => ask("POST", "/v1/records/groups/fetch", { body, headers: { "idempotency-key": "k" } });
    const answer = await fetchGroups({ connection: "acme", maxDeleted: 3 });
    const run = (await answer.json()) as { readonly id: string };
    deepEqual([answer.status, answer.headers.get("location")], [202, `/v1/runs/${run.id}`]);
    const [{ action, connection, input, lane, principal, idempotencyKey, terms } = {} as never] = runs.submitted;
    deepEqual([action, connection, input], ["okta.flow.pullGroups", "acme", { mode: "full", maxDeleted: 3 }]);
    deepEqual([lane, principal, idempotencyKey], ["standard", "tester", "k"]);
    deepEqual(terms, { concurrencyKey: "records groups", concurrencyLimit: 1 });
    const users = await ask("POST", "/v1/records/users/fetch", { body: { connection: "acme" } });
    equal(users.status, 422);
    match(await users.text(), /looked up one by one/);
  }));

test("are looked up by an interactive run where they are older than asked, and only then", () =>
  withRecords(async ({ ask, runs, records }) => {
    runs.endings.set("okta.flow.upsertGroupRecord", { output: { id: "00g2", found: true, changed: true } });
    equal((await ask("GET", "/v1/records/groups/acme/00g2?maxAge=2m")).status, 200);
    equal(runs.submitted.length, 0);
    await records.keep(group("00g2"), { id: "00g2", name: "Engineering" });
    await records.keep(group("00g2"), { id: "00g2", name: "Engineering" }, { syncedAt: nowMs - 60_000 });
    equal((await ask("GET", "/v1/records/groups/acme/engineering?maxAge=10s")).status, 200);
    const [{ action, connection, input, lane } = {} as never] = runs.submitted;
    deepEqual([action, connection, lane], ["okta.flow.upsertGroupRecord", "acme", "interactive"]);
    deepEqual(input, { group: "00g2", source: "live" });
  }));

test("tell what a look-up failed with", () =>
  withRecords(async ({ ask, runs }) => {
    const error = { code: "user_not_found", message: "No user is called so.", retryable: false } as const;
    runs.endings.set("okta.flow.upsertUserRecord", { status: "failed", error });
    const answer = await ask("GET", "/v1/records/users/acme/ada?maxAge=1s");
    deepEqual([answer.status, ((await answer.json()) as { code: string }).code], [404, "user_not_found"]);
  }));

test("are looked up and fetched by nobody who may not write records and submit runs", () =>
  withRecords(async ({ url, apiKeys, runs }) => {
    for (const scopes of [["records:read"], ["records:read", "records:write"], ["records:read", "runs:submit"]]) {
      const token = newApiToken();
      await apiKeys.add(token, { principal: "ci", scopes });
      const headers = { authorization: `Bearer ${token.reveal()}`, "content-type": "application/json" };
      equal((await fetch(`${url}/v1/records/groups/acme/00g1?maxAge=0s`, { headers })).status, 403);
      equal((await fetch(`${url}/v1/records/groups/fetch`, { method: "POST", headers, body: "{}" })).status, 403);
      equal((await fetch(`${url}/v1/records/groups/acme/00g1`, { headers })).status, 200);
    }
    equal(runs.submitted.length, 0);
  }));

test.run();
