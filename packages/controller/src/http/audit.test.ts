import { deepEqual, equal } from "node:assert/strict";
import { LongarmError } from "@longarm/shared";
import { type ScriptedController, withScriptedController } from "../../../../test/support/scripted-controller.ts";
import { suite } from "../../../../test/support/suite.ts";

const test = suite("what the API writes into the audit");

function actsOf({ audit }: ScriptedController) {
  return audit.acts.map(({ record: { body } }) => [body.principal, body.what, ...body.on]);
}

test("an act that cannot be written down is not carried out, while what only reads is answered", async () => {
  await withScriptedController(async (controller) => {
    const { ask, audit, connections } = controller;
    await ask("PUT", "/v1/connections/acme", { body: { baseUrl: "https://acme.okta.com" } });
    audit.fault = new LongarmError("storage_full");
    const refused = await ask("DELETE", "/v1/connections/acme");
    equal(refused.status, 507);
    equal((await connections.get("acme"))?.value.name, "acme");
    for (const path of ["/v1/connections/acme", "/v1/audit"]) equal((await ask("GET", path)).status, 200);
    audit.fault = undefined;
    equal((await ask("DELETE", "/v1/connections/acme")).status, 204);
    deepEqual(actsOf(controller), [
      ["tester", "putConnection", "acme"],
      ["tester", "removeConnection", "acme"],
    ]);
  });
});

test("an act that came to nothing is told as refused, and names the record that says it was asked for", async () => {
  await withScriptedController(async (controller) => {
    const { ask, audit } = controller;
    equal((await ask("DELETE", "/v1/connections/nobody")).status, 404);
    deepEqual(actsOf(controller), [
      ["tester", "removeConnection", "nobody"],
      ["tester", "refused", "nobody"],
    ]);
    const details = { act: 1, operation: "removeConnection", status: 404, code: "unknown_connection" };
    deepEqual(audit.acts[1]?.record.body.details, details);
  });
});

test("a credential's secret is left out, and so is every member that is not listed", async () => {
  await withScriptedController(async ({ ask, audit }) => {
    await ask("PUT", "/v1/credentials/app", { body: { scheme: "ssws", token: "00canary" } });
    deepEqual(audit.acts[0]?.record.body.details, { scheme: "ssws" });
    equal(JSON.stringify(audit.acts).includes("00canary"), false);
  });
});

test("who is turned away is noted, with a name where there is one", async () => {
  await withScriptedController(async ({ url, audit }) => {
    await fetch(`${url}/v1/audit`);
    deepEqual(audit.denials, [{ principal: "", operation: "listAudit", on: [], code: "unauthorized" }]);
    deepEqual(audit.acts, []);
  });
});

test("submissions are no acts: the run's own log tells of them", async () => {
  await withScriptedController(async (controller) => {
    const { ask } = controller;
    await ask("POST", "/v1/selectors/explain", { body: { selector: "true" } });
    await ask("POST", "/v1/runs", { body: {} });
    deepEqual(actsOf(controller), []);
  });
});

test.run();
