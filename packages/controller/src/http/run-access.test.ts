import { deepEqual, equal } from "node:assert/strict";
import { type ScriptedController, withScriptedController } from "../../../../test/support/scripted-controller.ts";
import { suite } from "../../../../test/support/suite.ts";
import { newApiToken } from "../access/api-token.ts";
import type { ApiKeyWish } from "../ports/api-key-store.ts";
import { readConnection } from "./routes/connection-form.ts";

const test = suite("what restricted principals see and touch");

type Ask = (method: string, path: string, body?: unknown) => Promise<{ status: number; code: string | undefined; json: never }>;

async function restricted(controller: ScriptedController, wish: Partial<ApiKeyWish>): Promise<Ask> {
  const token = newApiToken();
  await controller.apiKeys.add(token, { principal: "ci", scopes: ["*"], ...wish });
  return async (method, path, body) => {
    const headers = { authorization: `Bearer ${token.reveal()}` };
    const response = await controller.ask(method, path, { headers, ...(body !== undefined && { body }) });
    const text = await response.text();
    const json = (text === "" || !text.startsWith("{") ? {} : JSON.parse(text)) as { code?: string };
    return { status: response.status, code: json.code, json: json as never };
  };
}

async function define(controller: ScriptedController, ...names: readonly string[]): Promise<void> {
  for (const name of names) await controller.connections.put(name, readConnection(name, { baseUrl: "https://acme.example.com" }));
}

const settled = { status: "succeeded", note: "seen" };
const byId = [
  ...(["", "/log", "/calls", "/items", "/secrets"] as const).map((tail) => ["GET", tail] as const),
  ...[["POST", "/cancel"] as const, ["POST", "/retry"] as const, ["POST", "/resolve", settled] as const, ["DELETE", ""] as const],
] as const;

test("a run of another connection is as unknown as one that never was, by every route", async () => {
  await withScriptedController(async (controller) => {
    const ask = await restricted(controller, { connections: ["acme*"] });
    const { id } = controller.runs.add({ connection: "other", status: "outcome_unknown" });
    const absent = `run_${"0".repeat(26)}`;
    for (const [method, tail, body] of byId) {
      const [hidden, none] = [await ask(method, `/v1/runs/${id}${tail}`, body), await ask(method, `/v1/runs/${absent}${tail}`, body)];
      deepEqual([hidden.status, hidden.code], [404, "unknown_run"], `${method} ${tail}`);
      const told = (json: { detail?: string }) => json.detail?.replace(/run_\w+/, "RUN");
      equal(told(hidden.json), told(none.json), `${method} ${tail}`);
    }
    equal(controller.runs.runs.get(id)?.status, "outcome_unknown");
    const { id: own } = controller.runs.add({ connection: "acme-eu" });
    equal((await ask("GET", `/v1/runs/${own}`)).status, 200);
  });
});

test("who sees only own runs is not shown those of others", async () => {
  await withScriptedController(async (controller) => {
    const ask = await restricted(controller, { ownRuns: true });
    const [mine, others] = [controller.runs.add({ submittedBy: "ci" }), controller.runs.add({ submittedBy: "ada" })];
    deepEqual([(await ask("GET", `/v1/runs/${mine.id}`)).status, (await ask("GET", `/v1/runs/${others.id}`)).status], [200, 404]);
    await ask("GET", "/v1/runs?connection=acme");
    deepEqual(controller.runs.listed.at(-1)?.filter, { connection: "acme", principal: "ci" });
  });
});

test("lists are narrowed to the connections that are granted", async () => {
  await withScriptedController(async (controller) => {
    await define(controller, "acme", "acme-eu", "other");
    const ask = await restricted(controller, { connections: ["acme*"] });
    await ask("GET", "/v1/runs");
    deepEqual(controller.runs.listed.at(-1)?.filter, { connections: ["acme*"] });
    const { connections } = (await ask("GET", "/v1/connections")).json as { connections: { name: string }[] };
    deepEqual(
      connections.map(({ name }) => name),
      ["acme", "acme-eu"],
    );
  });
});

test("another connection or credential cannot be used, shown, changed, tested or asked about, whether there is one or not", async () => {
  await withScriptedController(async (controller) => {
    await define(controller, "acme", "other");
    const ask = await restricted(controller, { connections: ["acme*"] });
    const form = { baseUrl: "https://acme.example.com" };
    for (const name of ["other", "absent"]) {
      const asked = [
        await ask("POST", "/v1/runs", { action: "okta.user.get", connection: name, input: { user: "ada" } }),
        await ask("GET", `/v1/connections/${name}`),
        await ask("PUT", `/v1/connections/${name}`, form),
        await ask("DELETE", `/v1/connections/${name}`),
        await ask("POST", `/v1/connections/${name}/test`, {}),
        await ask("PUT", "/v1/connections/acme", { ...form, credential: name }),
        await ask("GET", `/v1/credentials/${name}`),
        await ask("PUT", `/v1/credentials/${name}`, { scheme: "ssws", token: "x" }),
        await ask("DELETE", `/v1/credentials/${name}`),
        await ask("POST", "/v1/selectors/explain", { selector: "true", connection: name }),
        await ask("GET", `/v1/actions/okta.user.get/choices/user?connection=${name}`),
      ];
      for (const [i, { status, code }] of asked.entries()) deepEqual([status, code], [403, "not_allowed"], `${i} ${name}`);
    }
    equal(controller.runs.submitted.length, 0);
  });
});

test("a submission that names no connection means the only one that is granted", async () => {
  await withScriptedController(async (controller) => {
    await define(controller, "acme", "other", "third");
    const body = { action: "okta.user.get", input: { user: "ada" } };
    const one = await restricted(controller, { connections: ["acme"] });
    equal((await one("POST", "/v1/runs", body)).status, 202);
    equal(controller.runs.submitted[0]?.connection, "acme");
    deepEqual(controller.runs.submitted[0]?.connections, ["acme"]);
    const two = await restricted(controller, { connections: ["acme", "other"] });
    const { code, json } = await two("POST", "/v1/runs", body);
    deepEqual([code, (json as { details: object }).details], ["connection_required", { connections: ["acme", "other"] }]);
  });
});

test("lanes that are not granted are refused when they are named, and otherwise one that is granted is taken", async () => {
  await withScriptedController(async (controller) => {
    await define(controller, "acme");
    const ask = await restricted(controller, { lanes: ["bulk"] });
    const body = { action: "okta.user.get", input: { user: "ada" } };
    deepEqual((await ask("POST", "/v1/runs", { ...body, lane: "interactive" })).code, "not_allowed");
    equal((await ask("POST", "/v1/runs", body)).status, 202);
    deepEqual(controller.runs.submitted[0]?.lane, "bulk");
    const { id } = controller.runs.add({ lane: "interactive", status: "succeeded" });
    equal((await ask("POST", `/v1/runs/${id}/retry`)).code, "not_allowed");
  });
});

test.run();
