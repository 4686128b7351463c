export * from "./context.ts";
export * from "./definition.ts";
