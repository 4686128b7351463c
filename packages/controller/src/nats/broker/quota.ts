import { readdir, stat, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { LongarmError } from "@longarm/shared";

/** Bytes of free disk that the broker never uses. A broker that met a full disk would refuse every write until its restart. */
export const diskReserveBytes = 256 * 1024 * 1024;

/** What a broker with our streams and buckets writes before anything is kept in them, and some room to breathe. */
const leastRoomBytes = 16 * 1024 * 1024;

// nats-server takes 0 for "choose yourself".
const leastQuotaBytes = 1024 * 1024;

async function bytesIn(directory: string): Promise<number> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(join(entry.parentPath, entry.name)).then(
        (file) => file.size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

async function freeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

/** Throws `storage_full` when the disk that holds `directory` has no room for a broker's start: that would only fail halfway. */
export async function assertRoom(directory: string, neededBytes: number = leastRoomBytes): Promise<void> {
  const free = await freeBytes(directory);
  if (free >= neededBytes) return;
  const mib = (bytes: number): string => `${Math.floor(bytes / 1024 / 1024)} MiB`;
  throw new LongarmError(
    "storage_full",
    `The disk that holds ${directory} has ${mib(free)} left; a broker needs ${mib(neededBytes)} to start. Free some space there, or choose another directory.`,
    { details: { directory, freeBytes: free, neededBytes } },
  );
}

/** How much the store may hold: what it holds already plus what the disk has free, less the reserve. */
export async function fileStoreQuota(store: string): Promise<number> {
  const room = Math.max(0, (await freeBytes(dirname(store))) - diskReserveBytes);
  return Math.max(leastQuotaBytes, (await bytesIn(store)) + room);
}
