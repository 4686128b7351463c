export * from "./fake-context.ts";
export * from "./fake-flow.ts";
export * from "./live-context.ts";
