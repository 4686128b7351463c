import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import { Secret } from "@longarm/shared";
import { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import { bareEnvironment, commandLine, longarm } from "../support/command.ts";
import { keyForms, serviceApp } from "../support/credentials.ts";
import { withTemporaryDirectory } from "../support/directories.ts";
import { huntBelow, huntIn } from "../support/hunt.ts";
import type { RunShown } from "../support/journey-runs.ts";
import { withProcess } from "../support/processes.ts";
import { type SandboxOrg, withSandbox } from "../support/sandbox.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const test = suite("the hunt for canaries");

const canary = (kind: string): string => `canary-${kind}-${randomBytes(9).toString("hex")}`;

interface Installation {
  readonly directory: string;
  readonly data: string;
  readonly api: ApiClient;
  readonly url: string;
  readonly token: string;
  /** An org that is ours: its token is known. */
  readonly org: SandboxOrg;
}

/**
 * A whole installation as `longarm up --sandbox` makes it, every process at its most talkative; `afterwards` sees its directory once all
 * of it has ended. Resolves with everything that was printed.
 */
async function withInstallation(
  body: (of: Installation) => Promise<void>,
  { orgToken, afterwards }: { readonly orgToken: string; readonly afterwards: (directory: string) => unknown },
): Promise<string> {
  let printed = "";
  await withTemporaryDirectory((directory) =>
    withSandbox({ users: 5, limits: "off", token: orgToken }, async (org) => {
      const data = join(directory, "data");
      const words = ["up", "--sandbox", "--users", "5", "--port", "0", "--log-level", "debug", "--data", data, "--json"];
      const options = { ...commandLine(words), cwd: directory, env: bareEnvironment, readyLine: /^\{"url".*\}$/, readyMs: 40_000 };
      await withProcess(options, async (up) => {
        const { url, administratorKeyFile } = JSON.parse(up.ready[0] ?? "") as { url: string; administratorKeyFile: string };
        const token = readFileSync(administratorKeyFile, "utf8").trim();
        await body({ directory, data, url, token, api: new ApiClient({ url, token }), org });
        up.kill("SIGTERM");
        await up.exited;
        printed = up.output();
      });
      afterwards(directory);
    }),
  );
  return printed;
}

const submit = async (api: ApiClient, body: object): Promise<RunShown> =>
  (await api.ask<RunShown>("POST", "/v1/runs", { body: { connection: "hunt", ...body }, headers: { prefer: "wait=30" } })).body;

/** Through hq-1, whose site's policy lets it call that org too. */
async function throughAgent({ api, data, org }: { api: ApiClient; data: string; org: SandboxOrg }, login: string): Promise<RunShown> {
  const file = join(data, "agents/hq-1/policy.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replaceAll(/(?<=origins: \[)[^\]]+/g, org.url));
  return until("the agent has read its new policy", async () => {
    const run = await submit(api, { action: "okta.user.get", input: { user: login }, on: "labels.site == 'hq'" });
    return run.error?.code === "policy_denied" ? undefined : run;
  });
}

interface Canaries {
  /** To be found nowhere at all. */
  readonly secrets: Record<string, string>;
  /** To be shown to who may read runs, and found in no file, log or bundle. */
  readonly data: Record<string, string>;
}

async function defineConnections({ api, org }: Installation, { secrets }: Canaries): Promise<void> {
  const key = keyForms["an EC key as a JWK"]();
  const { client } = await serviceApp(org, { key, scopes: ["okta.users.read"] });
  secrets["a service app's key"] = (JSON.parse(key.privateKey) as { d: string }).d;
  const { clientId, scopes } = client;
  await api.ask("PUT", "/v1/credentials/hunt", { body: { scheme: "ssws", token: org.token } });
  await api.ask("PUT", "/v1/credentials/app", { body: { scheme: "oauth", clientId, privateKey: key.privateKey, scopes } });
  for (const credential of ["hunt", "app"]) {
    const body = { baseUrl: org.url, credential, placement: { on: "either", whenNone: "fail" } };
    await api.ask("PUT", `/v1/connections/${credential}`, { body });
  }
}

/** Runs of every kind, one of them failing; resolves with their ids. */
async function runEverything(of: Installation, { secrets, data }: Canaries): Promise<readonly string[]> {
  const { api, url, token } = of;
  const login = "hunt@example.com";
  const profile = { firstName: data["a name"], lastName: "Hunt", email: login, login };
  const runs = [
    await submit(api, { action: "okta.user.create", input: { profile, activate: true, password: secrets["a password"] } }),
    await submit(api, { action: "okta.user.get", input: { user: login } }),
    await throughAgent(of, login),
    await submit(api, { action: "okta.user.get", input: { user: data["an unknown user"] } }),
    await submit(api, { action: "okta.user.get", connection: "app", input: { user: login } }),
    await submit(api, { action: "okta.user.stream", input: {} }),
    await submit(api, { action: "okta.user.resetToTemporaryPassword", input: { user: login } }),
  ];
  assert.deepEqual(
    runs.map(({ status }) => status),
    ["succeeded", "succeeded", "succeeded", "failed", "succeeded", "succeeded", "succeeded"],
    JSON.stringify(runs.map(({ error }) => error)),
  );
  const reset = runs.at(-1)?.id ?? "";
  const { stdout } = await longarm(["runs", "secrets", reset, "--json"], { env: { LONGARM_URL: url, LONGARM_TOKEN: token } });
  const temporary = /"([^"$]{8,})"[^"]*$/.exec(stdout.replaceAll(/"[^"]*":/g, ""))?.[1];
  assert.ok(temporary, stdout);
  secrets["a temporary password"] = temporary;
  secrets["the administrator's key"] = token;
  return runs.map(({ id }) => id);
}

const nouns = ["credentials", "connections", "agents", "runs", "keys", "actions", "credentials/hunt/receipts"];

/** What the API, the metrics and the doctor answer. */
async function askEverything({ url, token, data, directory }: Installation, runs: readonly string[]): Promise<string> {
  const ofRuns = runs.flatMap((id) => ["", "/log", "/calls"].map((tail) => `/v1/runs/${id}${tail}`));
  const paths = [...nouns.map((noun) => `/v1/${noun}`), ...ofRuns, "/readyz", "/healthz", "/metrics", "/openapi.json"];
  const headers = { authorization: `Bearer ${token}` };
  const answers = await Promise.all(paths.map((path) => fetch(url + path, { headers }).then((answer) => answer.text())));
  const env = { LONGARM_URL: url, LONGARM_TOKEN: token };
  const doctor = await longarm(["doctor", "--bundle", join(data, "bundle")], { env, cwd: directory });
  assert.equal(doctor.code, 0, doctor.stderr);
  assert.match(doctor.stderr, /credentials\.json +\d+ bytes {2}credentials: names and kinds/);
  return [...answers, doctor.stdout, doctor.stderr].join("\n");
}

test(
  "finds no secret in any file, log, answer or bundle that a whole run leaves, and no data in files, logs and bundle",
  async () => {
    const secrets: Record<string, string> = { "the org's token": canary("token"), "a password": `Aa1!${canary("password")}` };
    const data: Record<string, string> = { "a name": canary("name"), "an unknown user": canary("nobody") };
    let answers = "";
    let found: ReturnType<typeof huntBelow> = { files: 0, hits: [] };
    const run = async (of: Installation): Promise<void> => {
      await defineConnections(of, { secrets, data });
      answers = await askEverything(of, await runEverything(of, { secrets, data }));
    };
    const orgToken = secrets["the org's token"] ?? "";
    const printed = await withInstallation(run, {
      orgToken,
      afterwards: (directory) => (found = huntBelow(directory, { ...secrets, ...data })),
    });
    // The one file that is there to give the administrator the key; it also shows that the hunt does find.
    const isMeant = (hit: string): boolean => hit.startsWith("data/admin.key: the administrator's key");
    assert.ok(found.hits.some(isMeant));
    assert.deepEqual(
      found.hits.filter((hit) => !isMeant(hit)),
      [],
    );
    assert.ok(found.files > 25, `only ${found.files} files were there`);
    assert.ok(printed.split("\n").length > 30, "the processes were not talkative");
    assert.deepEqual(huntIn(Buffer.from(printed), { ...secrets, ...data }), []);
    assert.deepEqual(huntIn(Buffer.from(answers), secrets), []);
  },
  { timeoutMs: 120_000 },
);

test("would find a canary in each of its forms, also within what is compressed", () =>
  withTemporaryDirectory((directory) => {
    const secret = "canary+/ü-0123456789";
    const bytes = Buffer.from(secret);
    const forms: Readonly<Record<string, string | Buffer>> = {
      raw: `x${secret}y`,
      hex: bytes.toString("hex"),
      base64: Buffer.from(`{"a":"${secret}"}`).toString("base64"),
      base64url: Buffer.from(`ab${secret}c`).toString("base64url"),
      url: encodeURIComponent(secret),
      gzip: Buffer.concat([Buffer.from("before"), gzipSync(`a ${secret} b`)]),
    };
    for (const [form, content] of Object.entries(forms)) {
      mkdirSync(join(directory, form));
      writeFileSync(join(directory, form, "file"), content);
      assert.equal(huntBelow(join(directory, form), { secret }).hits.length > 0, true, form);
    }
  }));

test("is not needed for a secret that is printed by mistake: it shows as ***", () => {
  const secret = new Secret("tell-nobody");
  const error = Object.assign(new Error(`failed with ${String(secret)}`), { secret, nested: { list: [secret] } });
  const shown = [
    String(secret),
    JSON.stringify({ secret, list: [secret] }),
    inspect({ secret, map: new Map([["a", secret]]) }, { depth: 9, showHidden: true }),
    inspect(error, { depth: 9 }),
    error.stack ?? "",
    String([secret]),
    "".concat(secret as unknown as string),
    JSON.stringify(structuredClone({ ...{ text: secret.toString() } })),
  ];
  assert.deepEqual(
    shown.filter((text) => text.includes("tell-nobody") || !text.includes("***")),
    [],
  );
});

test.run();
