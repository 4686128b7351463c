export * from "./canonical-json.ts";
export * from "./fingerprint.ts";
export * from "./record.ts";
export { createKeyRing, KeyRing, newRingKey, type PurposeKeys, type RingKey } from "./key-ring.ts";
export { createKeyRingFile, createPrivateFile, loadKeyRing, readPrivateFile } from "./key-ring-file.ts";
export { keyFingerprint, keyIdOf, rawKeyBytes } from "./raw-keys.ts";
export { newSeed, signatureBytes, type SignaturePurpose, SigningKey, VerifyingKey } from "./signing-key.ts";
export { signedByAgent } from "./agent-proof.ts";
export { type AgreementPurpose, SealingKey, SealingPublicKey } from "./sealing-key.ts";
