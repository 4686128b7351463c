import { control, streams } from "@longarm/shared";
import { DeliverPolicy, jetstream } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";

/** Who counts the runs that have begun to wait. */
export interface ParkedRuns {
  /** Resolves once that many runs have `parked` in their logs. */
  reached(count: number): Promise<void>;
}

/** Runs `work` with a count of the runs that begin to wait meanwhile, as the broker tells what it has stored of them. */
export async function countingParked<T>(connection: NatsConnection, work: (parked: ParkedRuns) => Promise<T>): Promise<T> {
  const consumer = await jetstream(connection).consumers.get(streams.runs, {
    filter_subjects: [control.allLogs()],
    deliver_policy: DeliverPolicy.New,
    headers_only: true,
  });
  const waiting = new Set<string>();
  const wanted = { count: Number.POSITIVE_INFINITY, reached: Promise.withResolvers<void>() };
  const look = (): void => {
    if (waiting.size >= wanted.count) wanted.reached.resolve();
  };
  const messages = await consumer.consume({
    callback: ({ subject, headers }) => {
      if (headers?.get("Longarm-Kind").split(",").includes("parked") !== true) return;
      waiting.add(subject);
      look();
    },
  });
  try {
    return await work({
      reached: (count) => {
        wanted.count = count;
        look();
        return wanted.reached.promise;
      },
    });
  } finally {
    await messages.close();
  }
}
