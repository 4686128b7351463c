import { deepEqual, equal, match, ok } from "node:assert/strict";
import { LongarmError, newId } from "@longarm/shared";
import { suite } from "../../../../../test/support/suite.ts";
import { anyCall } from "../../../../../test/support/scripted/runs.ts";
import { type ScriptedController, withScriptedController } from "../../../../../test/support/scripted-controller.ts";
import { newApiToken } from "../../access/api-token.ts";
import type { Problem } from "../problem.ts";

const test = suite("routes of runs");

async function problemOf(response: Response): Promise<Problem> {
  match(response.headers.get("content-type") ?? "", /^application\/problem\+json/);
  return (await response.json()) as Problem;
}

async function submit(controller: ScriptedController, body: unknown, headers: Record<string, string> = {}) {
  const response = await controller.ask("POST", "/v1/runs", { body, headers });
  return { response, run: (await response.json()) as { id: string; status: string; code?: string } };
}

test("accepts a run with 202 and its place, lane standard unless told", async () => {
  await withScriptedController(async (controller) => {
    const { response, run } = await submit(controller, { action: "okta.user.get", input: { user: "ada" } });
    equal(response.status, 202);
    equal(response.headers.get("location"), `/v1/runs/${run.id}`);
    equal(run.status, "queued");
    deepEqual(controller.runs.submitted, [{ action: "okta.user.get", input: { user: "ada" }, lane: "standard", principal: "tester" }]);
  });
});

test("passes on everything a submission may say, with deadline and selector read", async () => {
  await withScriptedController(async (controller) => {
    const body = {
      action: "okta.user.get",
      connection: "acme",
      input: {},
      lane: "bulk",
      deadline: "2099-01-01T00:00:00Z",
      on: { pool: "blue" },
    };
    const terms = {
      retry: { on: ["rate_limited", "not_sent"], attempts: 3, within: "2m", firstPause: "1s", factor: 1, longestPause: "5s" },
      concurrencyKey: "ada",
      concurrencyLimit: 2,
      startWithin: "10m",
      runWithin: "1h",
    };
    await submit(controller, { ...body, ...terms }, { "idempotency-key": "k-1" });
    deepEqual(controller.runs.submitted[0], {
      ...body,
      terms: {
        retry: { on: ["not_sent", "rate_limited"], attempts: 3, withinMs: 120_000, firstPauseMs: 1_000, factor: 1, longestPauseMs: 5_000 },
        concurrencyKey: "ada",
        concurrencyLimit: 2,
        startWithinMs: 600_000,
        runWithinMs: 3_600_000,
      },
      deadline: { text: body.deadline, atMs: Date.parse(body.deadline) },
      on: "labels.pool == 'blue'",
      idempotencyKey: "k-1",
      principal: "tester",
    });
  });
});

test("answers 200 with the finished run when it ends within the preferred wait", async () => {
  await withScriptedController(async (controller) => {
    const { response, run } = await submit(controller, { action: "okta.user.get" }, { prefer: "respond-async, wait=20" });
    equal(response.status, 200);
    equal(response.headers.get("preference-applied"), "wait=20");
    equal(run.status, "succeeded");
  });
});

test("takes a longer preferred wait than the longest for the longest", async () => {
  await withScriptedController(async (controller) => {
    for (const seconds of ["601", "99999999", "9".repeat(400)]) {
      const { response, run } = await submit(controller, { action: "okta.user.get" }, { prefer: `wait=${seconds}` });
      deepEqual([response.status, response.headers.get("preference-applied"), run.status], [200, "wait=600", "succeeded"]);
    }
  });
});

test("answers 202 with the run as it is when the preferred wait passes first", async () => {
  await withScriptedController(async (controller) => {
    controller.runs.endings.set("okta.user.get", undefined);
    const { response, run } = await submit(controller, { action: "okta.user.get" }, { prefer: "wait=1" });
    equal(response.status, 202);
    equal(run.status, "queued");
    equal((await controller.ask("GET", `/v1/runs/${run.id}`, { headers: { prefer: "wait=0" } })).status, 200);
  });
});

test("the same key and body name the same run, another body is refused", async () => {
  await withScriptedController(async (controller) => {
    const key = { "idempotency-key": "order-7" };
    const first = await submit(controller, { action: "okta.user.get", input: { user: "ada" } }, key);
    const again = await submit(controller, { action: "okta.user.get", input: { user: "ada" } }, key);
    equal(again.run.id, first.run.id);
    const other = await controller.ask("POST", "/v1/runs", { body: { action: "okta.user.get", input: { user: "bob" } }, headers: key });
    const problem = await problemOf(other);
    deepEqual([other.status, problem.code, problem.runId], [422, "idempotency_conflict", first.run.id]);
  });
});

test("names every fault of a submission at once, with its place", async () => {
  await withScriptedController(async (controller) => {
    const response = await controller.ask("POST", "/v1/runs", { body: { input: {}, lane: "fast", connection: 7, extra: 1, "a/b": 2 } });
    equal(response.status, 422);
    const { code, details } = await problemOf(response);
    equal(code, "invalid_request");
    const faults = (details as { faults: { pointer: string; problem: string }[] }).faults;
    deepEqual(faults.map((fault) => fault.pointer).toSorted(), ["/action", "/a~1b", "/connection", "/extra", "/lane"].toSorted());
    equal(controller.runs.submitted.length, 0);
  });
});

test("takes nothing for what it is not: a number in a string stays a string", async () => {
  await withScriptedController(async (controller) => {
    for (const body of [{ action: 7 }, { action: null }, { action: "" }, [], "text", 7, null]) {
      const response = await controller.ask("POST", "/v1/runs", { body });
      deepEqual([response.status, (await problemOf(response)).code], [422, "invalid_request"], JSON.stringify(body));
    }
  });
});

test("shows where a selector does not parse", async () => {
  await withScriptedController(async (controller) => {
    const response = await controller.ask("POST", "/v1/runs", { body: { action: "okta.user.get", on: "labels.site = 'hq'" } });
    const problem = await problemOf(response);
    deepEqual([response.status, problem.code], [422, "invalid_selector"]);
    equal(problem.details?.["column"], 13);
    match(problem.detail, /write `==` to compare/);
  });
});

test("refuses a limit for a key that is not told", async () => {
  await withScriptedController(async (controller) => {
    const { response } = await submit(controller, { action: "okta.user.get", concurrencyLimit: 2 });
    deepEqual([response.status, controller.runs.submitted.length], [422, 0]);
  });
});

test("refuses a deadline that lies in the past", async () => {
  await withScriptedController(async (controller) => {
    equal((await submit(controller, { action: "okta.user.get", deadline: "2001-01-01T00:00:00Z" })).response.status, 422);
  });
});

const unfitKeys: readonly (readonly [what: string, key: string, problem: RegExp])[] = [
  ["empty", "", /must not be empty; leave the header away/],
  ["too long", "x".repeat(256), /must have at most 255 characters; it has 256/],
  ["two words", "two words", /must be visible ASCII characters/],
  ["no ASCII", "schlüssel", /must be visible ASCII characters/],
];
for (const [what, key, expected] of unfitKeys) {
  test(`refuses an idempotency key that is ${what}, rather than to run without one`, async () => {
    await withScriptedController(async (controller) => {
      const response = await controller.ask("POST", "/v1/runs", {
        body: { action: "okta.user.get" },
        headers: { "idempotency-key": key },
      });
      const { code, detail, details } = await problemOf(response);
      deepEqual([response.status, code, controller.runs.submitted.length], [422, "invalid_request", 0]);
      match(detail, expected);
      equal((details as { faults: { pointer: string }[] }).faults[0]?.pointer, "/idempotency-key");
    });
  });
}

test("refuses a body that nests too deeply, or holds what is no text, with the place", async () => {
  await withScriptedController(async ({ url, token, runs }) => {
    const post = async (body: string | Uint8Array<ArrayBuffer>) => {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const response = await fetch(`${url}/v1/runs`, { method: "POST", headers, body });
      const problem = await problemOf(response);
      equal(problem.status, response.status);
      return problem;
    };
    const input = (text: string): string => `{"action":"okta.user.get","input":${text}}`;
    const deep = await post(input("[".repeat(100_000) + "]".repeat(100_000)));
    deepEqual([deep.status, deep.code], [422, "invalid_request"]);
    match(deep.detail, /body\/input\/0\/0.* is nested deeper than 100 levels/);
    const half = await post(input('{"user":["ada","\\ud800"]}'));
    deepEqual([half.status, half.code], [422, "invalid_request"]);
    match(half.detail, /body\/input\/user\/1 holds half of a surrogate pair/);
    const latin = await post(Buffer.from(input('"sch\xfcssel"'), "latin1"));
    deepEqual([latin.status, latin.code], [400, "invalid_json"]);
    match(latin.detail, /not encoded as UTF-8/);
    equal(runs.submitted.length, 0);
  });
});

test("says in words what a run's id is, and what must not be empty", async () => {
  await withScriptedController(async ({ ask }) => {
    match((await problemOf(await ask("GET", "/v1/runs/nonsense"))).detail, /params\/id must be a run id, e\.g\. run_…\.$/);
    match((await problemOf(await ask("POST", "/v1/runs", { body: { action: "" } }))).detail, /body\/action must not be empty\.$/);
    const told = await problemOf(await ask("POST", "/v1/runs", { body: { action: "x", on: 5, deadlin: "1h" } }));
    match(told.detail, /body\/on must be a string or an object/);
    match(told.detail, /body\/deadlin is not known here; did you mean "deadline"\?/);
  });
});

test("says where a body stops being JSON, and quotes none of it", async () => {
  await withScriptedController(async ({ url, token }) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const response = await fetch(`${url}/v1/runs`, {
      method: "POST",
      headers,
      body: '{"action": "okta.user.get",\n "password": "hunter2" oops}',
    });
    const text = await response.text();
    const problem = JSON.parse(text) as Problem;
    deepEqual([response.status, problem.code], [400, "invalid_json"]);
    deepEqual([problem.details?.["line"], problem.details?.["column"]], [2, 24]);
    ok(!text.includes("hunter2"));
  });
});

test("refuses another content type, a body that is too large, and an empty one", async () => {
  await withScriptedController(async ({ url, token }) => {
    const headers = { authorization: `Bearer ${token}` };
    const post = (body: string, type: string): Promise<Response> =>
      fetch(`${url}/v1/runs`, { method: "POST", headers: { ...headers, "content-type": type }, body });
    const answers = [
      await post("<run/>", "application/xml"),
      await post(JSON.stringify({ action: "x", input: "y".repeat(600_000) }), "application/json"),
      await post("", "application/json"),
    ];
    const codes = await Promise.all(answers.map(async (answer) => [answer.status, (await problemOf(answer)).code]));
    deepEqual(codes, [
      [415, "unsupported_content_type"],
      [413, "input_too_large"],
      [422, "invalid_request"],
    ]);
  });
});

test("passes on the refusals of the engine with their own status", async () => {
  await withScriptedController(async (controller) => {
    const expected = {
      unknown_action: 404,
      unknown_connection: 404,
      connection_required: 422,
      placement_not_allowed: 403,
      storage_full: 507,
      broker_unavailable: 503,
    } as const;
    for (const [code, status] of Object.entries(expected)) {
      controller.runs.refusal = new LongarmError(code as keyof typeof expected);
      const response = await controller.ask("POST", "/v1/runs", { body: { action: "okta.user.get" } });
      deepEqual([response.status, (await problemOf(response)).code], [status, code]);
    }
  });
});

test("lists with filters and cursor, and refuses a filter that it does not know", async () => {
  await withScriptedController(async (controller) => {
    for (let n = 0; n < 3; n += 1) controller.runs.add({ status: n === 0 ? "failed" : "queued" });
    const first = (await (await controller.ask("GET", "/v1/runs?limit=2&status=queued,failed&lane=bulk&q=x&since=1h")).json()) as {
      runs: unknown[];
      nextCursor: string;
    };
    equal(first.runs.length, 2);
    const second = (await (await controller.ask("GET", `/v1/runs?limit=2&cursor=${first.nextCursor}`)).json()) as {
      runs: unknown[];
      nextCursor: null;
    };
    deepEqual([second.runs.length, second.nextCursor], [1, null]);
    const { since, ...filter } = controller.runs.listed[0]?.filter ?? {};
    deepEqual(filter, { status: ["queued", "failed"], lane: "bulk", q: "x" });
    ok(Math.abs((since ?? 0) - (Date.now() - 3_600_000)) < 60_000);
    for (const query of ["limit=0", "limit=201", "limit=x", "status=done", "lane=fast", "since=soon", "cursor=zzz", "color=red"]) {
      equal((await controller.ask("GET", `/v1/runs?${query}`)).status, 422, query);
    }
  });
});

test("pages through the calls of a run", async () => {
  await withScriptedController(async (controller) => {
    const { id } = controller.runs.add();
    controller.runs.callsOf.set(
      id,
      Array.from({ length: 5 }, (_, n) => anyCall({ path: `/${n}` })),
    );
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? "" : `&cursor=${cursor}`;
      const page = (await (await controller.ask("GET", `/v1/runs/${id}/calls?limit=2${query}`)).json()) as {
        calls: { path: string }[];
        nextCursor: string | null;
        total: number;
      };
      seen.push(...page.calls.map((call) => call.path));
      equal(page.total, 5);
      cursor = page.nextCursor;
    } while (cursor !== null);
    deepEqual(seen, ["/0", "/1", "/2", "/3", "/4"]);
  });
});

test("an unknown run is 404 on each of its routes, a malformed id 422", async () => {
  await withScriptedController(async ({ ask }) => {
    const id = newId("run");
    for (const [method, tail] of [
      ["GET", ""],
      ["DELETE", ""],
      ["GET", "/calls"],
      ["GET", "/log"],
      ["GET", "/items"],
      ["GET", "/secrets"],
      ["POST", "/cancel"],
      ["POST", "/retry"],
      ["POST", "/resolve"],
    ] as const) {
      const body = tail === "/resolve" ? { body: { status: "failed", note: "Not there." } } : {};
      const response = await ask(method, `/v1/runs/${id}${tail}`, body);
      deepEqual([response.status, (await problemOf(response)).runId], [404, id], tail);
      equal((await ask(method, `/v1/runs/nonsense${tail}`)).status, 422);
    }
  });
});

test("cancels a run, and submits a finished one again", async () => {
  await withScriptedController(async ({ ask, runs }) => {
    const { id } = runs.add();
    equal((await ask("POST", `/v1/runs/${id}/retry`)).status, 409);
    const cancelled = await ask("POST", `/v1/runs/${id}/cancel`);
    deepEqual([cancelled.status, ((await cancelled.json()) as { status: string }).status], [202, "cancelled"]);
    const again = await ask("POST", `/v1/runs/${id}/retry`);
    equal(again.status, 202);
    ok(again.headers.get("location") !== `/v1/runs/${id}`);
    equal((await ask("POST", `/v1/runs/${id}/cancel`)).status, 409);
  });
});

test("removes a finished run, to whom has the scope, and no other one", async () => {
  await withScriptedController(async ({ ask, runs }) => {
    const { id } = runs.add();
    const refused = await ask("DELETE", `/v1/runs/${id}`);
    deepEqual([refused.status, (await problemOf(refused)).code], [409, "invalid_state"]);
    await ask("POST", `/v1/runs/${id}/cancel`);
    const removed = await ask("DELETE", `/v1/runs/${id}`);
    deepEqual([removed.status, await removed.text()], [204, ""]);
    equal((await ask("DELETE", `/v1/runs/${id}`)).status, 404);
  });
});

test("settles a run that ended outcome_unknown once, by a status and what was seen", async () => {
  await withScriptedController(async ({ ask, runs }) => {
    const { id } = runs.add({ status: "outcome_unknown" });
    const resolve = (body: object): Promise<Response> => ask("POST", `/v1/runs/${id}/resolve`, { body });
    for (const body of [{ status: "succeeded" }, { status: "cancelled", note: "x" }, { status: "failed", note: "" }])
      equal((await resolve(body)).status, 422, JSON.stringify(body));
    const settled = (await (await resolve({ status: "failed", note: "No such user." })).json()) as { status: string; resolved: object };
    deepEqual([settled.status, settled.resolved], ["failed", { by: "tester", note: "No such user.", at: "2026-01-02T03:04:05.000Z" }]);
    equal((await resolve({ status: "succeeded", note: "It was there." })).status, 409);
  });
});

test("gives secret outputs once, to be stored nowhere, and a HEAD uses none up", async () => {
  await withScriptedController(async ({ ask, runs }) => {
    const secrets = { for: "tester", readableUntil: "2026-01-02T03:19:05.000Z", readAt: null };
    const { id } = runs.add({ status: "succeeded", secrets });
    runs.secretsOf.set(id, { "/temporaryPassword": "canary" });
    equal((await ask("HEAD", `/v1/runs/${id}/secrets`)).status, 405);
    const shown = (await (await ask("GET", `/v1/runs/${id}`)).json()) as { secrets: object };
    deepEqual(shown.secrets, secrets);
    const given = await ask("GET", `/v1/runs/${id}/secrets`);
    deepEqual([given.status, given.headers.get("cache-control")], [200, "no-store"]);
    deepEqual(await given.json(), { runId: id, readAt: "2026-01-02T03:04:05.000Z", secrets: { "/temporaryPassword": "canary" } });
    const again = await ask("GET", `/v1/runs/${id}/secrets`);
    const problem = await problemOf(again);
    deepEqual([again.status, problem.code, problem.runId], [410, "secrets_gone", id]);
  });
});

test("refuses secret outputs to a key that may not submit, and to another submitter", async () => {
  await withScriptedController(async ({ apiKeys, url, runs }) => {
    const { id } = runs.add({ status: "succeeded", secrets: { for: "tester", readableUntil: "2026-01-02T03:19:05.000Z", readAt: null } });
    runs.secretsOf.set(id, { "/temporaryPassword": "canary" });
    for (const [scope, code] of [
      ["runs:read", "forbidden"],
      ["runs:submit", "not_allowed"],
    ] as const) {
      const key = newApiToken();
      await apiKeys.add(key, { principal: `other-${scope}`, scopes: [scope] });
      const response = await fetch(`${url}/v1/runs/${id}/secrets`, { headers: { authorization: `Bearer ${key.reveal()}` } });
      deepEqual([response.status, (await problemOf(response)).code], [403, code]);
    }
    equal(runs.runs.get(id)?.secrets?.readAt, null);
  });
});

test("releases who waits when the server closes", async () => {
  let waiting: Promise<Response> | undefined;
  await withScriptedController(async (controller) => {
    controller.runs.endings.set("okta.user.get", undefined);
    const { id } = controller.runs.add();
    waiting = controller.ask("GET", `/v1/runs/${id}`, { headers: { prefer: "wait=600" } });
    await controller.ask("GET", "/healthz");
  });
  const response = await waiting;
  ok(response?.status === 200 || response?.status === 503);
});

test.run();
