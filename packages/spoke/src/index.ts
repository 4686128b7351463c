// What whoever writes a flow or an action throws, marks secrets with, and says of records.
export { LongarmError, readDuration, recordSources, secretKeyword } from "@longarm/shared";
export type { ErrorCode, RecordKindName, RecordSource } from "@longarm/shared";
export * from "./catalogue.ts";
export * from "./context.ts";
export * from "./definition.ts";
export * from "./dynamic-input.ts";
export * from "./flow/index.ts";
export * from "./inbound.ts";
export * from "./invalid-input.ts";
export * from "./record-kind.ts";
export * from "./rest-form.ts";
export * from "./schemas.ts";
export * from "./scopes.ts";
export * from "./secrets.ts";
export * from "./stream-input.ts";
export * from "./sync.ts";
