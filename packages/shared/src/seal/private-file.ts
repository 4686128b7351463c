import { randomBytes } from "node:crypto";
import {
  closeSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { LongarmError } from "../errors.ts";

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

/** As `readPrivateFile`; undefined when the file is absent. */
export function readPrivateFileIfThere(file: string): string | undefined {
  try {
    return readPrivateFile(file);
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code !== "ENOENT") throw reason;
    return undefined;
  }
}

/** Puts a file of mode 600 in the place of one that may be there: whole and on disk before it returns, or not at all. */
export function replacePrivateFile(file: string, text: string): void {
  const next = `${file}.${randomBytes(6).toString("hex")}.next`;
  createPrivateFile(next, text);
  renameSync(next, file);
  syncDirectory(dirname(file));
}
