export * from "./fake-context.ts";
export type { FakeEvent } from "./fake-events.ts";
export * from "./fake-flow.ts";
export * from "./live-context.ts";
