import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { type SandboxOrg, withSandbox } from "../../../../test/support/sandbox.ts";
import { limitTables, RateLimits } from "./limits.ts";

const test = suite("rate limits");

const startMs = Date.UTC(2026, 0, 1);

function clockAt(time: { nowMs: number }) {
  return { nowMs: () => time.nowMs, monotonicMs: () => time.nowMs, sleep: () => Promise.resolve() };
}

async function headersOf(org: SandboxOrg, path: string): Promise<(number | string)[]> {
  const { status, headers } = await org.call("GET", path);
  return [status, ...["limit", "remaining", "reset"].map((name) => Number(headers.get(`x-rate-limit-${name}`)))];
}

test("a route belongs to the longest bucket that covers it", () => {
  const limits = new RateLimits(limitTables.workforce, 60_000, () => startMs);
  const limitOf = (method: string, template: string) => limits.begin(method, template).limit;
  assert.equal(limitOf("GET", "/api/v1/users/{id}"), 2_000);
  assert.equal(limitOf("DELETE", "/api/v1/users/{id}"), 600);
  assert.equal(limitOf("POST", "/api/v1/users/{id}/lifecycle/suspend"), 1_200);
  assert.equal(limitOf("GET", "/api/v1/groups"), 500);
  assert.equal(limitOf("GET", "/api/v1/groups/{groupId}/users"), 1_200);
  assert.equal(limitOf("GET", "/api/v1/apps/{appId}"), 500);
  assert.equal(limitOf("GET", "/api/v1/apps/{appId}/users"), 100);
});

test("a bucket's window starts at its first use and refuses past its limit until it ends", async () => {
  const time = { nowMs: startMs };
  const limits = {
    concurrent: 10,
    buckets: [
      { covers: "/api/v1/users", perWindow: 2 },
      { covers: "*", perWindow: 9 },
    ],
  };
  await withSandbox({ limits, clock: clockAt(time) }, async (org) => {
    time.nowMs += 30_000;
    const reset = (time.nowMs + 60_000) / 1000;
    assert.deepEqual(await headersOf(org, "/api/v1/users"), [200, 2, 1, reset]);
    assert.deepEqual(await headersOf(org, "/api/v1/users"), [200, 2, 0, reset]);
    time.nowMs += 59_999;
    assert.deepEqual(await headersOf(org, "/api/v1/users"), [429, 2, 0, reset]);
    assert.deepEqual((await headersOf(org, "/api/v1/groups")).slice(0, 3), [200, 9, 8]);
    assert.equal(((await org.call("GET", "/api/v1/users")).body as { errorCode: string }).errorCode, "E0000047");
    time.nowMs += 1;
    assert.deepEqual(await headersOf(org, "/api/v1/users"), [200, 2, 1, reset + 60]);
  });
});

test("too many requests at once are refused with a limit of nought", async () => {
  const limits = { concurrent: 1, buckets: [{ covers: "*", perWindow: 100 }] };
  await withSandbox({ users: 1, limits }, async (org) => {
    await org.call("POST", "/sandbox/faults", { kind: "latency", ms: 200, match: { path: "/api/v1/users/user000000", count: 1 } });
    const slow = org.call("GET", "/api/v1/users/user000000");
    const seen = async () => ((await org.call("GET", "/sandbox/faults")).body as { faults: { hits: number }[] }).faults[0]?.hits;
    while ((await seen()) === 0);
    assert.deepEqual((await headersOf(org, "/api/v1/users")).slice(0, 3), [429, 0, 0]);
    assert.equal((await slow).status, 200);
    assert.equal((await headersOf(org, "/api/v1/users"))[0], 200);
  });
});

test("every answer of the API carries the headers, refusals and unlimited orgs included", async () => {
  await withSandbox({ limits: "off" }, async (org) => {
    for (const path of ["/api/v1/users", "/api/v1/users/nobody", "/api/v1/nowhere"]) {
      const { headers } = await org.request({ method: "GET", path, headers: path.endsWith("users") ? { authorization: "" } : {} });
      assert.match(headers.get("x-okta-request-id") ?? "", /^[\w-]{20,}$/);
      assert.ok(Number(headers.get("x-rate-limit-limit")) > 1_000_000);
      assert.ok(headers.get("date"));
    }
  });
});

test.run();
