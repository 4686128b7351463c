import { deepEqual, equal, match, ok } from "node:assert/strict";
import { newApiToken } from "../../access/api-token.ts";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { type ScriptedController, withScriptedController } from "../../../../../test/support/scripted-controller.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { until } from "../../../../../test/support/until.ts";

const test = suite("routes of hooks");

interface Shown {
  readonly secret?: string;
  readonly uri: string;
  readonly code?: string;
  readonly secrets: readonly { readonly id: string; readonly endsAt: string | null }[];
  readonly presentUsed: boolean;
  readonly reconcileEvery: string | null;
  readonly counts: Readonly<Record<string, number>>;
}

async function send(
  { ask }: ScriptedController,
  line: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly shown: Shown }> {
  const [method = "", path = ""] = line.split(" ");
  const response = await ask(method, path, body === undefined ? {} : { body });
  const text = await response.text();
  return { status: response.status, shown: (text === "" ? {} : JSON.parse(text)) as Shown };
}

async function hooked(controller: ScriptedController): Promise<string> {
  await send(controller, "PUT /v1/connections/acme", { baseUrl: "https://acme.okta.com", placement: { on: "local" } });
  return (await send(controller, "PUT /v1/hooks/acme", {})).shown.secret ?? "";
}

async function delivered({ url }: ScriptedController, authorization: string, uuid = "e-1"): Promise<number> {
  const event = { uuid, eventType: "user.lifecycle.create", published: "2026-05-04T10:00:00Z", target: [{ id: "00u1", type: "User" }] };
  const body = JSON.stringify({ eventType: "com.okta.event_hook", eventId: "d-1", data: { events: [event] } });
  const headers = { "content-type": "application/json", authorization };
  return (await fetch(`${url}/hooks/okta/acme`, { method: "POST", headers, body })).status;
}

test("show a secret once, in the answer that made it, and nowhere else", () =>
  withScriptedController(
    async (controller) => {
      const { connections } = controller;
      equal((await send(controller, "PUT /v1/hooks/acme", {})).shown.code, "unknown_connection");
      const secret = await hooked(controller);
      match(secret, /^lwh_[\w-]{43}$/);
      const again = await send(controller, "PUT /v1/hooks/acme", { reconcileEvery: "1m" });
      deepEqual([again.status, again.shown.secret, again.shown.reconcileEvery], [200, undefined, "1m"]);
      equal(again.shown.uri, "https://longarm.example.com/hooks/okta/acme");
      const rotated = await send(controller, "POST /v1/hooks/acme/rotate", { grace: "1h" });
      ok(rotated.shown.secret !== undefined && rotated.shown.secret !== secret);
      const elsewhere = await Promise.all(["/v1/hooks", "/v1/hooks/acme"].map(async (path) => (await controller.ask("GET", path)).text()));
      const audited = JSON.stringify(controller.audit.acts);
      for (const text of [...elsewhere, audited]) ok(!text.includes(secret) && !text.includes(rotated.shown.secret), text);
      match(audited, /rotateHook/);
      equal((await send(controller, "DELETE /v1/connections/acme")).shown.code, "invalid_state");
      equal((await send(controller, "DELETE /v1/hooks/acme")).status, 204);
      equal((await send(controller, "GET /v1/hooks/acme")).shown.code, "unknown_hook");
      equal((await send(controller, "DELETE /v1/connections/acme")).status, 204);
      ok((await connections.get("acme")) === undefined);
    },
    { publicUrl: "https://longarm.example.com" },
  ));

test("rotate without refusing what is on its way, and end the former secret when its grace has passed", () => {
  const clock = new ManualClock(Date.UTC(2026, 4, 4));
  return withScriptedController(
    async (controller) => {
      const former = await hooked(controller);
      equal(await delivered(controller, former), 204);
      await clock.advance(2_000);
      const { secret: present = "", secrets } = (await send(controller, "POST /v1/hooks/acme/rotate", { grace: "10s" })).shown;
      deepEqual(
        secrets.map(({ endsAt }) => endsAt),
        [null, "2026-05-04T00:00:12.000Z"],
      );
      deepEqual([await delivered(controller, former), await delivered(controller, present)], [204, 204]);
      await clock.advance(10_000);
      deepEqual([await delivered(controller, former), await delivered(controller, present)], [401, 204]);
    },
    { clock },
  );
});

test("keep the secret that the org sends when a new one was lost before it was used", () => {
  const clock = new ManualClock(Date.UTC(2026, 4, 4));
  return withScriptedController(
    async (controller) => {
      const sent = await hooked(controller);
      equal(await delivered(controller, sent), 204);
      await clock.advance(2_000);
      const { secret: lost = "" } = (await send(controller, "POST /v1/hooks/acme/rotate")).shown;
      const { secret: next = "" } = (await send(controller, "POST /v1/hooks/acme/rotate")).shown;
      deepEqual([await delivered(controller, sent), await delivered(controller, lost), await delivered(controller, next)], [204, 401, 204]);
      await send(controller, "POST /v1/hooks/acme/rotate", { grace: "0s" });
      deepEqual([await delivered(controller, sent), await delivered(controller, next)], [401, 401]);
    },
    { clock },
  );
});

test("count what came, what came again, and what was refused", () => {
  const clock = new ManualClock(Date.UTC(2026, 4, 4));
  return withScriptedController(
    async (controller) => {
      const secret = await hooked(controller);
      for (const uuid of ["e-1", "e-2", "e-1"]) equal(await delivered(controller, secret, uuid), 204);
      equal(await delivered(controller, "lwh_wrong"), 401);
      const counts = async (): Promise<Shown["counts"]> => (await send(controller, "GET /v1/hooks/acme")).shown.counts;
      await until("the counts are written", async () => {
        await clock.advance(1_000);
        return (await counts())["refused"] === 1;
      });
      deepEqual(await counts(), { deliveries: 3, events: 2, duplicates: 1, refused: 1, missed: 0 });
      ok((await send(controller, "GET /v1/hooks/acme")).shown.presentUsed);
    },
    { clock },
  );
});

test("refuse what is no duration, and who may not use the connection", () =>
  withScriptedController(async (controller) => {
    await hooked(controller);
    for (const [line, body] of [
      ["PUT /v1/hooks/acme", { reconcileEvery: "soon" }],
      ["PUT /v1/hooks/acme", { reconcileEvery: "10ms" }],
      ["PUT /v1/hooks/acme", { secret: "mine" }],
      ["POST /v1/hooks/acme/rotate", { grace: "31d" }],
    ] as const)
      equal((await send(controller, line, body)).status, 422, `${line} ${JSON.stringify(body)}`);
    const token = newApiToken();
    await controller.apiKeys.add(token, { principal: "other", scopes: ["hooks:read", "hooks:write"], connections: ["globex"] });
    const headers = { authorization: `Bearer ${token.reveal()}` };
    for (const [method, path] of [
      ["GET", "/v1/hooks/acme"],
      ["POST", "/v1/hooks/acme/rotate"],
      ["DELETE", "/v1/hooks/acme"],
    ] as const)
      equal((await controller.ask(method, path, { headers })).status, 403, path);
    deepEqual(await (await controller.ask("GET", "/v1/hooks", { headers })).json(), { hooks: [] });
  }));

test.run();
