import { accessSync, constants, mkdirSync, statSync } from "node:fs";
import { dirname, resolve, sep } from "node:path";
import { LongarmError } from "../errors.ts";

type SystemFault = NodeJS.ErrnoException & { readonly errcode?: number };

const hindrances: Readonly<Record<string, string>> = {
  EACCES: "permission is denied",
  EEXIST: "something that is no directory stands in its place",
  EISDIR: "a directory stands in the place of a file",
  ELOOP: "its links lead round in a circle",
  ENAMETOOLONG: "its name is too long",
  ENOTDIR: "part of the path is a file, not a directory",
  EPERM: "permission is denied",
  EROFS: "it lies on a file system that is read-only",
};

const full: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT"]);

// What SQLite says of a database that is read-only, a disk that is full, and a file that it cannot open.
const sqliteCodes: Readonly<Record<number, string>> = { 8: "EROFS", 13: "ENOSPC", 14: "EACCES" };

// Their refusals look alike, but are none of a file system.
const ofNetworks: ReadonlySet<string | undefined> = new Set(["listen", "connect", "bind", "getaddrinfo", "kill", undefined]);

function codeOf({ code, syscall, errcode }: SystemFault): string | undefined {
  if (code === "ERR_SQLITE_ERROR") return sqliteCodes[(errcode ?? 0) & 0xff];
  return ofNetworks.has(syscall?.split(" ", 1)[0]) ? undefined : code;
}

function isWithin(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory.endsWith(sep) ? directory : `${directory}${sep}`);
}

function sentenceAbout(path: string, directory: string, hindrance: string): string {
  if (!isWithin(path, directory) && !isWithin(directory, path)) return `${path} cannot be used: ${hindrance}.`;
  const where = path === directory ? "" : ` (${path})`;
  return `The data directory ${directory} cannot be used: ${hindrance}${where}. Choose another one, or let this user write there.`;
}

/**
 * What a file system's refusal means for whoever named `directory`: `storage_full`, or `invalid_configuration` with the path and what
 * to do. Anything else that was thrown → itself.
 */
export function asStorageFault(reason: unknown, directory: string): unknown {
  if (!(reason instanceof Error) || reason instanceof LongarmError) return reason;
  const fault: SystemFault = reason;
  const code = codeOf(fault) ?? "";
  const options = { cause: reason, details: { path: fault.path ?? directory, reason: code } };
  if (full.has(code)) {
    const sentence = `The disk that holds ${directory} is full; free some space there, or choose another directory.`;
    return new LongarmError("storage_full", sentence, options);
  }
  // That a file is absent is no fault of the directory; that no directory can be made there is.
  const hindrance = code === "ENOENT" && fault.syscall === "mkdir" ? "no directory can be made there" : hindrances[code];
  if (hindrance === undefined) return reason;
  return new LongarmError("invalid_configuration", sentenceAbout(options.details.path, directory, hindrance), options);
}

function isDirectory(path: string): boolean | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory();
}

/** Not Node's recursive mkdir: where a directory takes no entries, as /proc does, that one tries for ever. */
function makeWithAncestors(directory: string): void {
  const found = isDirectory(directory);
  if (found) return;
  if (found === undefined) makeWithAncestors(dirname(directory));
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (reason) {
    // Another process may have made it in the same moment.
    if (!isDirectory(directory)) throw reason;
  }
}

/**
 * Makes a directory (mode 700), with those above it, unless it is there, and checks that this process may use it. Throws
 * `invalid_configuration` or `storage_full` when it cannot be.
 */
export function makeDataDirectory(path: string): void {
  const directory = resolve(path);
  try {
    makeWithAncestors(directory);
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (reason) {
    throw asStorageFault(reason, directory);
  }
}
