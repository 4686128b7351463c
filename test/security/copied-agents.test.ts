import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { runAgent } from "@longarm/agent";
import { silentLogger } from "@longarm/shared/logger";
import { executorOf, never, requestTo, until, withField } from "../support/field.ts";
import { suite } from "../support/suite.ts";
import { started } from "./revocation.fixture.ts";

const test = suite("copies of agents");

test(
  "of 20 copied data directories every one is noticed when it is used, and neither process gets a call",
  () =>
    withField(async (field) => {
      const { directory } = field;
      let noticed = 0;
      for (let round = 0; round < 2; round += 1) {
        const trials = await started(field, 10);
        await Promise.all(
          trials.map(async ({ agent, configuration }) => {
            const copy = { ...configuration, dataDirectory: `${configuration.dataDirectory}-copy` };
            await cp(configuration.dataDirectory, copy.dataDirectory, { recursive: true, filter: (path) => !path.endsWith("agent.lock") });
            const stop = new AbortController();
            const running = runAgent(copy, stop.signal, { logger: silentLogger });
            await until(directory, () => directory.find(agent.id)?.state === "quarantined");
            const answer = await executorOf(directory, agent.id).send(requestTo("http://127.0.0.1:1"), never);
            assert.equal(answer.kind === "failure" && answer.delivery, "not_sent");
            noticed += 1;
            stop.abort();
            await Promise.allSettled([running, agent.stop()]);
          }),
        );
      }
      assert.equal(noticed, 20);
    }),
  { timeoutMs: 58_000 },
);

test.run();
