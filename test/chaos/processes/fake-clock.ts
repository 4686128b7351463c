import { existsSync, globSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const places = [
  "/usr/lib/*/faketime/libfaketimeMT.so.1",
  "/usr/local/lib/faketime/libfaketimeMT.so.1",
  "/usr/lib/faketime/libfaketimeMT.so.1",
];

/** Clocks of processes that can be moved by libfaketime, where it is installed. */
export class FakeClock {
  readonly #directory: string;
  readonly #library: string | undefined = globSync(places)[0];

  constructor(directory: string) {
    this.#directory = directory;
  }

  get isAvailable(): boolean {
    return this.#library !== undefined;
  }

  /** What a process is to be started with, so that its clock can be moved while it runs; its monotonic clock stays true. */
  environmentOf(name: string): Readonly<Record<string, string>> {
    if (this.#library === undefined) return {};
    if (!existsSync(this.#fileOf(name))) this.moveBy(name, 0);
    return {
      LD_PRELOAD: this.#library,
      FAKETIME_TIMESTAMP_FILE: this.#fileOf(name),
      FAKETIME_CACHE_DURATION: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
    };
  }

  /** Moves the clock of a process so many seconds away from the true time; 0: back. */
  moveBy(name: string, seconds: number): void {
    writeFileSync(this.#fileOf(name), `${seconds < 0 ? "-" : "+"}${Math.abs(seconds)}\n`);
  }

  #fileOf(name: string): string {
    return join(this.#directory, `${name}.clock`);
  }
}
