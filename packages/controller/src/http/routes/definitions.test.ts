import { deepEqual, equal, match, ok } from "node:assert/strict";
import { suite } from "../../../../../test/support/suite.ts";
import { type ScriptedController, withScriptedController } from "../../../../../test/support/scripted-controller.ts";
import type { Problem } from "../problem.ts";

const test = suite("routes of connections");

type Json = Record<string, unknown>;

async function put({ ask }: ScriptedController, path: string, sent: { body: unknown; headers?: Record<string, string> }) {
  const response = await ask("PUT", path, sent);
  return { response, body: (await response.json()) as Json & Problem };
}

function pointers(problem: Problem): string[] {
  return (problem.details as { faults: { pointer: string }[] }).faults.map((fault) => fault.pointer);
}

test("keeps a connection as it is written and shows it in the same words", async () => {
  await withScriptedController(async (controller) => {
    await put(controller, "/v1/credentials/app", { body: { scheme: "ssws", token: "00secret" } });
    const placement = {
      on: "agent",
      require: "labels.site == 'hq' && 'okta' in labels.capabilities",
      prefer: [{ when: "labels.tier == 'prod'", weight: 50 }],
      whenNone: "wait",
      waitFor: "10m",
    };
    const { response, body } = await put(controller, "/v1/connections/acme", {
      body: {
        name: "acme",
        baseUrl: "https://acme.okta.com/",
        credential: "app",
        placement,
        timeout: "20s",
        retry: { attempts: 2 },
        concurrency: { limit: 10, keyLimit: 2 },
        startWithin: "1h",
      },
    });
    equal(response.status, 201);
    equal(response.headers.get("etag"), '"1-1"');
    deepEqual(body["placement"], placement);
    deepEqual([body["baseUrl"], body["timeout"], body["credential"]], ["https://acme.okta.com", "20s", "app"]);
    const on = ["not_sent", "unknown", "rate_limited", "target_error"];
    deepEqual(body["retry"], { on, attempts: 2, firstPause: "100ms", factor: 2, longestPause: "10s" });
    deepEqual(body["concurrency"], { limit: 10, keyLimit: 2 });
    deepEqual([body["startWithin"], body["runWithin"]], ["1h", "7d"]);
    const stored = await controller.connections.get("acme");
    deepEqual([stored?.value.retry, stored?.value.startWithinMs, stored?.value.runWithinMs], [{ attempts: 2 }, 3_600_000, undefined]);
    deepEqual(stored?.value.placement.waitForMs, 600_000);
    equal((await put(controller, "/v1/connections/acme", { body: { baseUrl: "https://acme.okta.com" } })).response.status, 200);
  });
});

test("refuses calls from the controller with a credential that only agents resolve, whichever of the two is put last", async () => {
  await withScriptedController(async (controller) => {
    const acme = { baseUrl: "https://acme.okta.com", credential: "site" };
    const reference = { scheme: "reference", reference: "okta-prod" };
    equal((await put(controller, "/v1/credentials/site", { body: reference })).response.status, 201);
    for (const placement of [{}, { placement: { on: "local" } }]) {
      const { response, body } = await put(controller, "/v1/connections/acme", { body: { ...acme, ...placement } });
      equal(response.status, 422);
      deepEqual([body["code"], pointers(body)], ["invalid_request", ["/placement/on"]]);
      match(body.detail, /must be "agent" or "either".*"site" is a reference, which only agents resolve/);
    }
    for (const on of ["agent", "either"]) {
      const { response } = await put(controller, `/v1/connections/${on}`, { body: { ...acme, placement: { on } } });
      equal(response.status, 201);
    }
    await put(controller, "/v1/credentials/held", { body: { scheme: "ssws", token: "00secret" } });
    await put(controller, "/v1/connections/acme", { body: { ...acme, credential: "held" } });
    const { response, body } = await put(controller, "/v1/credentials/held", { body: reference });
    equal(response.status, 422);
    deepEqual([body["code"], pointers(body)], ["invalid_request", ["/reference"]]);
    match(body.detail, /yet acme makes its calls locally; place it on "agent" or "either" first/);
  });
});

test("keeps the addresses that a connection lists, and refuses what is none", async () => {
  await withScriptedController(async (controller) => {
    const form = { baseUrl: "https://gateway.acme.internal", addresses: ["public", "10.20.0.0/16", "fd00::1"] };
    const { body } = await put(controller, "/v1/connections/gateway", { body: form });
    deepEqual(body["addresses"], form.addresses);
    const wrong = { ...form, addresses: ["10.20.0.1/16", "public", "localhost"] };
    const refused = await put(controller, "/v1/connections/gateway", { body: wrong });
    deepEqual([refused.response.status, pointers(refused.body)], [422, ["/addresses/0", "/addresses/2"]]);
  });
});

test("counts the revisions of each connection from 1, and lets none be changed that was made anew", async () => {
  await withScriptedController(async (controller) => {
    const form = { baseUrl: "https://a.okta.com" };
    await put(controller, "/v1/connections/other", { body: form });
    const first = await put(controller, "/v1/connections/acme", { body: form });
    deepEqual([first.response.status, first.body["revision"]], [201, 1]);
    deepEqual((await put(controller, "/v1/connections/acme", { body: form })).body["revision"], 2);
    await controller.ask("DELETE", "/v1/connections/acme");
    deepEqual((await put(controller, "/v1/connections/acme", { body: form })).body["revision"], 1);
    const stale = { "if-match": first.response.headers.get("etag") ?? "" };
    equal((await put(controller, "/v1/connections/acme", { body: form, headers: stale })).response.status, 409);
  });
});

test("removes only the revision that the caller has seen, where it says which", async () => {
  await withScriptedController(async (controller) => {
    const form = { baseUrl: "https://a.okta.com" };
    const first = await put(controller, "/v1/connections/acme", { body: form });
    const seen = { "if-match": first.response.headers.get("etag") ?? "" };
    await put(controller, "/v1/connections/acme", { body: { ...form, timeout: "9s" } });
    equal((await controller.ask("DELETE", "/v1/connections/acme", { headers: seen })).status, 409);
    const now = { "if-match": (await controller.ask("GET", "/v1/connections/acme")).headers.get("etag") ?? "" };
    equal((await controller.ask("DELETE", "/v1/connections/acme", { headers: now })).status, 204);
  });
});

test("says which schemes a base URL may have, and takes every port", async () => {
  await withScriptedController(async (controller) => {
    for (const baseUrl of ["ftp://x", "x", "acme.okta.com:443", "javascript:alert(1)"]) {
      const { body } = await put(controller, "/v1/connections/acme", { body: { baseUrl } });
      match(body.detail, /body\/baseUrl must begin with https:\/\/ or http:\/\//, baseUrl);
    }
    for (const baseUrl of ["https://", "http://a:99999", "http://a b"])
      match((await put(controller, "/v1/connections/acme", { body: { baseUrl } })).body.detail, /body\/baseUrl names no host and port/);
    equal((await put(controller, "/v1/connections/acme", { body: { baseUrl: "http://127.0.0.1:1" } })).response.status, 201);
  });
});

test("offers the names that an unknown one was meant to be, and says when there is none", async () => {
  await withScriptedController(async (controller) => {
    const detailOf = async (path: string): Promise<string> => ((await (await controller.ask("GET", path)).json()) as Problem).detail;
    match(await detailOf("/v1/connections/acme"), /No connection is named "acme"; there is none yet\.$/);
    await put(controller, "/v1/connections/acme", { body: { baseUrl: "https://a.okta.com" } });
    match(await detailOf("/v1/connections/acmee"), /; did you mean acme\?$/);
    match(await detailOf("/v1/connections/nothing-like-it"), /; `longarm connections ls` lists them\.$/);
    match(await detailOf("/v1/actions/okta.user.gett"), /; did you mean okta\.user\.get\?$/);
  });
});

test("compiles short forms and shows them as CEL", async () => {
  await withScriptedController(async (controller) => {
    const stages = [{ require: { pool: "blue" }, waitFor: "30s" }, { prefer: [{ when: { agent: "hq-1" }, weight: 5 }] }];
    const { body } = await put(controller, "/v1/connections/acme", {
      body: {
        baseUrl: "https://a.okta.com",
        placement: { on: "either", require: { capabilities: ["rest"] }, whenNone: "next", next: stages },
      },
    });
    deepEqual(body["placement"], {
      on: "either",
      require: "'rest' in labels.capabilities",
      whenNone: "next",
      next: [{ require: "labels.pool == 'blue'", waitFor: "30s" }, { prefer: [{ when: "agent.name == 'hq-1'", weight: 5 }] }],
    });
  });
});

test("names every fault of a connection at once", async () => {
  await withScriptedController(async (controller) => {
    const placement = { on: "agent", require: "labels.site =", prefer: [{ when: "1 + 1", weight: 1 }], whenNone: "next", waitFor: "soon" };
    const { response, body } = await put(controller, "/v1/connections/acme", {
      body: {
        name: "other",
        baseUrl: "ftp://user:pw@host/?a=1",
        placement,
        timeout: "1h",
        retry: { within: "0s", firstPause: "2h", longestPause: "later" },
        startWithin: "soon",
        runWithin: "0ms",
      },
    });
    equal(response.status, 422);
    equal(body.code, "invalid_request");
    deepEqual(pointers(body).toSorted(), [
      "/baseUrl",
      "/name",
      "/placement/next",
      "/placement/prefer/0/when",
      "/placement/require",
      "/placement/waitFor",
      "/retry/firstPause",
      "/retry/longestPause",
      "/retry/within",
      "/runWithin",
      "/startWithin",
      "/timeout",
    ]);
    ok(!JSON.stringify(body).includes("pw@"));
    equal(await controller.connections.get("acme"), undefined);
  });
});

test("refuses members that it does not know, wherever they stand", async () => {
  await withScriptedController(async (controller) => {
    const { body } = await put(controller, "/v1/connections/acme", {
      body: {
        baseUrl: "https://a.okta.com",
        password: "x",
        placement: { on: "local", require_: "true", prefer: [{ when: "true", weight: 1, why: 2 }] },
      },
    });
    deepEqual(pointers(body).toSorted(), ["/password", "/placement/prefer/0/why", "/placement/require_"]);
  });
});

test("refuses a base URL that holds a password, a query or a fragment", async () => {
  await withScriptedController(async (controller) => {
    for (const baseUrl of [
      "https://u:p@a.okta.com",
      "https://a.okta.com?x=1",
      "https://a.okta.com/#f",
      "a.okta.com",
      "file:///etc/passwd",
      "javascript:alert(1)",
    ]) {
      const { response, body } = await put(controller, "/v1/connections/acme", { body: { baseUrl } });
      deepEqual([response.status, pointers(body)], [422, ["/baseUrl"]], baseUrl);
    }
  });
});

test("a connection whose only fault is its selector says so with the place in it", async () => {
  await withScriptedController(async (controller) => {
    const { body } = await put(controller, "/v1/connections/acme", {
      body: {
        baseUrl: "https://a.okta.com",
        placement: { on: "agent", require: "labels.site == " },
      },
    });
    equal(body.code, "invalid_selector");
    match(body.detail, /\/placement\/require is no selector: .*line 1, column/);
  });
});

test("refuses a connection that names a credential nobody has made", async () => {
  await withScriptedController(async (controller) => {
    const { response, body } = await put(controller, "/v1/connections/acme", {
      body: { baseUrl: "https://a.okta.com", credential: "nope" },
    });
    deepEqual([response.status, body.code], [404, "unknown_credential"]);
  });
});

test("changes only the revision that the caller has seen", async () => {
  await withScriptedController(async (controller) => {
    const form = { baseUrl: "https://a.okta.com" };
    equal((await put(controller, "/v1/connections/acme", { body: form, headers: { "if-match": '"1-7"' } })).response.status, 409);
    const { response } = await put(controller, "/v1/connections/acme", { body: form, headers: { "if-none-match": "*" } });
    equal(response.status, 201);
    equal((await put(controller, "/v1/connections/acme", { body: form, headers: { "if-none-match": "*" } })).response.status, 409);
    equal(
      (await put(controller, "/v1/connections/acme", { body: form, headers: { "if-match": response.headers.get("etag") ?? "" } })).response
        .status,
      200,
    );
    equal((await put(controller, "/v1/connections/acme", { body: form, headers: { "if-match": '"7"' } })).response.status, 422);
  });
});

test("refuses names that could not stand in a key or a path", async () => {
  await withScriptedController(async (controller) => {
    for (const name of ["a.b", "a%20b", "-a", "x".repeat(64), "a%2Fb"])
      equal((await controller.ask("GET", `/v1/connections/${name}`)).status, 422, name);
  });
});

test("removes a connection once", async () => {
  await withScriptedController(async (controller) => {
    await put(controller, "/v1/connections/acme", { body: { baseUrl: "https://a.okta.com" } });
    equal((await controller.ask("DELETE", "/v1/connections/acme")).status, 204);
    equal((await controller.ask("DELETE", "/v1/connections/acme")).status, 404);
  });
});

test("tests a connection by the way a run would take, narrowed on request", async () => {
  await withScriptedController(async (controller) => {
    await put(controller, "/v1/connections/acme", { body: { baseUrl: "https://a.okta.com" } });
    const asked: unknown[] = [];
    controller.answers.connectionTest = (connection, on) => {
      asked.push([connection, on]);
      return {
        ok: false,
        connection,
        executor: null,
        why: null,
        method: "GET",
        path: "/",
        status: null,
        queuedMs: 0,
        sentMs: null,
        oktaRequestId: null,
        ...{ org: null, principal: null, scopes: null, clockAheadMs: null },
        error: null,
      };
    };
    const passed = await controller.ask("POST", "/v1/connections/acme/test");
    deepEqual([passed.status, ((await passed.json()) as { ok: boolean }).ok], [200, false]);
    await controller.ask("POST", "/v1/connections/acme/test", { body: { on: { agent: "hq-1" } } });
    await controller.ask("POST", "/v1/connections/acme/test", { body: { on: "local" } });
    deepEqual(asked, [
      ["acme", undefined],
      ["acme", "agent.name == 'hq-1'"],
      ["acme", "local"],
    ]);
  });
});

test.run();
