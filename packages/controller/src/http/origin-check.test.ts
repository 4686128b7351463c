import { equal } from "node:assert/strict";
import { request } from "node:http";
import { suite } from "../../../../test/support/suite.ts";
import { withScriptedController } from "../../../../test/support/scripted-controller.ts";
import { expectedOrigins } from "./origin-check.ts";

const test = suite("origin check");

/** The status that a request with these headers gets; `fetch` would not let a test choose the host. */
function statusOf(port: number, path: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on("error", reject).end();
  });
}

test("answers under its loopback names and under the public URL's host, and under no other", async () => {
  await withScriptedController(
    async ({ port, token }) => {
      const authorization = `Bearer ${token}`;
      for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`, `LocalHost:${port}`, "longarm.example.com"]) {
        equal(await statusOf(port, "/v1/runs", { host, authorization }), 200, host);
      }
      for (const host of [
        `evil.example:${port}`,
        "127.0.0.1",
        `127.0.0.1:${port + 1}`,
        "localhost",
        "longarm.example.com:8080",
        `127.0.0.1:${port}.evil.example`,
      ]) {
        equal(await statusOf(port, "/v1/runs", { host, authorization }), 403, host);
      }
    },
    { publicUrl: "https://longarm.example.com/base" },
  );
});

test("refuses a page of another origin, and takes its own", async () => {
  await withScriptedController(async ({ port, token }) => {
    const common = { host: `127.0.0.1:${port}`, authorization: `Bearer ${token}` };
    equal(await statusOf(port, "/v1/runs", { ...common, origin: `http://127.0.0.1:${port}` }), 200);
    for (const origin of ["https://evil.example", "null", `https://127.0.0.1:${port}`])
      equal(await statusOf(port, "/v1/runs", { ...common, origin }), 403, origin);
  });
});

test("checks the reference page too, and lets probes ask by any name", async () => {
  await withScriptedController(async ({ port }) => {
    const host = `evil.example:${port}`;
    equal(await statusOf(port, "/docs/", { host }), 403);
    equal(await statusOf(port, "/openapi.json", { host }), 403);
    equal(await statusOf(port, "/healthz", { host }), 200);
    equal(await statusOf(port, "/readyz", { host }), 200);
  });
});

test("takes the address that it is bound to", () => {
  equal(expectedOrigins({ scheme: "http", host: "10.0.0.5", port: 7700 }, undefined).hosts.has("10.0.0.5:7700"), true);
  equal(expectedOrigins({ scheme: "http", host: "0.0.0.0", port: 7700 }, undefined).hosts.has("0.0.0.0:7700"), false);
  equal(expectedOrigins({ scheme: "http", host: "127.0.0.1", port: 80 }, undefined).hosts.has("localhost"), true);
});

test.run();
