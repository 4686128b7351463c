import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { LongarmError } from "@longarm/shared";
import { makeDataDirectory } from "@longarm/shared/config";

/** A data directory that is ours until `release`, or until this process ends in whatever way. */
export interface DataDirectoryLock {
  release(): void;
}

const busy = 5;
// A database that nobody refers to is collected and closed, and the lock would be gone though nobody released it.
const held = new Set<DatabaseSync>();

/**
 * Takes the data directory for this process, making it (mode 700) when absent. Another process that holds it →
 * `data_directory_in_use`, at once; one that cannot be used → as `makeDataDirectory` says. The lock is the kernel's, on a file of its own, so a killed process leaves none behind and
 * the history stays deletable.
 */
export function lockDataDirectory(directory: string): DataDirectoryLock {
  makeDataDirectory(directory);
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
  held.add(database);
  const release = (): void => {
    if (held.delete(database)) database.close();
  };
  return { release };
}
