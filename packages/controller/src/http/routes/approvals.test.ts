import { deepEqual, equal } from "node:assert/strict";
import { type ScriptedController, withScriptedController } from "../../../../../test/support/scripted-controller.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { newApiToken } from "../../access/api-token.ts";
import { readConnection } from "./connection-form.ts";

const test = suite("routes of approval");
const form = { baseUrl: "https://acme.example.com" };
const ruled = { ...form, requireApproval: { actions: ["destructive"] } };
const waiting = { reason: "approval", sentence: "Waits.", since: "2026-01-02T03:04:05.000Z", until: null };

async function bearer(
  { apiKeys }: ScriptedController,
  principal: string,
  ...scopes: readonly string[]
): Promise<{ authorization: string }> {
  const token = newApiToken();
  await apiKeys.add(token, { principal, scopes });
  return { authorization: `Bearer ${token.reveal()}` };
}

test("a verdict is given with a note or without a body, by somebody else, once", async () => {
  await withScriptedController(async (controller) => {
    const headers = await bearer(controller, "approver", "runs:approve");
    for (const [verb, verdict] of [["approve", "approved"] as const, ["deny", "denied"] as const]) {
      const { id } = controller.runs.add({ status: "waiting", waiting });
      const own = await controller.ask("POST", `/v1/runs/${id}/${verb}`);
      equal(own.status, 403);
      const given = await controller.ask("POST", `/v1/runs/${id}/${verb}`, { headers, ...(verb === "deny" && { body: { note: "no" } }) });
      const { approval } = (await given.json()) as { approval: object };
      deepEqual(approval, { verdict, by: "approver", note: verb === "deny" ? "no" : "", at: "2026-01-02T03:04:05.000Z" });
      equal((await controller.ask("POST", `/v1/runs/${id}/${verb}`, { headers })).status, 409);
    }
  });
});

test("a rule names classes and actions, and nothing else", async () => {
  await withScriptedController(async ({ ask }) => {
    const put = async (actions: unknown): Promise<number> =>
      (await ask("PUT", "/v1/connections/acme", { body: { ...form, requireApproval: { actions } } })).status;
    equal(await put(["destructive", "changing", "okta.user.delete", "okta.group.*", "*"]), 201);
    for (const wrong of [[], ["deletes"], ["okta.user.delete;"], ["destructive", "destructive"], "destructive", [""]])
      equal(await put(wrong), 422, JSON.stringify(wrong));
  });
});

test("who may not approve cannot overwrite a rule that came after their controller looked", async () => {
  await withScriptedController(async (controller) => {
    const { ask, connections } = controller;
    const headers = await bearer(controller, "editor", "connections:write");
    await connections.put("acme", readConnection("acme", form));
    const stale = await connections.get("acme");
    const get = connections.get.bind(connections);
    await connections.put("acme", readConnection("acme", ruled));
    connections.get = async () => stale;
    const refused = await ask("PUT", "/v1/connections/acme", { body: form, headers });
    equal(((await refused.json()) as { code: string }).code, "conflict");
    connections.get = get;
    deepEqual((await connections.get("acme"))?.value.requireApproval, { actions: ["destructive"] });
  });
});

test.run();
