export * from "./catalogue.ts";
export * from "./context.ts";
export * from "./definition.ts";
export { findFaults, type SchemaFault } from "./faults.ts";
export * from "./rest-form.ts";
export * from "./secrets.ts";
export * from "./stream-input.ts";
