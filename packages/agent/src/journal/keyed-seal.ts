import { LongarmError } from "@longarm/shared";
import { createKeyRingFile, type KeyRing, loadKeyRing, openRecord, sealRecord } from "@longarm/shared/seal";
import type { JournalSeal } from "./segment.ts";

/** Seals under this ring's active key. */
export function keyedSeal(ring: KeyRing): JournalSeal {
  return {
    seal: (plaintext, place) => sealRecord(ring, plaintext, place),
    open: (sealed, place) => openRecord(ring, sealed, place),
  };
}

/**
 * The seal whose key stands in `file` (mode 600), made when absent. Throws `invalid_configuration` when the file is damaged or others
 * may read it.
 */
export function openSeal(file: string): JournalSeal {
  return keyedSeal(openRing(file));
}

function openRing(file: string): KeyRing {
  try {
    return loadKeyRing(file);
  } catch (reason) {
    if (LongarmError.from(reason).code !== "key_ring_missing") throw reason;
  }
  try {
    return createKeyRingFile(file);
  } catch (reason) {
    if (LongarmError.from(reason).code !== "already_exists") throw reason;
    const sentence = `${file} does not hold the key of this agent's journal. Restore it, or remove it: calls then open count as unknown.`;
    throw new LongarmError("invalid_configuration", sentence, { cause: reason });
  }
}
