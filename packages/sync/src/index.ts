export * from "./decide/table.ts";
export { tables } from "./decide/tables.ts";
export { type Mapped, rowMapper } from "./decide/to-row.ts";
export * from "./ports/sink.ts";
export { SqliteSink, type SqliteSinkOptions } from "./sinks/sqlite/sqlite-sink.ts";
