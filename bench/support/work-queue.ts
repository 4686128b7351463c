import { AckPolicy, jetstream, jetstreamManager, RetentionPolicy } from "@nats-io/jetstream";
import { nanos, type NatsConnection } from "@nats-io/transport-node";

/** Jobs on a bare JetStream work queue; `job` resolves when one has been done. */
export interface WorkQueue {
  readonly job: () => Promise<void>;
  close(): void;
}

const payload = new Uint8Array(400);
const pullOf = 512;

/**
 * What a run stores, without what a run does: a job is one published message; whoever pulls it publishes two more on a subject
 * of its own, then acks. Three fsynced publishes, one delivery, nothing else.
 */
export async function openWorkQueue(connection: NatsConnection): Promise<WorkQueue> {
  const jsm = await jetstreamManager(connection);
  const js = jetstream(connection);
  await jsm.streams.add({ name: "BENCH_JOBS", subjects: ["bench.job.*"], retention: RetentionPolicy.Workqueue });
  await jsm.streams.add({ name: "BENCH_LOG", subjects: ["bench.log.*"] });
  const ack_wait = nanos(30_000);
  await jsm.consumers.add("BENCH_JOBS", { durable_name: "all", ack_policy: AckPolicy.Explicit, max_ack_pending: 10_000, ack_wait });
  const consumer = await js.consumers.get("BENCH_JOBS", "all");
  const waiting = new Map<string, () => void>();
  const messages = await consumer.consume({
    max_messages: pullOf,
    callback: (message) => {
      const id = message.subject.slice("bench.job.".length);
      void js
        .publish(`bench.log.${id}`, payload)
        .then(() => message.ack())
        .then(() => js.publish(`bench.log.${id}`, payload))
        .then(() => waiting.get(id)?.());
    },
  });
  let next = 0;
  const job = async (): Promise<void> => {
    const id = String(next++);
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.set(id, resolve);
    await js.publish(`bench.job.${id}`, payload);
    await promise;
    waiting.delete(id);
  };
  return { job, close: () => void messages.close() };
}
