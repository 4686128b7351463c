import { type Clock, LongarmError } from "@longarm/shared";
import type { SyncEngine, SyncJob } from "@longarm/spoke";
import { type StreamName, streamNames } from "../decide/streams.ts";
import type { Sink, SinkFor } from "../ports/sink.ts";
import { runSync, type SyncReport } from "./run-sync.ts";

/** Carries syncs into these sinks. Its runs resolve to a `SyncReport`. */
export function createSyncEngine(sinks: Readonly<Record<string, SinkFor>>, clock: Clock): SyncEngine {
  return {
    streams: streamNames,
    sinks: Object.keys(sinks),
    run: (job) => run(job, sinkOf(sinks, job), clock),
  };
}

function run({ runId, sync, source, isSameOrg, epoch, pages, signal }: SyncJob, sink: Sink, clock: Clock): Promise<SyncReport> {
  const { name, mode, overlapMs, fullEveryMs, parallel, maxDeleted } = sync;
  const streams = sync.streams.filter((stream): stream is StreamName => (streamNames as readonly string[]).includes(stream));
  const options = { overlapMs, fullEveryMs, parallel, ...(maxDeleted !== undefined && { maxDeleted }) };
  return runSync({ runId, name, source, isSameOrg, epoch, signal, streams, mode, options }, { pages, sink, clock });
}

function sinkOf(sinks: Readonly<Record<string, SinkFor>>, { sync }: SyncJob): Sink {
  const sinkFor = Object.hasOwn(sinks, sync.sink) ? sinks[sync.sink] : undefined;
  if (sinkFor) return sinkFor(sync.name);
  const names = Object.keys(sinks).join(", ");
  const message = `This controller's configuration has no sink "${sync.sink}", which the sync "${sync.name}" writes to; it has ${names}.`;
  throw new LongarmError("sink_unavailable", message, { retryable: true });
}
