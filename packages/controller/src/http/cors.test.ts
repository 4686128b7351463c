import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type ScriptedController, withScriptedController } from "../../../../test/support/scripted-controller.ts";
import { suite } from "../../../../test/support/suite.ts";

const test = suite("pages of other origins");
const portal = "https://portal.example.com";

function preflight({ url }: ScriptedController, origin: string): Promise<Response> {
  const headers = { origin, "access-control-request-method": "POST", "access-control-request-headers": "authorization, content-type" };
  return fetch(`${url}/v1/runs`, { method: "OPTIONS", headers });
}

test("are let in by nobody unless the configuration lists them", async () => {
  await withScriptedController(async (controller) => {
    const refused = await preflight(controller, portal);
    equal(refused.status, 403);
    ok(![...refused.headers.keys()].some((name) => name.startsWith("access-control-")));
    equal((await controller.ask("GET", "/v1/runs", { headers: { origin: portal } })).status, 403);
  });
});

test("may ask with a token of their own when they are listed, and no credentials go along by themselves", async () => {
  await withScriptedController(
    async (controller) => {
      const asked = await preflight(controller, portal);
      deepEqual([asked.status, asked.headers.get("access-control-allow-origin"), asked.headers.get("vary")], [204, portal, "Origin"]);
      match(asked.headers.get("access-control-allow-headers") ?? "", /authorization, content-type, idempotency-key/);
      const answer = await controller.ask("GET", "/v1/runs", { headers: { origin: portal } });
      deepEqual([answer.status, answer.headers.get("access-control-allow-origin")], [200, portal]);
      equal(answer.headers.get("access-control-allow-credentials"), null);
      const stranger = await fetch(`${controller.url}/v1/runs`, { headers: { origin: portal } });
      equal(stranger.status, 401);
    },
    { corsOrigins: [portal] },
  );
});

test("are refused when they are not the listed one, however alike", async () => {
  await withScriptedController(
    async (controller) => {
      for (const origin of ["https://portal.example.com.evil.net", "http://portal.example.com", "https://portal.example.com:444", "null"]) {
        const refused = await preflight(controller, origin);
        deepEqual([refused.status, refused.headers.get("access-control-allow-origin")], [403, null], origin);
      }
    },
    { corsOrigins: [portal] },
  );
});

test.run();
