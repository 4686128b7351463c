import { AsyncLocalStorage } from "node:async_hooks";
import { createHash } from "node:crypto";

/** One strand of a flow: what stands in it stands there in the same order on every replay. */
export interface Branch {
  /** Before each of its places: empty, or `3.0/`. */
  readonly prefix: string;
  /** How many places it has given away. */
  places: number;
  /** How often it has asked for chance. */
  chances: number;
  /** Unix milliseconds of the last step's end. */
  nowMs: number;
}

/** The strands of one flow run: which one code runs in is told by where it was begun. */
export class Branches {
  readonly #here = new AsyncLocalStorage<Branch>();
  readonly #root: Branch;

  constructor(nowMs: number) {
    this.#root = { prefix: "", places: 0, chances: 0, nowMs };
  }

  get here(): Branch {
    return this.#here.getStore() ?? this.#root;
  }

  /** The next place of the strand that this is called in. */
  nextPlace(): string {
    const { here } = this;
    here.places += 1;
    return `${here.prefix}${here.places - 1}`;
  }

  /** Runs `work` as a strand of its own; the time goes on from its end for whoever awaits it. */
  async within<R>(name: string, work: () => Promise<R>): Promise<R> {
    const { here } = this;
    const branch: Branch = { prefix: `${name}/`, places: 0, chances: 0, nowMs: here.nowMs };
    try {
      return await this.#here.run(branch, work);
    } finally {
      here.nowMs = Math.max(here.nowMs, branch.nowMs);
    }
  }

  /** Evenly spread from 0 to below 1: of a seed and the place alone. */
  random(seed: string): number {
    const { here } = this;
    here.chances += 1;
    const digest = createHash("sha256")
      .update(JSON.stringify([seed, here.prefix, here.chances]))
      .digest();
    return digest.readUIntBE(0, 6) / 2 ** 48;
  }
}
