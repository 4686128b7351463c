import { LongarmError } from "./errors.ts";

type Release = () => void | Promise<void>;

/** What a process has opened, closed in the opposite order, each once, however often it is asked. */
export class Lifecycle {
  readonly #releases: { name: string; release: Release }[] = [];
  #closing: Promise<void> | undefined;

  /** Remembers how to close what was just opened. */
  add(name: string, release: Release): void {
    this.#releases.push({ name, release });
  }

  /** Closes everything, last opened first. A release that fails does not keep the others from running; the faults come back together. */
  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    const faults: string[] = [];
    for (const { name, release } of this.#releases.toReversed()) {
      try {
        await release();
      } catch (reason) {
        faults.push(`${name}: ${LongarmError.from(reason).message}`);
      }
    }
    if (faults.length > 0) throw new LongarmError("internal", `Some parts did not close cleanly: ${faults.join("; ")}.`);
  }
}
