import {
  closeSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { randomBytes } from "node:crypto";
import { dirname } from "node:path";
import { LongarmError } from "../errors.ts";
import { KeyRing, newRingKey, type RingKey } from "./key-ring.ts";

interface KeyRingFile {
  readonly version: 1;
  readonly active: number;
  /** `key` is base64. */
  readonly keys: readonly {
    readonly id: number;
    readonly key: string;
    readonly createdAt: string;
  }[];
}

/** Reads a file that only its owner may read; any wider mode throws `invalid_configuration`, absence is the caller's to explain. */
export function readPrivateFile(file: string): string {
  const descriptor = openSync(file, "r");
  try {
    const mode = fstatSync(descriptor).mode & 0o777;
    if (process.platform !== "win32" && (mode & 0o077) !== 0) {
      throw new LongarmError(
        "invalid_configuration",
        `${file} has mode ${mode.toString(8)} and others can reach it: run "chmod 600 ${file}".`,
      );
    }
    return readFileSync(descriptor, "utf8");
  } finally {
    closeSync(descriptor);
  }
}

function syncDirectory(directory: string): void {
  const descriptor = openSync(directory, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Writes a file of mode 600 that appears whole and on disk or not at all, and never replaces one: an existing file throws
 * `already_exists`. The directory is made (mode 700) when absent.
 */
export function createPrivateFile(file: string, text: string): void {
  const directory = dirname(file);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const temporary = `${file}.${randomBytes(6).toString("hex")}.new`;
  const descriptor = openSync(temporary, "wx", 0o600);
  try {
    fchmodSync(descriptor, 0o600);
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
    // A link, unlike a rename, fails when the name is taken.
    linkSync(temporary, file);
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code !== "EEXIST") throw reason;
    throw new LongarmError("already_exists", `${file} exists already and was left as it is.`, {
      cause: reason,
    });
  } finally {
    closeSync(descriptor);
    unlinkSync(temporary);
  }
  syncDirectory(directory);
}

function isKeyRingFile(value: unknown): value is KeyRingFile {
  if (typeof value !== "object" || value === null) return false;
  const { version, active, keys } = value as Partial<KeyRingFile>;
  return (
    version === 1 &&
    typeof active === "number" &&
    Array.isArray(keys) &&
    keys.every((key) => typeof key?.id === "number" && typeof key.key === "string")
  );
}

function parseKeyRing(file: string, text: string): KeyRing {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message would quote the file, which is a secret.
    throw new LongarmError("key_ring_missing", `${file} is not JSON: restore the key ring from a copy.`);
  }
  if (!isKeyRingFile(value)) throw new LongarmError("key_ring_missing", `${file} is no key ring of version 1: restore it from a copy.`);
  const keys: readonly RingKey[] = value.keys.map(({ id, key }) => ({
    id,
    bytes: Buffer.from(key, "base64"),
  }));
  return new KeyRing(keys, value.active);
}

/** The ring that `file` holds. Throws `key_ring_missing` when it is absent or damaged, `invalid_configuration` when others may read it. */
export function loadKeyRing(file: string): KeyRing {
  try {
    return parseKeyRing(file, readPrivateFile(file));
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code !== "ENOENT") throw reason;
    throw new LongarmError(
      "key_ring_missing",
      `There is no key ring at ${file}: restore it from a copy; without it nothing that is stored opens.`,
    );
  }
}

/** Makes a ring of one fresh key in `file` (mode 600, on disk before it returns). An existing file is never replaced: `already_exists`. */
export function createKeyRingFile(file: string): KeyRing {
  const key = newRingKey();
  const entry = {
    id: key.id,
    key: Buffer.from(key.bytes).toString("base64"),
    createdAt: new Date().toISOString(),
  };
  const content: KeyRingFile = { version: 1, active: key.id, keys: [entry] };
  createPrivateFile(file, `${JSON.stringify(content, null, 2)}\n`);
  return loadKeyRing(file);
}
