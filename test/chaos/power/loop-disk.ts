import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, truncate, writeFile } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Why this machine cannot mount a disk of ours; undefined: it can. */
export async function whyNoLoopDisk(): Promise<string | undefined> {
  if (process.platform !== "linux") return "loop devices need Linux";
  if (process.getuid?.() !== 0) return "mounting needs root";
  if (!existsSync("/dev/loop-control")) return "there is no /dev/loop-control";
  try {
    await run("mkfs.ext4", ["-V"]);
    return undefined;
  } catch {
    return "mkfs.ext4 is not installed";
  }
}

/**
 * An ext4 file system in a file. What it holds is what a disk would hold: bytes that were written but not yet synced are in the kernel's
 * memory only, so that a copy of the file is what a power cut leaves.
 */
export class LoopDisk {
  readonly image: string;
  readonly path: string;
  #isMounted = false;

  constructor(image: string, path: string) {
    this.image = image;
    this.path = path;
  }

  /** Makes an empty one and mounts it. */
  static async make(image: string, path: string, bytes: number): Promise<LoopDisk> {
    await writeFile(image, "");
    await truncate(image, bytes);
    await run("mkfs.ext4", ["-q", "-F", image]);
    const disk = new LoopDisk(image, path);
    await disk.mount();
    return disk;
  }

  async mount(): Promise<void> {
    await mkdir(this.path, { recursive: true });
    await run("mount", ["-o", "loop", this.image, this.path]);
    this.#isMounted = true;
  }

  /** What the disk holds at this moment, as a disk of its own that is mounted at `path`. Who writes must stand still meanwhile. */
  async cut(image: string, path: string): Promise<LoopDisk> {
    await copyFile(this.image, image);
    const disk = new LoopDisk(image, path);
    await disk.mount();
    return disk;
  }

  /** Safe to call twice. */
  async unmount(): Promise<void> {
    if (!this.#isMounted) return;
    await run("umount", [this.path]);
    this.#isMounted = false;
  }
}
