import { deepEqual, equal, match, ok } from "node:assert/strict";
import { newApiToken } from "../../access/api-token.ts";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { type ScriptedController, withScriptedController } from "../../../../../test/support/scripted-controller.ts";
import { suite } from "../../../../../test/support/suite.ts";
import type { Problem } from "../problem.ts";

const test = suite("routes of schedules");

type Json = Record<string, unknown>;

const nightly = { target: { action: "okta.user.get", input: { user: "ada@example.com" } }, cron: "30 2 * * *", timeZone: "Europe/Berlin" };

/** A request such as `GET /v1/schedules`. */
async function send({ ask }: ScriptedController, line: string, sent: Parameters<ScriptedController["ask"]>[2] = {}) {
  const [method = "", path = ""] = line.split(" ");
  const response = await ask(method, path, sent);
  const text = await response.text();
  return { status: response.status, etag: response.headers.get("etag"), body: (text === "" ? {} : JSON.parse(text)) as Json & Problem };
}

function withController(body: (controller: ScriptedController, clock: ManualClock) => Promise<void>): Promise<void> {
  const clock = new ManualClock(Date.parse("2027-03-26T12:00:00Z"));
  return withScriptedController((controller) => body(controller, clock), { clock });
}

function faultsOf(problem: Problem): string[] {
  return (problem.details as { faults: { pointer: string; problem: string }[] }).faults.map(
    ({ pointer, problem: what }) => `${pointer} ${what}`,
  );
}

test("keep a schedule as it is written, and tell its next slots with what the clock's change does to them", () =>
  withController(async (controller) => {
    const made = await send(controller, "PUT /v1/schedules/nightly", { body: nightly });
    deepEqual([made.status, made.etag], [201, '"1-1"'], JSON.stringify(made.body));
    deepEqual([made.body["cron"], made.body["timeZone"], made.body["overlap"]], ["30 2 * * *", "Europe/Berlin", "skip"]);
    deepEqual(made.body["catchUp"], { policy: "latest", count: 10, age: "1h", grace: "10s" });
    equal((made.body["state"] as Json)["next"], "2027-03-27T01:30:00.000Z");
    const { slots } = (await send(controller, "GET /v1/schedules/nightly/next?count=3")).body as unknown as { slots: Json[] };
    deepEqual(
      slots.map(({ local }) => local),
      ["2027-03-27T02:30:00+01:00", "2027-03-28T03:00:00+02:00", "2027-03-29T02:30:00+02:00"],
    );
    match(String(slots[1]?.["note"]), /The clock of Europe\/Berlin is put forward/);
    const stale = await send(controller, "PUT /v1/schedules/nightly", { body: nightly, headers: { "if-none-match": "*" } });
    equal(stale.body.code, "conflict");
    equal((await send(controller, "DELETE /v1/schedules/nightly")).status, 204);
    equal((await send(controller, "GET /v1/schedules/nightly")).body.code, "unknown_schedule");
  }));

test("refuse what can never fire and what is not understood, each fault in its place", () =>
  withController(async (controller) => {
    const refused = async (over: Json): Promise<string> => {
      const { status, body } = await send(controller, "PUT /v1/schedules/nightly", { body: { ...nightly, ...over } });
      deepEqual([status, body.code], [422, "invalid_request"], JSON.stringify(body));
      return faultsOf(body).join("; ");
    };
    match(await refused({ cron: "0 0 30 2 *" }), /^\/cron never comes/);
    match(await refused({ end: "2027-03-26T13:00:00Z" }), /^\/cron never comes/);
    match(
      await refused({ cron: "0 0 * * 8", timeZone: "Mars/Base", exclude: ["soon"] }),
      /^\/cron "8" as the day of the week.*\/timeZone .*\/exclude /,
    );
    match(await refused({ every: "1h" }), /must be the only one of cron, every/);
    match(await refused({ cron: undefined, every: "1500ms" }), /^\/every must be whole seconds/);
    match(await refused({ start: "tomorrow", catchUp: { age: "long" } }), /^\/catchUp\/age must be a duration.*\/start must be a time/);
    match(await refused({ overlap: "both" }), /^\/overlap /);
  }));

test("pause with a note, resume, trigger and backfill", () =>
  withController(async (controller, clock) => {
    await send(controller, "PUT /v1/schedules/nightly", { body: nightly });
    const paused = await send(controller, "POST /v1/schedules/nightly/pause", { body: { note: "the org is moved" } });
    const state = paused.body["state"] as Json;
    deepEqual([(state["paused"] as Json)["note"], (state["paused"] as Json)["by"], state["next"]], ["the org is moved", "tester", null]);
    equal((await send(controller, "POST /v1/schedules/nightly/pause", { body: {} })).status, 422);
    await clock.advance(1_000);
    const resumed = await send(controller, "POST /v1/schedules/nightly/resume");
    equal((resumed.body["state"] as Json)["paused"], null);
    const run = await send(controller, "POST /v1/schedules/nightly/trigger");
    equal(run.status, 202);
    const shown = (await send(controller, "GET /v1/schedules/nightly")).body["state"] as Json & { running: Json[] };
    equal(shown.running[0]?.["runId"], run.body["id"]);
    const range = { from: "2027-03-01T00:00:00Z", to: "2027-03-10T01:30:00Z" };
    deepEqual((await send(controller, "POST /v1/schedules/nightly/backfill", { body: range })).body, { slots: 10 });
    const far = await send(controller, "POST /v1/schedules/nightly/backfill", { body: { ...range, to: "2028-01-01T00:00:00Z" } });
    match(faultsOf(far.body)[0] ?? "", /^\/to lies in the time to come/);
    ok(controller.audit.acts.some(({ record }) => JSON.stringify(record.body).includes("the org is moved")));
  }));

test("take the terms that a run takes, show them as they are written, and refuse them with their places", () =>
  withController(async (controller) => {
    const terms = { retry: { attempts: 2, within: "1m" }, concurrencyKey: "k", concurrencyLimit: 3, startWithin: "5m", runWithin: "1h" };
    const put = await send(controller, "PUT /v1/schedules/nightly", { body: { ...nightly, target: { ...nightly.target, ...terms } } });
    equal(put.status, 201, JSON.stringify(put.body));
    deepEqual(put.body["target"], { ...nightly.target, lane: "standard", ...terms });
    await send(controller, "POST /v1/schedules/nightly/trigger");
    deepEqual(controller.runs.submitted.at(-1)?.terms, {
      ...{ retry: { attempts: 2, withinMs: 60_000 }, concurrencyKey: "k", concurrencyLimit: 3 },
      ...{ startWithinMs: 300_000, runWithinMs: 3_600_000 },
    });
    const wrong = { retry: { within: "soon" }, concurrencyLimit: 3, startWithin: "0s" };
    const refused = await send(controller, "PUT /v1/schedules/other", { body: { ...nightly, target: { ...nightly.target, ...wrong } } });
    match(
      faultsOf(refused.body).join("\n"),
      /^\/target\/concurrencyLimit .*\n\/target\/retry\/within .*\n\/target\/startWithin must be longer than nothing/,
    );
  }));

test("keep what a schedule was: who changed it, when, and what", () =>
  withController(async (controller, clock) => {
    await send(controller, "PUT /v1/schedules/nightly", { body: nightly });
    await clock.advance(1_000);
    const ada = newApiToken();
    await controller.apiKeys.add(ada, { principal: "ada", scopes: ["*"] });
    const headers = { authorization: `Bearer ${ada.reveal()}` };
    await send(controller, "PUT /v1/schedules/nightly", { body: { ...nightly, cron: "0 3 * * *", overlap: "buffer-one" }, headers });
    const { versions } = (await send(controller, "GET /v1/schedules/nightly/versions")).body as unknown as { versions: Json[] };
    deepEqual(
      versions.map(({ revision, definedBy, updatedAt, cron, changed }) => [revision, definedBy, updatedAt, cron, changed]),
      [
        [2, "ada", "2027-03-26T12:00:01.000Z", "0 3 * * *", ["cron", "overlap"]],
        [1, "tester", "2027-03-26T12:00:00.000Z", "30 2 * * *", null],
      ],
    );
    deepEqual((await send(controller, "GET /v1/schedules/nightly/versions/1")).body, versions[1]);
    const unknown = await send(controller, "GET /v1/schedules/nightly/versions/7");
    deepEqual([unknown.status, unknown.body.code], [404, "unknown_schedule"]);
    match(unknown.body.detail, /No version 7 of schedule "nightly" is kept; 1 to 2 are kept/);
  }));

test("show a version to nobody who may not use the connection that it had", () =>
  withController(async (controller) => {
    const on = (connection: string) => ({ body: { ...nightly, target: { ...nightly.target, connection } } });
    for (const connection of ["secret", "acme"]) await send(controller, "PUT /v1/schedules/nightly", on(connection));
    const reader = newApiToken();
    await controller.apiKeys.add(reader, { principal: "reader", scopes: ["schedules:read"], connections: ["acme"] });
    const headers = { authorization: `Bearer ${reader.reveal()}` };
    const { versions } = (await send(controller, "GET /v1/schedules/nightly/versions", { headers })).body as unknown as {
      versions: Json[];
    };
    deepEqual(
      versions.map(({ revision, changed }) => [revision, changed]),
      [[2, null]],
    );
    equal((await send(controller, "GET /v1/schedules/nightly/versions/1", { headers })).status, 404);
  }));

test("let the steps of its flow use what who defined it may, and of a run by hand what who starts it may", () =>
  withController(async (controller) => {
    const [author, starter] = [newApiToken(), newApiToken()];
    const scopes = ["schedules:write", "schedules:read", "runs:submit"];
    await controller.apiKeys.add(author, { principal: "author", scopes, connections: ["acme", "globex*"] });
    await controller.apiKeys.add(starter, { principal: "starter", scopes, connections: ["acme"] });
    const as = (token: typeof author) => ({ authorization: `Bearer ${token.reveal()}` });
    const target = { ...nightly.target, connection: "acme" };
    equal((await send(controller, "PUT /v1/schedules/nightly", { body: { ...nightly, target }, headers: as(author) })).status, 201);
    for (const token of [author, starter]) await send(controller, "POST /v1/schedules/nightly/trigger", { headers: as(token) });
    deepEqual(
      controller.runs.submitted.map(({ connections }) => connections),
      [["acme", "globex*"], ["acme"]],
    );
  }));

test("show a schedule to nobody who may not use its connection, and let nobody start runs who may not submit them", () =>
  withController(async (controller) => {
    await send(controller, "PUT /v1/schedules/nightly", { body: nightly });
    const [reader, writer] = [newApiToken(), newApiToken()];
    await controller.apiKeys.add(reader, { principal: "reader", scopes: ["schedules:read"], connections: ["other"] });
    await controller.apiKeys.add(writer, { principal: "writer", scopes: ["schedules:write", "schedules:read"] });
    const as = (token: typeof reader) => ({ authorization: `Bearer ${token.reveal()}` });
    deepEqual((await send(controller, "GET /v1/schedules", { headers: as(reader) })).body, { schedules: [] });
    equal((await send(controller, "GET /v1/schedules/nightly", { headers: as(reader) })).body.code, "not_allowed");
    for (const [line, body] of [
      ["PUT /v1/schedules/mine", nightly],
      ["POST /v1/schedules/nightly/trigger", undefined],
      ["POST /v1/schedules/nightly/resume", undefined],
    ] as const) {
      const refused = await send(controller, line, { headers: as(writer), ...(body && { body }) });
      equal(refused.body.code, "forbidden", line);
    }
  }));

test.run();
