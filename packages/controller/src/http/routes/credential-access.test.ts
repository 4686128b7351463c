import { equal } from "node:assert/strict";
import { newApiToken } from "../../access/api-token.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { withScriptedController } from "../../../../../test/support/scripted-controller.ts";

const test = suite("credentials of a principal that is granted some connections only");

test("are its own: it neither sees who was given another's, nor refers to another's at the agents' site", () =>
  withScriptedController(async ({ url, apiKeys, credentials }) => {
    await credentials.put("other", { name: "other", scheme: "reference", reference: { name: "other", scopes: [], tokenPath: "/t" } });
    const token = newApiToken();
    await apiKeys.add(token, { principal: "ada", scopes: ["credentials:read", "credentials:write"], connections: ["acme*"] });
    const ask = async (method: string, path: string, body?: object): Promise<number> => {
      const headers = { authorization: `Bearer ${token.reveal()}`, ...(body && { "content-type": "application/json" }) };
      return (await fetch(url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) })).status;
    };
    equal(await ask("PUT", "/v1/credentials/acme", { scheme: "reference", reference: "acme-prod" }), 201);
    equal(await ask("PUT", "/v1/credentials/acme", { scheme: "reference", reference: "other" }), 403);
    equal(await ask("GET", "/v1/credentials/acme/receipts"), 200);
    equal(await ask("GET", "/v1/credentials/other/receipts"), 403);
  }));

test.run();
