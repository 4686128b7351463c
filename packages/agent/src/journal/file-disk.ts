import { constants } from "node:fs";
import { type FileHandle, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { makeDataDirectory } from "@longarm/shared/config";
import type { Disk, DiskFile } from "./disk.ts";

/** A directory that is only read, and need not be ours to write to. */
export function readingDisk(directory: string): Pick<Disk, "list" | "read"> {
  return { list: () => readdir(directory), read: (name) => read(join(directory, name)) };
}

async function read(path: string): ReturnType<Disk["read"]> {
  const handle = await open(path, "r");
  try {
    return { bytes: await handle.readFile(), identity: await identityOf(handle) };
  } finally {
    await handle.close();
  }
}

/** A directory of the file system as a disk. It is made (mode 700) when absent. */
export class FileDisk implements Disk {
  readonly #directory: string;

  constructor(directory: string) {
    makeDataDirectory(directory);
    this.#directory = directory;
  }

  list(): Promise<readonly string[]> {
    return readingDisk(this.#directory).list();
  }

  read(name: string): ReturnType<Disk["read"]> {
    return readingDisk(this.#directory).read(name);
  }

  async open(name: string): Promise<DiskFile> {
    const handle = await open(join(this.#directory, name), constants.O_RDWR | constants.O_CREAT, 0o600);
    return {
      identity: await identityOf(handle),
      write: (bytes, at) => writeAll(handle, bytes, at),
      sync: () => handle.datasync(),
      close: () => handle.close(),
    };
  }

  rename(from: string, to: string): Promise<void> {
    return rename(join(this.#directory, from), join(this.#directory, to));
  }

  remove(name: string): Promise<void> {
    return rm(join(this.#directory, name), { force: true });
  }

  async sync(): Promise<void> {
    const handle = await open(this.#directory, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}

// The number alone would not do: a file system gives the number of a removed file to the next one.
async function identityOf(handle: FileHandle): Promise<string> {
  const { ino, birthtimeNs } = await handle.stat({ bigint: true });
  return `${ino}.${birthtimeNs}`;
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at + done);
    done += bytesWritten;
  }
}
