export * from "./catalogue.ts";
export * from "./context.ts";
export * from "./definition.ts";
export * from "./dynamic-input.ts";
export * from "./invalid-input.ts";
export * from "./rest-form.ts";
export * from "./secrets.ts";
export * from "./stream-input.ts";
