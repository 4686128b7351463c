import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { suite } from "../../../../test/support/suite.ts";
import { until } from "../../../../test/support/until.ts";
import { type SandboxOrg, withSandbox } from "../../../../test/support/sandbox.ts";
import { bytesAt } from "./bytes.ts";

const test = suite("faults and the ledger");

const suspend = "/api/v1/users/user000000/lifecycle/suspend";
const template = "/api/v1/users/{id}/lifecycle/suspend";

async function fault(org: SandboxOrg, body: object): Promise<void> {
  assert.equal((await org.call("POST", "/sandbox/faults", body)).status, 201);
}

async function statusOf(org: SandboxOrg): Promise<string> {
  return ((await org.call("GET", "/api/v1/users/user000000")).body as { status: string }).status;
}

async function effects(org: SandboxOrg): Promise<string[]> {
  const { entries } = (await org.call("GET", "/sandbox/ledger")).body as { entries: { effect: string }[] };
  return entries.map((entry) => entry.effect);
}

test("a connection cut before applying leaves the org as it was", async () => {
  await withSandbox({ users: 1 }, async (org) => {
    await fault(org, { kind: "cutBefore", match: { method: "POST", path: template, count: 1 } });
    await assert.rejects(org.call("POST", suspend));
    assert.deepEqual([await statusOf(org), await effects(org)], ["ACTIVE", []]);
    assert.equal((await org.call("POST", suspend)).status, 200);
  });
});

test("a connection cut after applying has really applied the request, once", async () => {
  await withSandbox({ users: 1 }, async (org) => {
    await fault(org, { kind: "cutAfterApply", match: { path: template, count: 1 } });
    await assert.rejects(org.call("POST", suspend));
    assert.deepEqual([await statusOf(org), await effects(org)], ["SUSPENDED", ["user.suspended"]]);
    const { routes } = (await org.call("GET", "/sandbox/requests")).body as { routes: Record<string, { statuses: object }> };
    assert.deepEqual(routes[`POST ${template}`]?.statuses, { 0: 1 });
  });
});

test("half a body and a broken body have been applied too, and look as they are named", async () => {
  await withSandbox({ users: 2 }, async (org) => {
    await fault(org, { kind: "halfBody", match: { path: "/api/v1/users/user000000", count: 1 } });
    await assert.rejects(org.call("GET", "/api/v1/users/user000000"), TypeError);
    await fault(org, { kind: "wrongJson", match: { path: "/api/v1/users/user000001", count: 1 } });
    await assert.rejects(org.call("GET", "/api/v1/users/user000001"), SyntaxError);
  });
});

test("a status fault answers before or after applying, as asked", async () => {
  await withSandbox({ users: 1 }, async (org) => {
    await fault(org, { kind: "status", status: 503, match: { path: suspend, count: 1 } });
    const before = await org.call("POST", suspend);
    assert.deepEqual([before.status, (before.body as { errorCode: string }).errorCode, await statusOf(org)], [503, "E0000010", "ACTIVE"]);
    await fault(org, { kind: "status", status: 502, body: "<html>", apply: true, match: { path: suspend, count: 1 } });
    await assert.rejects(org.call("POST", suspend), SyntaxError);
    assert.equal(await statusOf(org), "SUSPENDED");
  });
});

async function limitsOf(org: SandboxOrg, fault429: object): Promise<readonly (number | string)[]> {
  await fault(org, { kind: "status", status: 429, match: { count: 1 }, ...fault429 });
  const { status, headers, body } = await org.call("GET", "/api/v1/users/user000000");
  const [limit, remaining, reset] = ["limit", "remaining", "reset"].map((name) => Number(headers.get(`x-rate-limit-${name}`)));
  const waitMs = (reset ?? 0) * 1_000 - Date.parse(headers.get("date") ?? "");
  assert.ok(waitMs > 0 && waitMs <= 62_000, `the reset is ${waitMs} ms away`);
  return [status, (body as { errorCode: string }).errorCode, limit ?? -1, remaining ?? -1];
}

test("a fault with the status 429 looks like the end of a bucket, or like too many requests at once", async () => {
  await withSandbox({ users: 1, limits: { concurrent: 9, buckets: [{ covers: "*", perWindow: 100 }] } }, async (org) => {
    assert.deepEqual(await limitsOf(org, {}), [429, "E0000047", 100, 0]);
    assert.deepEqual(await limitsOf(org, { concurrent: true }), [429, "E0000047", 0, 0]);
  });
});

test("a slow drip arrives whole, and latency only delays", async () => {
  await withSandbox({ users: 1 }, async (org) => {
    await fault(org, { kind: "slowDrip", ms: 1, bytes: 400, match: { count: 1 } });
    assert.equal(await statusOf(org), "ACTIVE");
    await fault(org, { kind: "latency", ms: 5, match: { count: 1 } });
    assert.equal(await statusOf(org), "ACTIVE");
  });
});

test("a fault lets as many pass first as it was told, meets as many as it counts, and can be taken back", async () => {
  await withSandbox({ users: 1 }, async (org) => {
    await fault(org, { kind: "status", status: 500, match: { method: "GET", path: "/api/v1/users", skip: 1, count: 2 } });
    const seen: number[] = [];
    for (let time = 0; time < 4; time += 1) seen.push((await org.call("GET", "/api/v1/users")).status);
    assert.deepEqual(seen, [200, 500, 500, 200]);
    await fault(org, { kind: "status", status: 500, match: {} });
    await org.call("DELETE", "/sandbox/faults");
    assert.equal((await org.call("GET", "/api/v1/users")).status, 200);
  });
});

test("a request whose client does not wait is applied and logged all the same, with where it came from", () =>
  withSandbox({ users: 3 }, async (org) => {
    await fault(org, { kind: "latency", ms: 150, match: { method: "POST", count: 1 } });
    const impatient = AbortSignal.timeout(30);
    const headers = { authorization: `SSWS ${org.token}` };
    const asked = fetch(`${org.url}/api/v1/users/user000001@example.com/lifecycle/suspend`, { method: "POST", headers, signal: impatient });
    await assert.rejects(asked);
    const suspended = async () => ((await org.call("GET", "/sandbox/ledger?effect=user.suspended")).body as { total: number }).total;
    await until("the suspension is applied", async () => (await suspended()) === 1);
    const logged = await org.call("GET", "/api/v1/logs?filter=eventType%20eq%20%22user.lifecycle.suspend%22");
    const [event] = logged.body as { client: { ipAddress: unknown } }[];
    assert.match(String(event?.client.ipAddress), /127\.0\.0\.1$/);
  }));

for (const [what, wrong] of [
  ["a method that is no text", { kind: "latency", match: { method: 7 } }],
  ["a path that is no text", { kind: "latency", match: { path: null } }],
  ["a route that the org does not have", { kind: "latency", match: { path: "/api/v1/users/{userId}" } }],
  ["a status that is none", { kind: "status", status: 99, match: {} }],
  ["a negative time", { kind: "latency", ms: -1, match: {} }],
  ["pieces of no bytes", { kind: "slowDrip", bytes: 0, match: {} }],
  ["a member that nobody knows", { kind: "latency", sekonds: 1, match: {} }],
] as const) {
  test(`a fault with ${what} is refused, and the org goes on`, () =>
    withSandbox({ users: 1 }, async (org) => {
      const { status, body } = await org.call("POST", "/sandbox/faults", wrong);
      assert.equal(status, 400);
      assert.match((body as { error: string }).error, /fault\/[a-z]/);
      assert.equal((await org.call("GET", "/api/v1/users/user000000@example.com")).status, 200);
    }));
}

test("a fault of no known kind is refused with the list of kinds", async () => {
  await withSandbox({}, async (org) => {
    const reply = await org.call("POST", "/sandbox/faults", { kind: "explode", match: {} });
    assert.equal(reply.status, 400);
    assert.ok("cutAfterApply" in (reply.body as { kinds: object }).kinds);
  });
});

test("the ledger names the request of each effect and the hash of its body", async () => {
  await withSandbox({}, async (org) => {
    const body = { profile: { firstName: "Ada", lastName: "Byron", login: "ada@example.com", email: "ada@example.com" } };
    const reply = await org.call("POST", "/api/v1/users", body);
    const { entries } = (await org.call("GET", "/sandbox/ledger?effect=user.created")).body as { entries: Record<string, unknown>[] };
    const { at, ...entry } = entries[0] as Record<string, unknown>;
    assert.equal(typeof at, "string");
    assert.deepEqual(entry, {
      sequence: 1,
      effect: "user.created",
      object: (reply.body as { id: string }).id,
      changed: true,
      method: "POST",
      path: "/api/v1/users",
      requestId: reply.headers.get("x-okta-request-id"),
      bodyHash: createHash("sha256").update(JSON.stringify(body)).digest("hex"),
    });
  });
});

test("a large body has exactly the bytes that can be foretold", async () => {
  await withSandbox({}, async (org) => {
    const bytes = Buffer.from(await (await fetch(`${org.url}/sandbox/bytes?size=1000003`)).arrayBuffer());
    assert.equal(bytes.length, 1_000_003);
    assert.ok([0, 1, 65_535, 65_536, 999_999].every((at) => bytes[at] === at % 251 && bytesAt(at, 1)[0] === at % 251));
  });
});

test.run();
