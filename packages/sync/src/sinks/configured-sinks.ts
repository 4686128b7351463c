import { join, resolve } from "node:path";
import { type Clock, LongarmError, type Secret } from "@longarm/shared";
import type { RestExecutor } from "@longarm/shared/rest";
import type { SinkFor } from "../ports/sink.ts";
import { FileCheckpointStore } from "./files/file-checkpoint-store.ts";
import { NdjsonSink } from "./ndjson/ndjson-sink.ts";
import type { PostgresOptions } from "./postgres/connection.ts";
import { schemaNameOf } from "./schema-name.ts";
import { PostgresSink } from "./postgres/postgres-sink.ts";
import { SqliteSink } from "./sqlite/sqlite-sink.ts";
import type { ReceiverOptions } from "./webhook/receiver.ts";
import { WebhookSink } from "./webhook/webhook-sink.ts";

/** A sink as a controller's configuration describes it. Below a directory each sync has a place of its own. */
export type SinkSettings =
  | { readonly kind: "sqlite"; readonly directory: string }
  | { readonly kind: "ndjson"; readonly directory: string; readonly rotateBytes?: number }
  /** Each sync has a schema, named after it behind this prefix. */
  | ({ readonly kind: "postgres"; readonly schemaPrefix?: string } & Omit<PostgresOptions, "schema">)
  /** The directory is for checkpoints, since a receiver has no place for them. */
  | ({ readonly kind: "webhook"; readonly directory: string; readonly url: Secret } & Omit<ReceiverOptions, "url">);

interface Means {
  readonly executor: RestExecutor;
  readonly clock: Clock;
}

/** The sinks of these settings, by their names. Nothing is opened before a sync runs. Throws `invalid_configuration` for receivers that share a directory. */
export function configuredSinks(settings: Readonly<Record<string, SinkSettings>>, means: Means): Readonly<Record<string, SinkFor>> {
  checkReceivers(settings);
  return Object.fromEntries(Object.entries(settings).map(([name, each]) => [name, sinkFor(each, means)]));
}

/** How far one receiver was told says nothing of another one. */
function checkReceivers(settings: Readonly<Record<string, SinkSettings>>): void {
  const known = new Map<string, string>();
  for (const [name, each] of Object.entries(settings)) {
    if (each.kind !== "webhook") continue;
    const directory = resolve(each.directory);
    const other = known.get(directory);
    known.set(directory, name);
    if (other === undefined) continue;
    const message = `The sinks "${other}" and "${name}" are two receivers, and both keep how far they were told in ${directory}; give each a directory of its own.`;
    throw new LongarmError("invalid_configuration", message, { details: { directory } });
  }
}

function sinkFor(settings: SinkSettings, { executor, clock }: Means): SinkFor {
  switch (settings.kind) {
    case "sqlite":
      return (sync) => new SqliteSink({ file: join(settings.directory, `${sync}.db`) }, { clock });
    case "ndjson": {
      const { directory, rotateBytes } = settings;
      return (sync) => new NdjsonSink({ directory: join(directory, sync), ...(rotateBytes !== undefined && { rotateBytes }) });
    }
    case "postgres": {
      const { kind: _kind, schemaPrefix = "longarm_", ...options } = settings;
      return (sync) => new PostgresSink({ ...options, schema: schemaNameOf(schemaPrefix, sync) }, { clock });
    }
    case "webhook": {
      const { kind: _kind, directory, url, ...options } = settings;
      return (sync) =>
        new WebhookSink(
          { ...options, url: url.reveal() },
          { executor, clock, checkpoints: new FileCheckpointStore(join(directory, sync)) },
        );
    }
  }
}
