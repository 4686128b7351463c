import { deepEqual, equal, match, ok } from "node:assert/strict";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { type ScriptedController, withScriptedController } from "../../../../../test/support/scripted-controller.ts";
import { suite } from "../../../../../test/support/suite.ts";

const test = suite("routes of API keys and logins");

interface Made {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly token: string;
  readonly expiresAt: string | null;
  readonly code?: string;
  readonly detail?: string;
}

async function create(controller: ScriptedController, body: object, token = controller.token): Promise<{ status: number; made: Made }> {
  const response = await controller.ask("POST", "/v1/api-keys", { body, headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, made: (await response.json()) as Made };
}

function asks({ ask }: ScriptedController, token: string) {
  return async (method: string, path: string, body?: unknown): Promise<{ status: number; json: Record<string, unknown> }> => {
    const response = await ask(method, path, { ...(body !== undefined && { body }), headers: { authorization: `Bearer ${token}` } });
    const text = await response.text();
    return { status: response.status, json: (text === "" ? {} : JSON.parse(text)) as Record<string, unknown> };
  };
}

test("shows a token once, and a key without it ever after", async () => {
  await withScriptedController(async (controller) => {
    const { status, made } = await create(controller, { name: "ci", scopes: ["runs:read"], connections: ["acme*"], expiresAt: "90d" });
    equal(status, 201);
    match(made.token, /^lak_/);
    const ask = asks(controller, controller.token);
    for (const path of ["/v1/api-keys", `/v1/api-keys/${made.id}`]) {
      const { json } = await ask("GET", path);
      ok(JSON.stringify(json).includes(made.id));
      ok(!/token|hash/i.test(JSON.stringify(json)));
    }
    equal((await asks(controller, made.token)("GET", "/v1/runs")).status, 200);
  });
});

test("a revoked key opens nothing, and stays in the list", async () => {
  await withScriptedController(async (controller) => {
    const { made } = await create(controller, { name: "ci", scopes: ["runs:read"] });
    const ask = asks(controller, controller.token);
    const { status, json } = await ask("DELETE", `/v1/api-keys/${made.id}`);
    deepEqual([status, json["state"]], [200, "revoked"]);
    equal((await asks(controller, made.token)("GET", "/v1/runs")).status, 401);
    equal((await ask("GET", `/v1/api-keys/${made.id}`)).json["state"], "revoked");
    equal((await ask("GET", `/v1/api-keys/${"0".repeat(16)}`)).json["code"], "unknown_api_key");
  });
});

test("a key makes and ends none that may do more than itself, and takes nobody else's name", async () => {
  await withScriptedController(async (controller) => {
    const scopes = ["api-keys:write", "runs:read"];
    const { made: maker } = await create(controller, { name: "lead", scopes, connections: ["acme*"] });
    await create(controller, { name: "other", scopes: ["runs:read"], connections: ["acme"] });
    const refused = [
      { name: "x", scopes: ["runs:submit"], connections: ["acme"] },
      { name: "x", scopes: ["*"], connections: ["acme"] },
      { name: "x", scopes: ["runs:read"] },
      { name: "x", scopes: ["runs:read"], connections: ["*"] },
      { name: "other", scopes: ["runs:read"], connections: ["acme"] },
      { name: "tester", scopes: ["runs:read"], connections: ["acme"] },
    ];
    for (const body of refused) {
      const { status, made } = await create(controller, body, maker.token);
      deepEqual([status, (made as unknown as { code: string }).code], [403, "not_allowed"], JSON.stringify(body));
    }
    const { status, made } = await create(controller, { name: "x", scopes: ["runs:read"], connections: ["acme-eu"] }, maker.token);
    equal(status, 201);
    const ask = asks(controller, maker.token);
    const administrator = (await controller.apiKeys.list()).find(({ principal }) => principal === "tester");
    equal((await ask("DELETE", `/v1/api-keys/${administrator?.id}`)).status, 403);
    equal((await ask("DELETE", `/v1/api-keys/${made.id}`)).status, 200);
  });
});

test("the last key that may do everything cannot be revoked", async () => {
  await withScriptedController(async (controller) => {
    const [own] = await controller.apiKeys.list();
    await create(controller, { name: "short", scopes: ["*"], expiresAt: "1d" });
    await create(controller, { name: "narrow", scopes: ["*"], connections: ["acme"] });
    const ask = asks(controller, controller.token);
    equal((await ask("DELETE", `/v1/api-keys/${own?.id}`)).json["code"], "invalid_state");
    await create(controller, { name: "second", scopes: ["*"] });
    equal((await ask("DELETE", `/v1/api-keys/${own?.id}`)).status, 200);
  });
});

test("refuses a form with unknown scopes, names or times", async () => {
  await withScriptedController(async (controller) => {
    const fit = { name: "ci", scopes: ["runs:read"] };
    const wrong = [
      ...[{ scopes: [] }, { scopes: ["runs:write"] }, { name: "okta:ada" }, { name: "" }, { connections: [] }, { connections: ["a?c"] }],
      ...[{ lanes: ["fast"] }, { expiresAt: "2001-01-01T00:00:00Z" }, { expiresAt: "soon" }, { token: "lak_mine" }],
    ];
    for (const over of wrong) equal((await create(controller, { ...fit, ...over })).status, 422, JSON.stringify(over));
  });
});

test("a login code is exchanged once for a key of its maker's rights", async () => {
  const clock = new ManualClock(Date.now());
  await withScriptedController(
    async (controller) => {
      const { made: maker } = await create(controller, { name: "ada", scopes: ["api-keys:write", "runs:read"], connections: ["acme"] });
      const { json } = await asks(controller, maker.token)("POST", "/v1/login-codes");
      const login = () =>
        fetch(`${controller.url}/v1/login`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ code: json["code"] }),
        });
      const first = await login();
      equal(first.status, 201);
      const key = (await first.json()) as Made & { connections: string[] };
      deepEqual([key.name, key.connections, Date.parse(key.expiresAt ?? "") - clock.nowMs()], ["ada", ["acme"], 12 * 3_600_000]);
      equal((await asks(controller, key.token)("GET", "/v1/runs")).status, 200);
      const again = await login();
      deepEqual([again.status, ((await again.json()) as { code: string }).code], [401, "unauthorized"]);
    },
    { clock },
  );
});

test("who logged in makes lasting keys and revokes them; who has an expiring key makes none that outlives it", async () => {
  await withScriptedController(async (controller) => {
    const { json } = await asks(controller, controller.token)("POST", "/v1/login-codes");
    const response = await controller.ask("POST", "/v1/login", { body: { code: json["code"] } });
    const session = ((await response.json()) as Made).token;
    const { status, made } = await create(controller, { name: "ci", scopes: ["runs:read"] }, session);
    deepEqual([status, made.expiresAt], [201, null]);
    equal((await asks(controller, session)("DELETE", `/v1/api-keys/${made.id}`)).status, 200);
    const { made: expiring } = await create(controller, { name: "lead", scopes: ["api-keys:write"], expiresAt: "1h" });
    equal((await create(controller, { name: "x", scopes: ["api-keys:write"] }, expiring.token)).status, 403);
    const codes = await asks(controller, expiring.token)("POST", "/v1/login-codes");
    const short = (await (await controller.ask("POST", "/v1/login", { body: { code: codes.json["code"] } })).json()) as Made;
    equal(short.expiresAt, expiring.expiresAt);
    equal((await create(controller, { name: "x", scopes: ["api-keys:write"] }, short.token)).status, 403);
  });
});

test("a `*` key that is restricted takes nobody's name", async () => {
  await withScriptedController(async (controller) => {
    const { made } = await create(controller, { name: "narrow", scopes: ["*"], connections: ["acme"] });
    equal((await create(controller, { name: "tester", scopes: ["*"], connections: ["acme"] }, made.token)).status, 403);
  });
});

test("a stranger's body may be small only", async () => {
  await withScriptedController(async ({ url }) => {
    const body = JSON.stringify({ code: "x".repeat(5_000) });
    const response = await fetch(`${url}/v1/login`, { method: "POST", headers: { "content-type": "application/json" }, body });
    const { detail } = (await response.json()) as { detail: string };
    equal(response.status, 413);
    match(detail, /larger than 4096 bytes/);
  });
});

test.run();
