export * from "./agent-proof.ts";
export * from "./boxed.ts";
export * from "./call-envelope.ts";
export * from "./call-line.ts";
export * from "./canonical-json.ts";
export * from "./fingerprint.ts";
export { freshBytes } from "./fresh-bytes.ts";
export * from "./nkey.ts";
export { createKeyRing, KeyRing, lastingRing, newRingKey, type PurposeKeys, type RingKey } from "./key-ring.ts";
export * from "./record.ts";
export { type DescribedKey, describeKeys, parseKeyRing, toKeyRing } from "./key-ring-content.ts";
export {
  createKeyRingFile,
  createPrivateFile,
  describeKeyRingFile,
  dropFromKeyRingFile,
  loadKeyRing,
  readPrivateFile,
  rotateKeyRingFile,
} from "./key-ring-file.ts";
export { keyFingerprint, keyIdOf, rawKeyBytes } from "./raw-keys.ts";
export { type AgreementPurpose, SealingKey, SealingPublicKey } from "./sealing-key.ts";
export { newSeed, signatureBytes, type SignaturePurpose, SigningKey, VerifyingKey } from "./signing-key.ts";
export * from "./signed-envelope.ts";
export { type SignAll, TurnSigner } from "./turn-signer.ts";
export * from "./word-envelope.ts";
