import type { Disk, DiskFile } from "../../../packages/agent/src/journal/disk.ts";
import type { Random } from "./random.ts";
import type { SimProcess } from "./sim-process.ts";

interface Write {
  readonly at: number;
  readonly bytes: Uint8Array;
}

interface File {
  readonly identity: string;
  /** As programs see it, and as it is on the platters. */
  current: Uint8Array;
  durable: Uint8Array;
  unsynced: Write[];
}

const workMs = { least: 0.05, most: 2 };

/** One directory. What was not synced is there for everybody until the power fails; then each write is there, torn, or gone. */
export class SimDisk {
  #names = new Map<string, File>();
  #durableNames = new Map<string, File>();
  #made = 0;

  /** The power fails: what nobody waited for may be lost. */
  loseUnsynced(random: Random): void {
    if (random.chance(0.5)) this.#names = new Map(this.#durableNames);
    for (const file of new Set(this.#names.values())) {
      // Some disks keep the order of what they are given, others do not.
      const inOrder = random.chance(0.5) ? random.below(file.unsynced.length + 1) : undefined;
      for (const [index, write] of file.unsynced.entries()) {
        const isThere = inOrder === undefined ? random.chance(0.7) : index < inOrder;
        const bytes = inOrder === undefined && random.chance(0.5) ? write.bytes.subarray(0, random.below(write.bytes.length)) : write.bytes;
        if (isThere) file.durable = overwritten(file.durable, { at: write.at, bytes });
      }
      file.current = file.durable;
      file.unsynced = [];
    }
    this.#durableNames = new Map(this.#names);
  }

  /** The disk as one life of a process uses it. */
  of(process: SimProcess): Disk {
    const work = <T>(what: string, act: () => T): Promise<T> => {
      const { random, strike } = process.world;
      strike(process, `before disk ${what}`);
      return process.answer(random.between(workMs.least, workMs.most), () => {
        const done = act();
        strike(process, `after disk ${what}`);
        return done;
      });
    };
    return {
      list: () => work("list", () => [...this.#names.keys()]),
      read: (name) => work("read", () => this.#read(name)),
      open: (name) => work("open", () => this.#open(name, work)),
      rename: (from, to) => work("rename", () => this.#rename(from, to)),
      remove: (name) => work("remove", () => void this.#names.delete(name)),
      sync: () => work("sync", () => void (this.#durableNames = new Map(this.#names))),
    };
  }

  #read(name: string): { readonly bytes: Uint8Array; readonly identity: string } {
    const { current, identity } = this.#file(name);
    return { bytes: current.slice(), identity };
  }

  #open(name: string, work: <T>(what: string, act: () => T) => Promise<T>): DiskFile {
    const empty = new Uint8Array();
    const file = this.#names.get(name) ?? { identity: `file-${(this.#made += 1)}`, current: empty, durable: empty, unsynced: [] };
    this.#names.set(name, file);
    const write = (bytes: Uint8Array, at: number): void => {
      const written = { at, bytes: bytes.slice() };
      file.current = overwritten(file.current, written);
      file.unsynced.push(written);
    };
    const sync = (): void => {
      file.durable = file.current;
      file.unsynced = [];
    };
    return {
      identity: file.identity,
      write: (bytes, at) => work("write", () => write(bytes, at)),
      sync: () => work("sync", sync),
      close: async () => undefined,
    };
  }

  #rename(from: string, to: string): void {
    const file = this.#file(from);
    this.#names.delete(from);
    this.#names.set(to, file);
  }

  #file(name: string): File {
    const file = this.#names.get(name);
    if (!file) throw Object.assign(new Error(`ENOENT: ${name}`), { code: "ENOENT" });
    return file;
  }
}

function overwritten(before: Uint8Array, { at, bytes }: Write): Uint8Array {
  const after = new Uint8Array(Math.max(before.length, at + bytes.length));
  after.set(before);
  after.set(bytes, at);
  return after;
}
