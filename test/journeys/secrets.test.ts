import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "../support/suite.ts";
import { connect, withJourney } from "../support/journey.ts";
import { createUser, effectsOf, finished, submit } from "../support/journey-runs.ts";

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

test.run();
