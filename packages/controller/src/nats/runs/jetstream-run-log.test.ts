import assert from "node:assert/strict";
import { LongarmError, systemClock, type RunId } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { createKeyRing } from "@longarm/shared/seal";
import { type JetStreamClient, jetstream, jetstreamManager } from "@nats-io/jetstream";
import { withBroker } from "../../../../../test/support/broker.ts";
import { anySubmission } from "../../../../../test/support/run-stores.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { until } from "../../../../../test/support/until.ts";
import { createStreams } from "../streams.ts";
import { GroupCommit } from "./group-commit.ts";
import { JetStreamRunLog } from "./jetstream-run-log.ts";
import { SealedMessages } from "./sealed-message.ts";

const test = suite("the run log on JetStream");

/** The client of a broker that, asked about a consumer, leaves the first question unanswered, as one does that has just come back. */
function withoutFirstAnswer(js: JetStreamClient, onAsked: () => void): JetStreamClient {
  const get: JetStreamClient["consumers"]["get"] = async (...of) => {
    const consumer = await js.consumers.get(...of);
    const info = consumer.info.bind(consumer);
    let asked = 0;
    consumer.info = (...how) => {
      asked += 1;
      onAsked();
      return asked === 1 ? Promise.reject(new Error("timeout")) : info(...how);
    };
    return consumer;
  };
  return { ...js, consumers: { get } } as unknown as JetStreamClient;
}

test(
  "is followed again within seconds where a broker that is back does not answer at once",
  () =>
    withBroker(async (broker) => {
      const { control } = await broker.connections();
      const [js, jsm, messages] = [jetstream(control), await jetstreamManager(control), new SealedMessages(createKeyRing())];
      await createStreams(jsm, { replicas: 1 });
      let asked = 0;
      const given = { jsm, messages, clock: systemClock, logger: silentLogger, commits: new GroupCommit({ connection: control }) };
      const log = new JetStreamRunLog({ ...given, js: withoutFirstAnswer(js, () => (asked += 1)) });
      const stop = new AbortController();
      const seen = new Set<RunId>();
      const following = (async () => {
        for await (const events of log.follow(0, stop.signal))
          for (const event of events) if (event.kind === "submitted") seen.add(event.submission.runId);
      })();
      const [before, after] = [anySubmission(), anySubmission()];
      await log.submit(before);
      await until("the first is seen", () => seen.has(before.runId));
      await broker.kill();
      await broker.restart();
      await until("the broker is asked", () => asked > 0);
      await until("the second is stored", () =>
        log.submit(after).then(
          () => true,
          () => false,
        ),
      );
      await until("the second is seen", () => seen.has(after.runId), 8_000);
      assert.ok(asked > 1);
      stop.abort();
      await following;
    }),
  { timeoutMs: 30_000 },
);

test("stores a submission that was refused for what had gone by the time it was looked for", () =>
  withBroker(async (broker) => {
    const { control } = await broker.connections();
    const [js, jsm, messages] = [jetstream(control), await jetstreamManager(control), new SealedMessages(createKeyRing())];
    await createStreams(jsm, { replicas: 1 });
    const commits = new GroupCommit({ connection: control });
    const publish = commits.publish.bind(commits);
    let refusals = 1;
    commits.publish = async (message) => (refusals-- > 0 ? { kind: "conflict" } : publish(message));
    const log = new JetStreamRunLog({ js, jsm, messages, commits, clock: systemClock, logger: silentLogger });
    const submission = anySubmission();
    assert.deepEqual(await log.submit(submission), { kind: "stored" });
    refusals = 1_000;
    const refused = await log.submit(anySubmission()).then(() => assert.fail(), LongarmError.from);
    assert.deepEqual([refused.code, refused.retryable], ["broker_unavailable", true]);
  }));

test.run();
