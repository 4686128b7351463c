import { deepEqual, equal, match, ok } from "node:assert/strict";
import { LongarmError } from "@longarm/shared";
import { suite } from "../../../../../test/support/suite.ts";
import { type ScriptedController, withScriptedController } from "../../../../../test/support/scripted-controller.ts";
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
    deepEqual(controller.runs.submitted, [
      { action: "okta.user.get", connections: ["*"], input: { user: "ada" }, lane: "standard", principal: "tester" },
    ]);
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
      connections: ["*"],
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

test.run();
