import { createCipheriv, createDecipheriv, type KeyObject } from "node:crypto";

const cipherName = "aes-256-gcm";
/** How many bytes the tag of AES-256-GCM has, which stands behind the ciphertext. */
export const tagBytes = 16;
/** How many bytes a nonce of AES-256-GCM has. */
export const nonceBytes = 12;
const options = { authTagLength: tagBytes };

/**
 * Writes the ciphertext of the parts, as one, and its tag behind each other into `target` from `at` on. A nonce never serves twice under
 * one key.
 */
export function encryptInto(
  target: Buffer,
  at: number,
  { key, nonce, associated, parts }: { key: KeyObject; nonce: Uint8Array; associated: Uint8Array; parts: readonly Uint8Array[] },
): void {
  const cipher = createCipheriv(cipherName, key, nonce, options);
  cipher.setAAD(associated);
  let end = at;
  for (const part of parts) {
    target.set(cipher.update(part), end);
    end += part.length;
  }
  cipher.final();
  target.set(cipher.getAuthTag(), end);
}

/** The plaintext of ciphertext and tag, or undefined when anything about them, the nonce or `associated` is not as it was. */
export function decrypt(
  sealed: Uint8Array,
  { key, nonce, associated }: { key: KeyObject; nonce: Uint8Array; associated: Uint8Array },
): Uint8Array | undefined {
  const tagAt = sealed.length - tagBytes;
  if (tagAt < 0) return undefined;
  const decipher = createDecipheriv(cipherName, key, nonce, options);
  decipher.setAAD(associated);
  decipher.setAuthTag(sealed.subarray(tagAt));
  const plaintext = decipher.update(sealed.subarray(0, tagAt));
  try {
    decipher.final();
    return plaintext;
  } catch {
    return undefined;
  }
}
