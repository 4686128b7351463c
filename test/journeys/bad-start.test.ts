import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { suite } from "../support/suite.ts";
import { bareEnvironment, type CommandEnd, inProcess, longarm } from "../support/command.ts";
import { withTemporaryDirectory } from "../support/directories.ts";
import { withJourney } from "../support/journey.ts";

const test = suite("processes that cannot start");

const brokerElsewhere = ["/usr/sbin/nats-server", "/usr/local/sbin/nats-server"].some((path) => existsSync(path));

function expectRefusal(
  { code, stderr }: CommandEnd,
  expected: { readonly code: string; readonly exit: number; readonly says: RegExp },
): void {
  assert.match(stderr, new RegExp(`error\\[${expected.code}\\]`));
  assert.match(stderr, expected.says);
  assert.equal(code, expected.exit, stderr);
}

test(
  "a second controller on a data directory, and one on a port that is taken, say so and end",
  async () => {
    await withJourney(async (journey) => {
      const controller = await journey.controller();
      const taken = createServer().listen(0, "127.0.0.1");
      await new Promise((resolve) => taken.once("listening", resolve));
      const { port } = taken.address() as AddressInfo;
      const file = join(journey.directory, "taken.json");
      writeFileSync(
        file,
        JSON.stringify({
          data: join(journey.directory, "taken"),
          listen: { port },
          broker: { kind: "embedded", port: 0 },
          logLevel: "error",
        }),
      );
      const ended = [controller.configurationFile, file].map((config) => longarm(["controller", "--config", config]));
      const [second, onTaken] = (await Promise.all(ended)) as [CommandEnd, CommandEnd];
      taken.close();
      expectRefusal(second, { code: "data_directory_in_use", exit: 3, says: new RegExp(controller.data) });
      expectRefusal(onTaken, { code: "port_in_use", exit: 3, says: new RegExp(`${port}`) });
      const health = await fetch(`${controller.url}/healthz`);
      assert.equal(health.status, 200, "the first controller was disturbed");
    });
  },
  { timeoutMs: 60_000 },
);

async function startWithoutBroker(): Promise<void> {
  await withTemporaryDirectory(async (directory) => {
    const env = {
      ...bareEnvironment,
      LONGARM_NATS_SERVER: join(directory, "nowhere"),
      PATH: "",
      XDG_CACHE_HOME: directory,
      LONGARM_BROKER_PORT: undefined,
    };
    const ended = await longarm(["--data", join(directory, "data"), "up", "--port", "0"], { env });
    expectRefusal(ended, { code: "broker_not_found", exit: 3, says: /nowhere.*install nats-server/s });
  });
}

const noBroker = "a controller that finds no broker says where it looked and what to do";
if (brokerElsewhere) test.skip(noBroker, "this machine has a nats-server where it is found without PATH");
else test(noBroker, startWithoutBroker, { timeoutMs: 60_000 });

test(
  "a command that finds no controller, or shows a wrong key, says so",
  async () => {
    await withJourney(async (journey) => {
      const controller = await journey.controller();
      const cases = [
        [["--data", join(journey.directory, "empty"), "runs", "ls"], "controller_unreachable", /No controller runs/],
        [["--url", "http://127.0.0.1:1", "--token", "x", "runs", "ls"], "controller_unreachable", /127\.0\.0\.1:1/],
        [["--url", controller.url, "--token", "wrong", "runs", "ls"], "unauthorized", /key/],
      ] as const;
      for (const [words, code, says] of cases) expectRefusal(await inProcess(words), { code, exit: 3, says });
    });
  },
  { timeoutMs: 60_000 },
);

test(
  "an agent with something else than a join token says so and ends",
  async () => {
    await withJourney(async (journey) => {
      const file = join(journey.directory, "agent.json");
      const configuration = {
        name: "a",
        broker: { urls: ["nats://127.0.0.1:1"] },
        join: { token: "wrong-token", pin: `sha256:${"0".repeat(64)}` },
        dataDirectory: join(journey.directory, "a"),
        logLevel: "error",
      };
      writeFileSync(file, JSON.stringify(configuration));
      const ended = await longarm(["agent", "--config", file]);
      expectRefusal(ended, { code: "invalid_configuration", exit: 2, says: /no join token/ });
    });
  },
  { timeoutMs: 60_000 },
);

test.run();
