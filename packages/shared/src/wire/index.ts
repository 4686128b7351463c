export * from "./agent-codec.ts";
export { decodeCall, decodeControl, encodeCall, encodeControl } from "./call-codec.ts";
export { decodeFrame, encodeFrame } from "./frame-codec.ts";
export * from "./inquiry-codec.ts";
export type * from "./inquiry-messages.ts";
export * from "./journal-codec.ts";
export * from "./limits.ts";
export * from "./messages.ts";
export * from "./run-codec.ts";
