import { deepEqual, equal, match, ok } from "node:assert/strict";
import { newId } from "@longarm/shared";
import { suite } from "../../../../../test/support/suite.ts";
import { anyCall } from "../../../../../test/support/scripted/runs.ts";
import { withScriptedController } from "../../../../../test/support/scripted-controller.ts";
import { newApiToken } from "../../access/api-token.ts";
import type { Problem } from "../problem.ts";

const test = suite("what can be asked of a run over HTTP");

async function problemOf(response: Response): Promise<Problem> {
  match(response.headers.get("content-type") ?? "", /^application\/problem\+json/);
  return (await response.json()) as Problem;
}

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
