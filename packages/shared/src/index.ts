export * from "./clock.ts";
export * from "./effect.ts";
export * from "./errors.ts";
export * from "./ids.ts";
export * from "./lifecycle.ts";
export * from "./run.ts";
export * from "./secret.ts";
export * from "./subjects.ts";
