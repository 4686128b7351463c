import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { LongarmError } from "@longarm/shared";

/** A data directory that is ours until `release`, or until this process ends in whatever way. */
export interface DataDirectoryLock {
  release(): void;
}

const busy = 5;

/**
 * Takes the data directory for this process, making it (mode 700) when absent. Another process that holds it →
 * `data_directory_in_use`, at once. The lock is the kernel's, on a file of its own, so a killed process leaves none behind and
 * the history stays deletable.
 */
export function lockDataDirectory(directory: string): DataDirectoryLock {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, "lock.db");
  closeSync(openSync(file, "a", 0o600));
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    // The transaction stays open and writes nothing: SQLite holds the file's lock meanwhile.
    database.exec("BEGIN EXCLUSIVE");
  } catch (reason) {
    database.close();
    if ((reason as { errcode?: number }).errcode !== busy) throw reason;
    const message = `Another controller runs on the data directory ${directory}; stop it or choose another directory.`;
    throw new LongarmError("data_directory_in_use", message, { cause: reason, details: { directory } });
  }
  let isHeld = true;
  const release = (): void => {
    if (isHeld) database.close();
    isHeld = false;
  };
  return { release };
}
