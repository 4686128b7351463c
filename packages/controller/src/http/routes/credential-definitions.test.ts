import { deepEqual, equal, ok } from "node:assert/strict";
import { tokenOf } from "../../../../../test/support/credentials.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { withScriptedController } from "../../../../../test/support/scripted-controller.ts";
import type { Problem } from "../problem.ts";

const test = suite("routes of credentials");

test("takes a token in and never gives it out", async () => {
  await withScriptedController(async (controller) => {
    const token = "00canary-token-value";
    const made = await controller.ask("PUT", "/v1/credentials/app", { body: { scheme: "ssws", token } });
    equal(made.status, 201);
    const shown = [
      made,
      await controller.ask("GET", "/v1/credentials"),
      await controller.ask("GET", "/v1/credentials/app"),
      await controller.ask("PUT", "/v1/credentials/app", { body: { scheme: "ssws", token } }),
    ];
    for (const response of shown) ok(!(await response.text()).includes(token));
    equal(tokenOf(await controller.credentials.get("app")), token);
  });
});

test("refuses a token that could not stand in a header, without quoting it", async () => {
  await withScriptedController(async (controller) => {
    for (const token of ["", "two words", "line\nbreak", "tökén"]) {
      const response = await controller.ask("PUT", "/v1/credentials/app", { body: { scheme: "ssws", token } });
      equal(response.status, 422);
      if (token !== "") ok(!(await response.text()).includes(token));
    }
    equal((await controller.ask("PUT", "/v1/credentials/app", { body: { scheme: "basic", token: "x" } })).status, 422);
  });
});

test("keeps a credential that a connection uses", async () => {
  await withScriptedController(async (controller) => {
    await controller.ask("PUT", "/v1/credentials/app", { body: { scheme: "ssws", token: "00x" } });
    await controller.ask("PUT", "/v1/connections/acme", { body: { baseUrl: "https://a.okta.com", credential: "app" } });
    const refused = await controller.ask("DELETE", "/v1/credentials/app");
    deepEqual([refused.status, ((await refused.json()) as Problem).code], [409, "credential_in_use"]);
    await controller.ask("DELETE", "/v1/connections/acme");
    equal((await controller.ask("DELETE", "/v1/credentials/app")).status, 204);
  });
});

test.run();
