import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LongarmError } from "@longarm/shared";
import { inProcess } from "../support/command.ts";
import { suite } from "../support/suite.ts";
import { connect, withJourney } from "../support/journey.ts";
import { createUser, effectsOf, finished, requestsOf, someone, submit } from "../support/journey-runs.ts";

const test = suite("secrets at rest");

const password = "Correct-Horse-9-Battery";
const orgToken = "canary-org-token-5f2b81c7";

/** The forms in which a secret could lie in a file; base64 of any text that holds it, wherever it begins in it. */
function formsOf(secret: string): ReadonlyMap<string, string> {
  const base64 = [0, 1, 2].map((before): [string, string] => {
    const coded = Buffer.from(" ".repeat(before) + secret)
      .toString("base64")
      .replace(/=+$/, "");
    return [`base64 at ${before}`, coded.slice(before === 0 ? 0 : before + 1, -1)];
  });
  return new Map([["raw", secret], ["hex", Buffer.from(secret).toString("hex")], ...base64]);
}

/** Which files below `directory` hold one of the secrets, as `file: secret as form`. */
function findSecrets(directory: string, secrets: Readonly<Record<string, string>>): readonly string[] {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.flatMap((entry) => {
    const file = join(entry.parentPath, entry.name);
    const bytes = readFileSync(file);
    return Object.entries(secrets).flatMap(([name, secret]) =>
      [...formsOf(secret)]
        .filter(([, form]) => bytes.includes(form))
        .map(([form]) => `${file.slice(directory.length + 1)}: ${name} as ${form}`),
    );
  });
}

test(
  "a password, a credential and an API key are in no store, history or log, and are not shown",
  async () => {
    await withJourney(async (journey) => {
      const [controller, org] = await Promise.all([journey.controllerProcess({ logLevel: "debug" }), journey.sandbox({ token: orgToken })]);
      const { api, token } = controller;
      await connect(api, org);
      const agent = await journey.agentProcess(controller, { name: "hq-1", labels: { site: "hq" }, logLevel: "debug" });
      const bodies = ["local", "labels.site == 'hq'"].map((on, index) => ({ ...createUser(`ada${index}@example.com`, { password }), on }));
      const runs = await Promise.all(bodies.map((body) => submit(api, body)));
      for (const run of runs) {
        assert.equal(run.status, "succeeded");
        assert.deepEqual((run.input as { password: unknown }).password, { $secret: "sealed" });
      }
      assert.equal((await effectsOf(org, "user.created")).length, 2);
      const failed = await submit(api, { ...createUser("ada0@example.com", { password }), on: "local" });
      assert.equal(failed.error?.code, "already_exists");

      const shown = await Promise.all(
        [...runs, failed].flatMap(({ id }) => ["", "/log", "/calls"].map((tail) => api.get(`/v1/runs/${id}${tail}`))),
      );
      const answers = JSON.stringify([
        shown,
        await api.get("/v1/credentials"),
        await api.get("/v1/connections"),
        await finished(api, failed.id),
      ]);
      const said = { answers, controller: controller.process.output(), agent: agent.output() };
      for (const [where, text] of Object.entries(said)) {
        for (const [name, secret] of Object.entries({ password, orgToken, token })) {
          for (const [form, bytes] of formsOf(secret)) assert.ok(!text.includes(bytes), `${where}: ${name} as ${form}`);
        }
      }
      // The administrator's own key file and the configuration of the journey are meant to hold theirs.
      const found = findSecrets(journey.directory, { password, orgToken, token });
      assert.deepEqual(found, ["controller/admin.key: token as raw"]);
    });
  },
  { timeoutMs: 60_000 },
);

test(
  "a temporary password is given once, to who submitted the run, by one of two controllers, and is in no store, history or log",
  async () => {
    await withJourney(async (journey) => {
      const [broker, org] = await Promise.all([journey.broker(), journey.sandbox()]);
      const common = { broker, keyRing: join(journey.directory, "keyring.json"), logLevel: "debug" };
      const one = await journey.controllerProcess({ ...common, name: "one" });
      const two = await journey.controllerProcess({ ...common, name: "two", token: one.token });
      await connect(one.api, org);
      const body = { action: "okta.user.resetToTemporaryPassword", connection: "sandbox", input: { user: someone } };
      const { id, status, output } = await submit(one.api, body);
      assert.deepEqual([status, output], ["succeeded", { temporaryPassword: { $secret: "sealed" } }]);

      const apis = Array.from({ length: 50 }, () => [one.api, two.api]).flat();
      const reads = apis.map((api) => api.get<{ secrets: Record<string, string> }>(`/v1/runs/${id}/secrets`));
      const ends = await Promise.allSettled(reads);
      const given = ends.flatMap((end) => (end.status === "fulfilled" ? [end.value.secrets["/temporaryPassword"]] : []));
      const refused = ends.flatMap((end) => (end.status === "rejected" ? [LongarmError.from(end.reason)] : []));
      assert.equal(given.length, 1);
      assert.deepEqual([refused.length, new Set(refused.map(({ code }) => code))], [99, new Set(["secrets_gone"])]);
      assert.match(refused[0]?.message ?? "", /were read by "\w+" at \d{4}-/);
      const secret = given[0] ?? "";
      assert.ok(secret.length > 5);

      const log = await two.api.get<{ entries: { kind: string }[] }>(`/v1/runs/${id}/log`);
      assert.equal(log.entries.filter(({ kind }) => kind === "secretsRead").length, 1);
      const shown = [log, ...(await Promise.all(["", "/calls"].map((tail) => two.api.get(`/v1/runs/${id}${tail}`))))];
      const said = { shown: JSON.stringify(shown), one: one.process.output(), two: two.process.output() };
      for (const [where, text] of Object.entries(said))
        for (const [form, bytes] of formsOf(secret)) assert.ok(!text.includes(bytes), `${where}: the password as ${form}`);
      assert.deepEqual([...findSecrets(journey.directory, { secret }), ...findSecrets(broker.directory, { secret })], []);
    });
  },
  { timeoutMs: 60_000 },
);

test(
  "the command prints a temporary password on a terminal, and keeps it in a file for a script",
  async () => {
    await withJourney(async (journey) => {
      const [controller, org] = await Promise.all([journey.controller(), journey.sandbox()]);
      await connect(controller.api, org);
      const reset = ["run", "okta.user.resetToTemporaryPassword", "--set", `user=${someone}`];
      const options = { env: { LONGARM_URL: controller.url, LONGARM_TOKEN: controller.token } };
      const printed = await inProcess(reset, { ...options, isTerminal: true });
      assert.equal(printed.code, 0, printed.stderr);
      assert.match(printed.stdout.trimEnd().split("\n").at(-1) ?? "", /temporaryPassword.* \S{6,}$/);

      const kept = await controller.longarm(...reset, "--secret-out", "password.json");
      assert.equal(kept.code, 0, kept.stderr);
      const text = readFileSync(join(journey.directory, "password.json"), "utf8");
      const { "/temporaryPassword": password } = JSON.parse(text) as Record<string, string>;
      assert.ok(password && !(kept.stdout + kept.stderr).includes(password));
      const again = await inProcess([...reset, "--secret-out", join(journey.directory, "password.json")], options);
      assert.equal(again.code, 2);
      assert.equal(await requestsOf(org, "POST /api/v1/users/{id}/lifecycle/expire_password_with_temp_password"), 2);

      const piped = await inProcess(reset, options);
      const [, id = ""] = /longarm runs secrets (run_\w{26}) /.exec(piped.stderr) ?? [];
      const read = await inProcess(["runs", "secrets", id], options);
      assert.match(read.stdout, /^temporaryPassword {2}\S{6,}\n$/);
      assert.match((await inProcess(["runs", "secrets", id], options)).stderr, /^error\[secrets_gone\]: .* were read by /);
    });
  },
  { timeoutMs: 30_000 },
);

test.run();
