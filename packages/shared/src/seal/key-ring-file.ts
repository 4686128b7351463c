import { closeSync, openSync, unlinkSync } from "node:fs";
import { LongarmError } from "../errors.ts";
import type { KeyRing } from "./key-ring.ts";
import {
  type DescribedKey,
  describeKeys,
  formatKeyRing,
  freshEntry,
  type KeyRingContent,
  parseKeyRing,
  rotated,
  toKeyRing,
  without,
} from "./key-ring-content.ts";
import { createPrivateFile, readPrivateFile, replacePrivateFile } from "./private-file.ts";

/** The ring that `file` holds. Throws `key_ring_missing` when it is absent or damaged, `invalid_configuration` when others may read it. */
export function loadKeyRing(file: string): KeyRing {
  try {
    return toKeyRing(readRing(file));
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code !== "ENOENT") throw reason;
    throw new LongarmError(
      "key_ring_missing",
      `There is no key ring at ${file}: restore it from a copy; without it nothing that is stored opens.`,
    );
  }
}

/** The content of `file`. Throws `key_ring_missing` when it is damaged; absence is the caller's to explain. */
function readRing(file: string): KeyRingContent {
  return parseKeyRing(file, readPrivateFile(file));
}

/** Makes a ring of one fresh key in `file` (mode 600, on disk before it returns). An existing file is never replaced: `already_exists`. */
export function createKeyRingFile(file: string): KeyRing {
  const entry = freshEntry(new Date());
  createPrivateFile(file, formatKeyRing({ version: 1, active: entry.id, keys: [entry] }));
  return loadKeyRing(file);
}

/** What the ring in `file` says of its keys. */
export function describeKeyRingFile(file: string): readonly DescribedKey[] {
  return describeKeys(readRing(file));
}

/**
 * Adds a fresh key to the ring in `file`. `activate`: it is the active one from now on, and so is one that was added before and never was.
 * `conflict` when somebody else is changing the file.
 */
export function rotateKeyRingFile(file: string, options: { readonly activate: boolean; readonly now: Date }): void {
  changeRing(file, (ring) => rotated(ring, options));
}

/** Takes a key out of the ring in `file`; never the active one (`invalid_state`). */
export function dropFromKeyRingFile(file: string, id: number): void {
  changeRing(file, (ring) => without(ring, id));
}

/** Two who change it at once would each write a ring without the other's key, and what was sealed under that would be lost. */
function changeRing(file: string, change: (ring: KeyRingContent) => KeyRingContent): void {
  const lock = `${file}.lock`;
  try {
    closeSync(openSync(lock, "wx", 0o600));
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code !== "EEXIST") throw reason;
    throw new LongarmError("conflict", `Somebody else is changing the key ring; if nobody is, remove ${lock}.`, { cause: reason });
  }
  try {
    replacePrivateFile(file, formatKeyRing(change(readRing(file))));
  } finally {
    unlinkSync(lock);
  }
}
