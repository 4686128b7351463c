/** A process that carries out one run of a sync and tells each commit: to be killed. Argument: what to run, as JSON. */
import { Secret, systemClock } from "@longarm/shared";
import { createRestExecutor } from "@longarm/shared/rest";
import { runSync, type StreamName } from "@longarm/sync";
import { makeSink, type SinkSpec } from "../sinks/places.ts";
import { restPages } from "./rest-pages.ts";

/** What the process is told. */
export interface SyncOrder {
  readonly spec: SinkSpec;
  readonly url: string;
  readonly token: string;
  readonly epoch: number;
  readonly pageSize: number;
  readonly streams: readonly StreamName[];
  /** When the run begins, by its own clock: two runs of the same moment leave the same. */
  readonly nowMs: number;
}

const { spec, url, token, epoch, pageSize, streams, nowMs } = JSON.parse(process.argv[2] ?? "") as SyncOrder;
const executor = createRestExecutor({ clock: systemClock });
const pages = restPages({ executor, baseUrl: url, token: new Secret(token), pageSize });
const { outcome } = await runSync(
  {
    ...{ name: "acme", epoch, streams, mode: "incremental", signal: new AbortController().signal },
    onCommit: ({ run }) => process.stdout.write(`committed in ${run?.step?.name ?? "none"}\n`),
  },
  { pages, sink: makeSink(spec), clock: { ...systemClock, nowMs: () => nowMs } },
);
await executor.close();
process.stdout.write(`ended ${outcome}\n`);
