export * from "./await-event.ts";
export * from "./flow.ts";
export * from "./flow-context.ts";
export * from "./run-flow.ts";
