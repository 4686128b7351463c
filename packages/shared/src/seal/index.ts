export * from "./canonical-json.ts";
export * from "./fingerprint.ts";
export { createKeyRingFile, createPrivateFile, loadKeyRing, readPrivateFile } from "./key-ring-file.ts";
export { createKeyRing, KeyRing, newRingKey, type PurposeKeys, type RingKey } from "./key-ring.ts";
export * from "./record.ts";
