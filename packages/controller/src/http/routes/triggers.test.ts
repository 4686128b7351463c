import { deepEqual, equal, match } from "node:assert/strict";
import { newApiToken } from "../../access/api-token.ts";
import { type ScriptedController, withScriptedController } from "../../../../../test/support/scripted-controller.ts";
import { suite } from "../../../../../test/support/suite.ts";
import type { Problem } from "../problem.ts";

const test = suite("routes of triggers");

const greeting = {
  on: { event: "user.created", filter: "event.data.country == 'SE'" },
  flow: "okta.flow.greet",
  connection: "acme",
  input: { user: "event.subject" },
  concurrency: { key: "event.subject", limit: 1 },
  debounce: { window: "30s" },
  state: "enabled",
};

type Json = Readonly<Record<string, unknown>>;

/** A controller with the connections acme and globex. */
async function withConnections(body: (controller: ScriptedController) => Promise<void>): Promise<void> {
  await withScriptedController(async (controller) => {
    for (const name of ["acme", "globex"])
      await controller.ask("PUT", `/v1/connections/${name}`, { body: { baseUrl: `https://${name}.okta.com`, placement: { on: "local" } } });
    await body(controller);
  });
}

type Sending = (method: string, path: string, body?: unknown) => Promise<{ status: number; json: Json & Problem }>;

function sending({ ask }: ScriptedController): Sending {
  return async (method, path, body) => {
    const response = await ask(method, path, body === undefined ? {} : { body });
    return { status: response.status, json: (await response.json()) as Json & Problem };
  };
}

async function as({ apiKeys, url }: ScriptedController, grant: { scopes: string[]; connections?: string[] }): Promise<Sending> {
  const token = newApiToken();
  await apiKeys.add(token, { principal: "somebody", ...grant });
  return async (method, path, body) => {
    const headers = { authorization: `Bearer ${token.reveal()}`, ...(body === undefined ? {} : { "content-type": "application/json" }) };
    const response = await fetch(`${url}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    return { status: response.status, json: (await response.json()) as Json & Problem };
  };
}

function faultsOf({ details }: Problem): readonly string[] {
  return (details as { faults: { pointer: string; problem: string }[] }).faults.map(({ pointer, problem }) => `${pointer} ${problem}`);
}

test("keep a trigger as it is written, a draft unless told, and show it in the same words", () =>
  withConnections(async (controller) => {
    const { state: _state, ...unsaid } = greeting;
    const made = await sending(controller)("PUT", "/v1/triggers/greet", unsaid);
    const { on, flow, input, concurrency, debounce, connection } = made.json;
    deepEqual([made.status, made.json["state"], made.json["definedBy"]], [201, "draft", "tester"]);
    deepEqual({ on, flow, input, concurrency, debounce, connection }, unsaid);
    equal((await sending(controller)("PUT", "/v1/triggers/greet", greeting)).status, 200);
    const { triggers } = (await sending(controller)("GET", "/v1/triggers")).json as unknown as { triggers: Json[] };
    deepEqual([triggers.length, triggers[0]?.["state"], triggers[0]?.["faults"]], [1, "enabled", { count: 0, last: null }]);
  }));

test("refuse a trigger with every fault and its place", () =>
  withConnections(async (controller) => {
    const wrong = {
      ...{ on: { event: "a", hook: "b", filter: "event." }, flow: "okta.flow.gret", connection: "acme" },
      ...{ input: { user: "evnt.subject" }, debounce: { window: "0s" } },
    };
    const { status, json } = await sending(controller)("PUT", "/v1/triggers/greet", wrong);
    equal(status, 422);
    const faults = faultsOf(json).join("\n");
    for (const fault of [
      /\/on\/event must be the only one/,
      /\/on\/filter is no expression/,
      /\/flow names nothing.*did you mean okta.flow.greet/,
    ])
      match(faults, fault);
    for (const fault of [/\/input\/user is no expression: unknown variable `evnt`/, /\/debounce\/window must be longer/])
      match(faults, fault);
    const absent = await sending(controller)("PUT", "/v1/triggers/greet", { ...greeting, connection: "nowhere", input: { usr: "'a'" } });
    deepEqual(
      faultsOf(absent.json).map((fault) => fault.split(" ")[0]),
      ["/input/usr", "/input/user", "/connection"],
    );
  }));

test("start a sync by its name, on its own connection, with what may be wished for a run of it", () =>
  withConnections(async (controller) => {
    const send = sending(controller);
    await send("PUT", "/v1/syncs/people", { connection: "globex", streams: ["users"], sink: "sqlite" });
    const trigger = { on: { event: "hr.closed" }, flow: "sync.people", input: { mode: "event.data.mode" } };
    const made = (await send("PUT", "/v1/triggers/copy", trigger)).json;
    deepEqual([made["connection"], made["lane"]], ["globex", "bulk"]);
    const tried = async (mode: string) => (await send("POST", "/v1/triggers/copy/test", { event: { data: { mode } } })).json;
    deepEqual(
      [(await tried("full"))["run"] as Json].map(({ flow, input }) => [flow, input]),
      [["sync.people", { mode: "full" }]],
    );
    deepEqual(
      ((await tried("half"))["faults"] as Json[]).map(({ pointer }) => pointer),
      ["/mode"],
    );
    const wrong = [
      { ...trigger, flow: "sync.peopel", connection: "globex" },
      { ...trigger, connection: "acme" },
      { ...trigger, input: { sink: "'elsewhere'" } },
    ];
    const faults = await Promise.all(wrong.map(async (one) => faultsOf((await send("PUT", "/v1/triggers/copy", one)).json)));
    match(faults.flat().join("\n"), /^\/flow .*did you mean people.*\n\/connection must be "globex".*\n\/input\/sink is no input/);
  }));

test("enable and disable one, and tell what an event would start", () =>
  withConnections(async (controller) => {
    await sending(controller)("PUT", "/v1/triggers/greet", { ...greeting, state: "draft" });
    const tried = async (event: unknown) => (await sending(controller)("POST", "/v1/triggers/greet/test", { event })).json;
    const swede = { subject: "ada", data: { country: "SE" } };
    const draft = await tried(swede);
    deepEqual(
      [draft["verdict"], (draft["run"] as Json)["input"], (draft["run"] as Json)["debounceKey"]],
      ["draft", { user: "ada" }, "ada"],
    );
    equal((await sending(controller)("POST", "/v1/triggers/greet/enable")).json["state"], "enabled");
    equal((await tried(swede))["verdict"], "starts");
    match(String((await tried({ ...swede, data: { country: "NO" } }))["sentence"]), /its filter does not hold/);
    match(String((await tried({ ...swede, isEcho: true }))["sentence"]), /echo/);
    equal((await sending(controller)("POST", "/v1/triggers/greet/disable")).json["state"], "draft");
    await sending(controller)("PUT", "/v1/triggers/greet", { ...greeting, input: { user: "size(event.subject)" } });
    deepEqual(
      ((await tried(swede))["faults"] as Json[]).map(({ pointer }) => pointer),
      ["/user"],
    );
    deepEqual(controller.runs.submitted, []);
  }));

test("are written by who may submit runs on their connection, and hear only of orgs that their writer may use", () =>
  withConnections(async (controller) => {
    const scopes = ["triggers:read", "triggers:write", "runs:submit"];
    const withoutRuns = await as(controller, { scopes: scopes.slice(0, 2) });
    equal((await withoutRuns("PUT", "/v1/triggers/greet", greeting)).json.code, "forbidden");
    const ofAcme = await as(controller, { scopes, connections: ["acme"] });
    equal((await ofAcme("PUT", "/v1/triggers/greet", { ...greeting, connection: "globex" })).json.code, "not_allowed");
    equal((await ofAcme("PUT", "/v1/triggers/greet", { ...greeting, on: { hook: "okta.*", connection: "*" } })).json.code, "not_allowed");
    equal((await ofAcme("PUT", "/v1/triggers/greet", greeting)).status, 201);
    await sending(controller)("PUT", "/v1/triggers/theirs", { ...greeting, connection: "globex", state: "draft" });
    for (const [method, path] of [
      ["POST", "/v1/triggers/theirs/enable"],
      ["POST", "/v1/triggers/theirs/test"],
      ["GET", "/v1/triggers/theirs"],
    ] as const)
      equal((await ofAcme(method, path, path.endsWith("test") ? { event: {} } : undefined)).json.code, "not_allowed", path);
  }));

test("are answered for by who enables them, after all who had a hand in them before", () =>
  withConnections(async (controller) => {
    await sending(controller)("PUT", "/v1/triggers/greet", greeting);
    const somebody = await as(controller, { scopes: ["triggers:write", "runs:submit"], connections: ["acme*"] });
    equal((await somebody("POST", "/v1/triggers/greet/enable")).json["definedBy"], "somebody");
    const { principal, behind, connections } = (await controller.triggers.definitions.get("greet"))?.value ?? {};
    deepEqual([principal, behind, connections], ["somebody", ["tester", "somebody"], ["acme*"]]);
  }));

test("say which triggers a posted event is for, and when there are none", () =>
  withConnections(async (controller) => {
    const post = async (type: string) => (await sending(controller)("POST", "/v1/events", { type })).json;
    match(String((await post("user.created"))["hint"]), /No trigger names events of the type "user.created"/);
    await sending(controller)("PUT", "/v1/triggers/greet", { ...greeting, state: "draft" });
    match(String((await post("user.created"))["hint"]), /is a draft/);
    await sending(controller)("POST", "/v1/triggers/greet/enable");
    const { triggers, hint } = await post("user.created");
    deepEqual([triggers, hint], [["greet"], undefined]);
  }));

test.run();
