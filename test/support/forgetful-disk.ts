import type { Disk, DiskFile } from "../../packages/agent/src/journal/disk.ts";

interface Inode {
  readonly identity: string;
  /** As a reader sees it. */
  bytes: Uint8Array;
  /** As it is after a power cut. */
  synced: Uint8Array;
}

/** What the disk does at a step instead of what it was asked for. */
export type Mishap = "powerCut" | "fault";

/**
 * A disk in memory that forgets, at a power cut, what was not synced: bytes that were written, names that were given or taken away.
 * Everything that changes it is a step; `mishapAt` says at which one something goes wrong, counted from 0.
 */
export class ForgetfulDisk implements Disk {
  readonly #names = new Map<string, Inode>();
  readonly #syncedNames = new Map<string, Inode>();
  #made = 0;
  #isOff = false;
  /** How many steps were taken, and how many of them were syncs of a file. */
  steps = 0;
  syncs = 0;
  mishapAt: { readonly step: number; readonly kind: Mishap } | undefined;

  async list(): Promise<readonly string[]> {
    this.#check();
    return [...this.#names.keys()];
  }

  async read(name: string): Promise<{ readonly bytes: Uint8Array; readonly identity: string }> {
    this.#check();
    const { bytes, identity } = this.#inode(name);
    return { bytes: Uint8Array.from(bytes), identity };
  }

  async open(name: string): Promise<DiskFile> {
    this.#step();
    const known = this.#names.get(name);
    const inode = known ?? { identity: `file ${(this.#made += 1)}`, bytes: new Uint8Array(), synced: new Uint8Array() };
    this.#names.set(name, inode);
    return {
      identity: inode.identity,
      write: async (bytes, at) => {
        this.#step();
        inode.bytes = spliced(inode.bytes, bytes, at);
      },
      sync: async () => {
        // A step of its own, later: who waits for it waits for a disk.
        await new Promise((resolve) => setImmediate(resolve));
        this.#step();
        this.syncs += 1;
        inode.synced = Uint8Array.from(inode.bytes);
      },
      close: async () => undefined,
    };
  }

  async rename(from: string, to: string): Promise<void> {
    this.#step();
    this.#names.set(to, this.#inode(from));
    this.#names.delete(from);
  }

  async remove(name: string): Promise<void> {
    this.#step();
    this.#names.delete(name);
  }

  async sync(): Promise<void> {
    this.#step();
    this.#syncedNames.clear();
    for (const [name, inode] of this.#names) this.#syncedNames.set(name, inode);
  }

  /** Cuts the power, and puts it back: only what was synced is there. */
  cutPower(): void {
    this.#isOff = false;
    this.mishapAt = undefined;
    this.#names.clear();
    for (const [name, inode] of this.#syncedNames) {
      inode.bytes = Uint8Array.from(inode.synced);
      this.#names.set(name, inode);
    }
  }

  /** Lets everything reach the disk, and then changes a file behind everybody's back. */
  spoil(name: string, change: (bytes: Uint8Array) => Uint8Array): void {
    const inode = this.#inode(name);
    inode.bytes = change(Uint8Array.from(inode.bytes));
    inode.synced = Uint8Array.from(inode.bytes);
  }

  /** Another disk that holds the same files, not copies of them. */
  twin(): ForgetfulDisk {
    const twin = new ForgetfulDisk();
    for (const [name, inode] of this.#names) {
      const same = { ...inode };
      twin.#names.set(name, same);
      twin.#syncedNames.set(name, same);
    }
    twin.#made = this.#made;
    return twin;
  }

  /** Puts a file back as a copy of it, from before or from elsewhere. */
  restore(name: string, bytes: Uint8Array): void {
    const inode = { identity: `file ${(this.#made += 1)}`, bytes, synced: bytes };
    this.#names.set(name, inode);
    this.#syncedNames.set(name, inode);
  }

  #inode(name: string): Inode {
    const inode = this.#names.get(name);
    if (!inode) throw new Error(`There is no file ${name}.`);
    return inode;
  }

  #step(): void {
    this.#check();
    const step = this.steps;
    this.steps += 1;
    if (step !== this.mishapAt?.step) return;
    if (this.mishapAt.kind === "powerCut") this.#isOff = true;
    throw new Error(`The disk failed at step ${step}.`);
  }

  #check(): void {
    if (this.#isOff) throw new Error("The power is off.");
  }
}

function spliced(bytes: Uint8Array, written: Uint8Array, at: number): Uint8Array {
  const whole = new Uint8Array(Math.max(bytes.length, at + written.length));
  whole.set(bytes);
  whole.set(written, at);
  return whole;
}
