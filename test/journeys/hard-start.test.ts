import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StoreFiller } from "../chaos/faults/store-filler.ts";
import { connect, withJourney } from "../support/journey.ts";
import { readSomeone } from "../support/journey-runs.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const test = suite("controllers that start all the same");

test(
  "a controller whose small files a power cut has emptied starts all the same",
  async () => {
    await withJourney(async (journey) => {
      const data = join(journey.directory, "controller");
      mkdirSync(data);
      for (const name of ["controller-id", "controller.json", "enrolment.token", "lock.db"]) writeFileSync(join(data, name), "");
      const { api, id } = await journey.controller();
      assert.equal((await api.get<{ ready: boolean }>("/readyz")).ready, true);
      assert.equal(readFileSync(join(data, "controller-id"), "utf8"), `${id}\n`);
    });
  },
  { timeoutMs: 60_000 },
);

test(
  "a controller starts while the store is full, refuses runs, and accepts them once there is room",
  async () => {
    const smallStore = { maxFileStoreBytes: 80 * 1024 * 1024 };
    await withJourney(async (journey) => {
      const broker = await journey.broker(smallStore);
      const before = await journey.controllerProcess({ broker });
      await connect(before.api, { url: "http://127.0.0.1:9", token: "t" }, { on: "local", whenNone: "fail", waitFor: undefined });
      before.process.kill("SIGKILL");
      await before.process.exited;
      const filler = new StoreFiller({ urls: [broker.url], replicas: 1, keys: broker.keys });
      await filler.fill();
      const { api } = await journey.controllerProcess({ broker });
      const submitted = async (): Promise<number> =>
        (await api.ask("POST", "/v1/runs", { body: readSomeone, headers: { prefer: "wait=0" }, accept: [503, 507] })).status;
      assert.equal(await submitted(), 507);
      await filler.empty();
      await until("it accepts runs", async () => (await submitted()) === 202);
    });
  },
  { timeoutMs: 60_000 },
);

test.run();
