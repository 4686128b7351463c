export * from "./fake-context.ts";
export * from "./live-context.ts";
