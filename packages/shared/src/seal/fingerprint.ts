import { createHmac, hash } from "node:crypto";
import type { KeyRing } from "./key-ring.ts";

/** `body`: hashes of bodies and inputs, which an unkeyed hash would let anybody guess. `run-id`: ids derived from idempotency keys and slots. */
export type FingerprintPurpose = "body" | "run-id";

/** HMAC-SHA256 (32 bytes) under the ring's first key, so it stays the same when the active key changes. */
export function fingerprint(ring: KeyRing, purpose: FingerprintPurpose, bytes: Uint8Array): Uint8Array {
  return createHmac("sha256", purpose === "body" ? ring.first.body : ring.first.runId)
    .update(bytes)
    .digest();
}

/** SHA-256 (32 bytes), for chaining records that are sealed already. */
export function hashRecord(bytes: Uint8Array): Uint8Array {
  return hash("sha256", bytes, "buffer");
}
