import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { compareVersions, versionOf } from "./version.ts";

const pollMs = 100;

/** The directory in which fetched binaries are kept: `$XDG_CACHE_HOME/longarm/nats-server`, else below `~/.cache`. */
export function brokerCacheDirectory(environment: Readonly<Record<string, string | undefined>>): string {
  const root = environment["XDG_CACHE_HOME"] || join(environment["HOME"] || homedir(), ".cache");
  return resolve(root, "longarm", "nats-server");
}

/** The name under which a binary of this version stands in the cache. */
export function cachedName(version: string): string {
  return `nats-server-${version}-${process.platform}-${process.arch}`;
}

/** Paths of the binaries in the cache that were made for this machine, newest first. */
export async function cachedBinaries(cacheDirectory: string): Promise<readonly string[]> {
  const pattern = new RegExp(`^nats-server-(\\d+\\.\\d+\\.\\d+.*)-${process.platform}-${process.arch}$`);
  const names = await readdir(cacheDirectory).catch(() => []);
  const versions = names.flatMap((name) => pattern.exec(name)?.[1] ?? []);
  return versions.toSorted((left, right) => compareVersions(right, left)).map((version) => join(cacheDirectory, cachedName(version)));
}

/** Puts a binary into the cache; nobody ever sees half of it. Resolves to its path there. */
export async function keepBinary(binary: string, cacheDirectory: string, signal: AbortSignal): Promise<string> {
  const path = join(cacheDirectory, cachedName(await versionOf(binary, signal)));
  const incoming = `${path}.${process.pid}.incoming`;
  await copyFile(binary, incoming);
  await chmod(incoming, 0o755);
  await rename(incoming, path);
  return path;
}

async function isAlive(lock: string): Promise<boolean> {
  const pid = Number(await readFile(lock, "utf8").catch(() => ""));
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function takeLock(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== "EEXIST") throw fault;
    return false;
  }
}

/** How long to wait for another process that fetches already. */
export interface FetchWait {
  readonly signal: AbortSignal;
  readonly waitMs: number;
}

async function lockPatiently(lock: string, { signal, waitMs }: FetchWait): Promise<void> {
  const startedAt = performance.now();
  while (!(await takeLock(lock))) {
    // A lock without a living owner was left by a process that was killed; one that is held for ever is no better.
    if (!(await isAlive(lock)) || performance.now() - startedAt > waitMs) await rm(lock, { force: true });
    else await pause(pollMs, undefined, { signal });
  }
}

/**
 * Runs `fetch`, but only in one process at a time; the others take what that one brought. The lock spares the mirror some traffic,
 * no more: should two fetch at once after all, the later file takes the place of an equal one.
 */
export async function fetchOnce(cacheDirectory: string, fetch: () => Promise<string>, wait: FetchWait): Promise<string> {
  const before = await cachedBinaries(cacheDirectory);
  await mkdir(cacheDirectory, { recursive: true });
  const lock = join(cacheDirectory, "fetch.lock");
  await lockPatiently(lock, wait);
  try {
    const brought = (await cachedBinaries(cacheDirectory)).find((path) => !before.includes(path));
    return brought ?? (await fetch());
  } finally {
    await rm(lock, { force: true });
  }
}
