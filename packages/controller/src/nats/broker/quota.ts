import { readdir, stat, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Bytes of free disk that the broker never uses. A broker that met a full disk would refuse every write until its restart. */
export const diskReserveBytes = 256 * 1024 * 1024;

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

/** How much the store may hold: what it holds already plus what the disk has free, less the reserve. */
export async function fileStoreQuota(store: string): Promise<number> {
  const { bavail, bsize } = await statfs(dirname(store));
  const room = Math.max(0, bavail * bsize - diskReserveBytes);
  return Math.max(leastQuotaBytes, (await bytesIn(store)) + room);
}
