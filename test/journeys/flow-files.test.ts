import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { connect, withJourney } from "../support/journey.ts";
import { submit } from "../support/journey-runs.ts";
import { suite } from "../support/suite.ts";

const test = suite("making flows of one's own");

test(
  "writes one and its test, copies flows of the spoke, and all of them pass, load and run",
  () =>
    withJourney(async (journey) => {
      const directory = join(journey.directory, "flows");
      await mkdir(directory);
      const org = await journey.sandbox();
      const first = await journey.controllerProcess({ name: "first" });
      const made = await first.longarm("flows", "new", "acme.user.welcomeBack", "--directory", directory);
      assert.equal(made.code, 0, made.stderr);
      assert.match(made.stdout, /wrote .*welcome-back\.ts\nwrote .*welcome-back\.test\.ts\n.*\n.*\n\nNext: longarm flows test --directory/);
      const again = await first.longarm("flows", "new", "acme.user.welcomeBack", "--directory", directory);
      assert.equal(again.code, 2);
      assert.match(again.stderr, /welcome-back\.ts is there already and is not written over/);

      await writeFile(join(directory, "tsconfig.json"), "{}");
      for (const name of ["onboardUser", "inboundIntegration", "upsertGroup"]) {
        const copy = await first.longarm("flows", "copy", `okta.flow.${name}`, `acme.flow.${name}`, "--directory", directory);
        assert.equal(copy.code, 0, copy.stderr);
      }
      assert.equal(await readFile(join(directory, "tsconfig.json"), "utf8"), "{}");
      const tested = await first.longarm("flows", "test", "--directory", directory);
      assert.equal(tested.code, 0, tested.stdout + tested.stderr);
      assert.match(tested.stdout, /tells that the status has changed/);

      const { api } = await journey.controllerProcess({ name: "second", more: { flows: { directory } } });
      await connect(api, org);
      const { flows } = await api.get<{ flows: readonly { readonly name: string }[] }>("/v1/flows");
      const own = flows.flatMap(({ name }) => (name.startsWith("acme.") ? [name.slice(5)] : []));
      const copies = ["checkActivationHook", "inboundIntegration", "onboardUser", "upsertGroup"].map((name) => `flow.${name}`);
      assert.deepEqual(own, [...copies, "user.welcomeBack"]);
      const run = await submit(api, { action: "acme.flow.upsertGroup", connection: "sandbox", input: { name: "Navigators" } });
      assert.equal((run.output as { created?: unknown } | null)?.created, true, JSON.stringify(run.error));
    }),
  { timeoutMs: 60_000 },
);

test.run();
