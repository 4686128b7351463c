import { deepEqual, equal, match, ok } from "node:assert/strict";
import { LongarmError } from "@longarm/shared";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { type ScriptedController, withScriptedController } from "../../../../../test/support/scripted-controller.ts";
import { suite } from "../../../../../test/support/suite.ts";

const test = suite("deliveries to a hook");

const acme = { baseUrl: "https://acme.okta.com", placement: { on: "local" } };

interface Options {
  readonly secret?: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
  readonly to?: string;
}

function entry(uuid: string, change: object = {}): object {
  const actor = { id: "00uAda", type: "User" };
  return {
    uuid,
    published: "2026-05-04T10:00:00.000Z",
    eventType: "user.lifecycle.create",
    actor,
    target: [{ id: "00u1", type: "User" }],
    ...change,
  };
}

function bodyOf(...events: readonly object[]): string {
  return JSON.stringify({ eventType: "com.okta.event_hook", eventId: "d-1", data: { events } });
}

/** A controller with the connection acme and its hook; resolves to the hook's secret. */
async function hooked({ ask }: ScriptedController): Promise<string> {
  await ask("PUT", "/v1/connections/acme", { body: acme });
  const made = await ask("PUT", "/v1/hooks/acme", { body: {} });
  return ((await made.json()) as { readonly secret: string }).secret;
}

function deliver(
  { url }: ScriptedController,
  { secret, body = bodyOf(entry("e-1")), headers = {}, to = "acme" }: Options,
): Promise<Response> {
  const authorization: Record<string, string> = secret === undefined ? {} : { authorization: secret };
  return fetch(`${url}/hooks/okta/${to}`, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", ...authorization, ...headers },
  });
}

test("are stored before they are answered with 204, each event once, in the order of each object", () =>
  withScriptedController(async (controller) => {
    const secret = await hooked(controller);
    const at = (uuid: string, second: string): object => entry(uuid, { published: `2026-05-04T10:00:${second}Z` });
    const first = await deliver(controller, { secret, body: bodyOf(at("late", "09"), at("early", "01"), at("late", "09")) });
    deepEqual([first.status, await first.text()], [204, ""]);
    equal((await deliver(controller, { secret, body: bodyOf(at("early", "01")) })).status, 204);
    const { events } = await controller.events.list({ limit: 10 });
    deepEqual(
      events.map(({ id, source, type, subject, connection, publishedMs }) => [id, source, type, subject, connection, publishedMs]),
      [
        ["acme:late", "hook", "okta.user.lifecycle.create", "00u1", "acme", Date.UTC(2026, 4, 4, 10, 0, 9)],
        ["acme:early", "hook", "okta.user.lifecycle.create", "00u1", "acme", Date.UTC(2026, 4, 4, 10, 0, 1)],
      ],
    );
  }));

test("tell our own changes from those of others, and keep less of what is too large", () =>
  withScriptedController(async (controller) => {
    const secret = await hooked(controller);
    const large = entry("e-2", { debugContext: { debugData: { url: "x".repeat(300_000) } } });
    const ours = entry("e-3", { actor: { id: "00uOwn", type: "User" } });
    equal((await deliver(controller, { secret, body: bodyOf(large, ours) })).status, 204);
    equal((await controller.events.get("hook", "acme:e-3"))?.isEcho, true);
    const kept = await controller.events.get("hook", "acme:e-2");
    deepEqual([kept?.isEcho, (kept?.data as { isShortened?: boolean } | undefined)?.isShortened], [false, true]);
  }));

test("are refused alike for a wrong secret, none, an unknown connection and one without a hook", () =>
  withScriptedController(async (controller) => {
    await hooked(controller);
    await controller.ask("PUT", "/v1/connections/bare", { body: acme });
    const refusals = [{ secret: "lwh_wrong" }, {}, { secret: "lwh_wrong", to: "nobody" }, { secret: "lwh_wrong", to: "bare" }];
    const texts = await Promise.all(
      refusals.map(async (options) => {
        const answer = await deliver(controller, options);
        return `${answer.status} ${await answer.text()}`;
      }),
    );
    match(texts[0] ?? "", /^401 .*"code":"unauthorized"/);
    equal(new Set(texts).size, 1, texts.join("\n"));
    deepEqual((await controller.events.list({ limit: 1 })).events, []);
  }));

test("that are malformed are answered with 400 and the place, and those that are too large with 413", () =>
  withScriptedController(async (controller) => {
    const secret = await hooked(controller);
    const bad = await deliver(controller, { secret, body: bodyOf(entry("e-1"), entry("e-2", { published: "yesterday" })) });
    equal(bad.status, 400);
    match(await bad.text(), /"status":400.*\/data\/events\/1\/published must be a time/);
    equal((await deliver(controller, { secret, body: "{" })).status, 400);
    equal((await deliver(controller, { secret, body: `"${"x".repeat(1_048_576)}"` })).status, 413);
    equal((await deliver(controller, { secret, headers: { "content-type": "text/plain" } })).status, 415);
    deepEqual((await controller.events.list({ limit: 1 })).events, []);
  }));

test("are asked for again when they cannot be stored", () =>
  withScriptedController(async (controller) => {
    const secret = await hooked(controller);
    controller.events.store = () => Promise.reject(new LongarmError("storage_full"));
    const answer = await deliver(controller, { secret });
    deepEqual([answer.status, answer.headers.get("retry-after")], [503, "5"]);
  }));

test("are taken from nobody's browser, not even from a page of our own", () =>
  withScriptedController(async (controller) => {
    const secret = await hooked(controller);
    for (const headers of [{ origin: controller.url }, { "sec-fetch-site": "same-origin" }] as Record<string, string>[])
      equal((await deliver(controller, { secret, headers })).status, 403, JSON.stringify(headers));
  }));

test("get through a flood of strangers, who are told to come later", () =>
  withScriptedController(
    async (controller) => {
      const secret = await hooked(controller);
      const guesses = await Promise.all(Array.from({ length: 520 }, () => deliver(controller, { secret: "lwh_guess", to: "nobody" })));
      const refused = guesses.filter(({ status }) => status === 429);
      equal(refused.length, 20);
      ok(refused.every(({ headers }) => headers.has("retry-after")));
      equal((await deliver(controller, { secret })).status, 204);
    },
    { clock: new ManualClock(Date.UTC(2026, 4, 4)) },
  ));

test("come to an address that proves itself only to who shows the secret", () =>
  withScriptedController(async (controller) => {
    const secret = await hooked(controller);
    const challenge = (authorization: string): Promise<Response> =>
      fetch(`${controller.url}/hooks/okta/acme`, { headers: { authorization, "x-okta-verification-challenge": "prove it" } });
    const proved = await challenge(secret);
    deepEqual([proved.status, await proved.json()], [200, { verification: "prove it" }]);
    equal((await challenge("lwh_wrong")).status, 401);
    equal((await fetch(`${controller.url}/hooks/okta/acme`, { headers: { authorization: secret } })).status, 400);
  }));

test.run();
