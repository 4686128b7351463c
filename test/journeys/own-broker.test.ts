import assert from "node:assert/strict";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findBroker } from "../../packages/controller/src/nats/broker/index.ts";
import { longarm } from "../support/command.ts";
import { freePorts } from "../support/free-ports.ts";
import { connect, withJourney } from "../support/journey.ts";
import { withProcess } from "../support/processes.ts";
import { suite } from "../support/suite.ts";

const test = suite("NATS servers of one's own");

interface Exported {
  readonly readme: string;
  readonly serverConfiguration: string;
  readonly keys: string;
  readonly root: string;
}

/** What an administrator writes by hand, as the README says. */
function writeServerConfiguration(directory: string, exported: Exported, port: number): string {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "longarm.conf"), readFileSync(exported.serverConfiguration, "utf8"));
  const file = join(directory, "nats-server.conf");
  const streams = `jetstream {\n  store_dir: ${JSON.stringify(join(directory, "store"))}\n  sync_interval: always\n}`;
  writeFileSync(file, `include "longarm.conf"\nserver_name: "one"\nlisten: "127.0.0.1:${port}"\n${streams}\n`);
  return file;
}

test(
  "serve a controller and an agent once they include what was exported",
  () =>
    withJourney(async (journey) => {
      const place = join(journey.directory, "server");
      const words = ["broker", "export", "--out", join(journey.directory, "export"), "--accounts-dir", join(place, "accounts"), "--json"];
      const ended = await longarm(words);
      assert.equal(ended.code, 0, ended.stderr);
      const exported = JSON.parse(ended.stdout) as Exported;
      for (const file of Object.values(exported)) assert.equal(statSync(file).mode & 0o777, 0o600);
      const [port = 0] = await freePorts(1);
      const { path: command } = await findBroker({ environment: process.env });
      const args = ["-c", writeServerConfiguration(place, exported, port)];
      await withProcess({ command, args, readyLine: /Server is ready/ }, async () => {
        const broker = { kind: "external", urls: [`nats://127.0.0.1:${port}`], keys: exported.keys };
        const controller = await journey.controller({ more: { broker } });
        const org = await journey.sandbox();
        await connect(controller.api, org, { on: "agent", require: "labels.site == 'hq'" });
        await journey.agent(controller, { name: "hq-1", labels: { site: "hq" } });
        const run = await controller.longarm("run", "okta.user.get", "--set", "user=user000001@example.com", "--json");
        assert.equal(run.code, 0, run.stderr);
        assert.match(run.stdout, /"kind":\s*"agent"/);
      });
      const kept = readFileSync(exported.keys, "utf8");
      assert.notEqual((await longarm(words)).code, 0);
      assert.equal(readFileSync(exported.keys, "utf8"), kept);
    }),
  { timeoutMs: 58_000 },
);

test.run();
