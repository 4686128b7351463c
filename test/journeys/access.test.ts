import assert from "node:assert/strict";
import { cpSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import { commandLine, bareEnvironment, longarm } from "../support/command.ts";
import { connect, withJourney } from "../support/journey.ts";
import { readSomeone, type RunShown, submit } from "../support/journey-runs.ts";
import { withProcess } from "../support/processes.ts";
import { suite } from "../support/suite.ts";
import { withIssuer } from "../support/token-issuer.ts";

const test = suite("access to a real controller");
const pairs = fileURLToPath(new URL("../support/certificates", import.meta.url));

test(
  "is let in by an issuer's token with what the configuration grants it, and its runs bear its name",
  async () => {
    await withIssuer(async (issuer) => {
      await withJourney(async (journey) => {
        const grants = [{ when: { claim: "groups", has: "operators" }, scopes: ["runs:submit", "runs:read"], connections: ["sand*"] }];
        const access = { oidc: [{ name: "local", issuer: issuer.url, audience: "api://longarm", grants }] };
        const [{ api, url }, org] = await Promise.all([journey.controller({ more: { access } }), journey.sandbox()]);
        await connect(api, org);
        const token = await issuer.sign({ groups: ["operators"] });
        const theirs = new ApiClient({ url, token });
        const run = await submit(theirs, readSomeone);
        assert.deepEqual(
          [run.status, (await theirs.get<{ submittedBy: string }>(`/v1/runs/${run.id}`)).submittedBy],
          ["succeeded", "local:ada@example.com"],
        );
        await api.ask("PUT", "/v1/connections/other", { body: { baseUrl: org.url, credential: "sandbox" } });
        const hidden = await submit(api, { ...readSomeone, connection: "other" });
        const { runs } = await theirs.get<{ runs: RunShown[] }>("/v1/runs");
        assert.deepEqual(
          runs.map(({ id }) => id),
          [run.id],
        );
        assert.equal((await theirs.ask("GET", `/v1/runs/${hidden.id}`, { accept: [404] })).status, 404);
        assert.equal((await theirs.ask("GET", "/v1/agents", { accept: [403] })).status, 403);
        const stranger = new ApiClient({ url, token: await issuer.sign({}) });
        assert.equal((await stranger.ask("GET", "/v1/runs", { accept: [403] })).status, 403);
      });
    });
  },
  { timeoutMs: 60_000 },
);

test(
  "the first start of a data directory prints a one-time login, which works once; the next start prints none",
  async () => {
    await withJourney(async (journey) => {
      const file = join(journey.directory, "controller.json");
      const data = join(journey.directory, "data");
      writeFileSync(file, JSON.stringify({ data, listen: { port: 0 }, broker: { kind: "embedded", port: 0 }, logLevel: "debug" }));
      const start = { ...commandLine(["controller", "--config", file]), cwd: journey.directory, env: bareEnvironment };
      let code = "";
      await withProcess({ ...start, readyLine: /one-time login.*(llc_\S+)/ }, async ({ ready, output }) => {
        code = ready[1] ?? "";
        const env = { LONGARM_DATA: data, LONGARM_TOKEN: "none" };
        const first = await longarm(["login", code], { env });
        assert.match(first.stdout, /^lak_/, first.stderr);
        const key = await longarm(["api-keys", "ls", "--json"], { env: { ...env, LONGARM_TOKEN: first.stdout.trim() } });
        assert.match(key.stdout, /"name": "administrator"/);
        assert.equal((await longarm(["login", code], { env })).code, 3);
        assert.equal(output().split(code).length - 1, 1);
      });
      await withProcess({ ...start, readyLine: /^Controller .* serves/ }, async (process) => {
        assert.ok(!process.output().includes("llc_"));
      });
    });
  },
  { timeoutMs: 60_000 },
);

/** The status of a request over TLS, whoever the certificate is by. */
function statusOver(url: string, path: string, token?: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    request(new URL(path, url), { rejectUnauthorized: false, agent: false, headers }, (response) => {
      response.resume().once("end", () => resolve(response.statusCode));
    })
      .once("error", reject)
      .end();
  });
}

test(
  "goes over TLS where that is configured; beyond the machine a controller without it does not start",
  async () => {
    await withJourney(async (journey) => {
      cpSync(pairs, join(journey.directory, "tls"), { recursive: true });
      const [certFile, keyFile] = ["crt", "key"].map((end) => join(journey.directory, "tls", `first.${end}`));
      const { url, token } = await journey.controller({ more: { listen: { host: "0.0.0.0", port: 0, tls: { certFile, keyFile } } } });
      assert.match(url, /^https:/);
      assert.deepEqual([await statusOver(url, "/v1/runs"), await statusOver(url, "/v1/runs", token)], [401, 200]);
      await assert.rejects(journey.controller({ name: "open", more: { listen: { host: "0.0.0.0", port: 0 } } }), {
        code: "invalid_configuration",
        message: /in the clear/,
      });
      const proxied = await journey.controller({ name: "proxied", more: { listen: { host: "0.0.0.0", port: 0, plainHttp: true } } });
      assert.equal((await fetch(`${proxied.url}/healthz`)).status, 200);
    });
  },
  { timeoutMs: 60_000 },
);

test.run();
