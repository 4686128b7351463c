export * from "./fake-context.ts";
