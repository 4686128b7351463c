import { execFileSync } from "node:child_process";
import { mkdtempSync, rmdirSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withTemporaryDirectory } from "./directories.ts";

const mib = 1_024 * 1_024;

/** Why a test is left out where `canMount` says no. */
export const noSmallDisk = "a small disk of its own takes the right to mount a tmpfs";

function mount(directory: string, size: string): void {
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "longarm-test", directory], { stdio: "ignore" });
}

/** Calls `body` with the directory of a disk of this size (`160m`), which is gone afterwards. */
export async function withSmallDisk(size: string, body: (disk: string) => Promise<void>): Promise<void> {
  await withTemporaryDirectory(async (disk) => {
    mount(disk, size);
    try {
      await body(disk);
    } finally {
      execFileSync("umount", [disk]);
    }
  });
}

/** May this process mount a disk? */
export function canMount(): boolean {
  const directory = mkdtempSync(join(tmpdir(), "longarm-mount-"));
  try {
    mount(directory, "1m");
    execFileSync("umount", [directory]);
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(directory);
  }
}

/** Appends to a file until nothing more fits on the disk. */
export function fillDisk(file: string, disk: string): void {
  for (const size of [mib, 4_096]) {
    while (statfsSync(disk).bavail * 4_096 >= size) writeFileSync(file, new Uint8Array(size), { flag: "a" });
  }
}
