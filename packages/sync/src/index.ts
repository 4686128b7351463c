export * from "./decide/table.ts";
export { tables } from "./decide/tables.ts";
export { type Mapped, rowMapper } from "./decide/to-row.ts";
export * from "./ports/sink.ts";
export * from "./ports/checkpoint-store.ts";
export type { ChangeRecord } from "./sinks/change-record.ts";
export { FileCheckpointStore } from "./sinks/files/file-checkpoint-store.ts";
export { NdjsonSink, type NdjsonSinkOptions } from "./sinks/ndjson/ndjson-sink.ts";
export type { PostgresOptions } from "./sinks/postgres/connection.ts";
export { PostgresSink } from "./sinks/postgres/postgres-sink.ts";
export { WebhookSink, type WebhookSinkDeps, type WebhookSinkOptions } from "./sinks/webhook/webhook-sink.ts";
export type { ReceiverOptions } from "./sinks/webhook/receiver.ts";
export { SqliteSink, type SqliteSinkOptions } from "./sinks/sqlite/sqlite-sink.ts";
export {
  type Checkpoint,
  readCheckpoint,
  type RunProgress,
  type SkippedStep,
  type StepProgress,
  type TableCounts,
} from "./decide/checkpoint.ts";
export { type SyncOptions, type SyncPlan } from "./decide/plan.ts";
export { type StepName, type StreamName, streamNames } from "./decide/streams.ts";
export * from "./ports/pages.ts";
export { runSync, type RunSyncDeps, type RunSyncOptions, type SyncReport } from "./run/run-sync.ts";
export { createSyncEngine } from "./run/sync-engine.ts";
export { configuredSinks, type SinkSettings } from "./sinks/configured-sinks.ts";
