import { deepEqual, equal } from "node:assert/strict";
import { withScriptedController } from "../../../../../test/support/scripted-controller.ts";
import { suite } from "../../../../../test/support/suite.ts";

const test = suite("routes of the catalogue and of health");

type Json = Record<string, unknown>;

test("lists the catalogue and shows an action with its schemas", async () => {
  await withScriptedController(async ({ ask }) => {
    const { actions } = (await (await ask("GET", "/v1/actions")).json()) as { actions: Json[] };
    deepEqual(
      actions.map((one) => one["name"]),
      ["okta.user.get", "okta.user.create", "okta.user.stream"],
    );
    const shown = (await (await ask("GET", "/v1/actions/okta.user.create")).json()) as {
      input: { properties: Json; additionalProperties: boolean };
      output: Json;
      examples: Json[];
    };
    equal(shown.input.additionalProperties, false);
    deepEqual(Object.keys(shown.input.properties), ["profile", "password", "activate", "ifExists"]);
    equal(((await (await ask("GET", "/v1/actions/okta.user.stream")).json()) as { item: Json }).item["type"], "object");
    equal((await ask("GET", "/v1/actions/okta.nothing")).status, 404);
  });
});

test("lists flows apart from actions, and shows one with its schemas", async () => {
  await withScriptedController(async ({ ask }) => {
    const { flows } = (await (await ask("GET", "/v1/flows")).json()) as { flows: Json[] };
    deepEqual(
      flows.map(({ name, kind, version }) => [name, kind, version]),
      [["okta.flow.greet", "flow", 1]],
    );
    const shown = (await (await ask("GET", "/v1/flows/okta.flow.greet")).json()) as { input: { properties: Json }; output: Json };
    deepEqual(Object.keys(shown.input.properties), ["user"]);
    const absent = await ask("GET", "/v1/flows/okta.flow.greed");
    deepEqual([absent.status, ((await absent.json()) as Json)["code"]], [404, "unknown_flow"]);
  });
});

test("says that it is alive, and whether it is ready", async () => {
  await withScriptedController(async ({ url, answers }) => {
    equal((await fetch(`${url}/readyz`)).status, 200);
    answers.readiness = { ready: false, checks: { broker: { ok: false, sentence: "The broker cannot be reached." } } };
    const response = await fetch(`${url}/readyz`);
    deepEqual([response.status, await response.json()], [503, answers.readiness]);
    equal((await fetch(`${url}/healthz`)).status, 200);
  });
});

test.run();
