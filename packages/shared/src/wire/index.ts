export {
  decodeBeat,
  decodeDesired,
  decodeEnrol,
  decodeEnrolled,
  encodeBeat,
  encodeDesired,
  encodeEnrol,
  encodeEnrolled,
} from "./agent-codec.ts";
export * from "./budget-codec.ts";
export type * from "./budget-messages.ts";
export { decodeCall, decodeControl, encodeCall, encodeControl } from "./call-codec.ts";
export { closesCall, decodeFrame, encodeFrame } from "./frame-codec.ts";
export * from "./inquiry-codec.ts";
export type * from "./inquiry-messages.ts";
export * from "./journal-codec.ts";
export * from "./knock-codec.ts";
export * from "./knock-messages.ts";
export * from "./limits.ts";
export * from "./messages.ts";
export * from "./run-codec.ts";
export { decodeInstallationKeys, decodeSignedInstallation, encodeInstallationKeys, encodeSignedInstallation } from "./trust-codec.ts";
export type * from "./trust-messages.ts";
export * from "./signer-codec.ts";
