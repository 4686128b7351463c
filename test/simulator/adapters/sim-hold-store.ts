import { MemoryHoldStore } from "../../../packages/controller/src/memory/memory-hold-store.ts";
import type { Holds, HoldStore } from "../../../packages/controller/src/ports/hold-store.ts";
import type { SimProcess } from "../world/sim-process.ts";
import { answerOf } from "./sim-run-log.ts";

const tellMs = { least: 0.3, most: 4 };

/** The bucket itself. */
export class SharedHolds extends MemoryHoldStore {
  readonly #keys = new Set<string>();

  constructor() {
    super();
    this.onChange((key) => this.#keys.add(key));
  }

  /** Every place that anybody ever held. */
  all(): readonly Holds[] {
    return [...this.#keys].map((key) => this.known(key));
  }
}

/** Who holds which place, as one process follows it and changes it over the simulated broker. */
export class SimHoldStore implements HoldStore {
  readonly #process: SimProcess;
  readonly #shared: SharedHolds;
  readonly #known = new Map<string, Holds>();
  readonly #listeners = new Set<(key: string) => void>();

  constructor(process: SimProcess, shared: SharedHolds) {
    this.#process = process;
    this.#shared = shared;
    const { random } = process.world;
    const stop = shared.onChange((key) => {
      const holds = shared.known(key);
      process.after(random.between(tellMs.least, tellMs.most), () => this.#takeIn(holds));
    });
    process.onDeath(stop);
  }

  known(key: string): Holds {
    return this.#known.get(key) ?? { key, revision: 0, holders: [] };
  }

  held(): readonly Holds[] {
    return [...this.#known.values()].filter(({ holders }) => holders.length > 0);
  }

  async refresh(): Promise<void> {
    const { broker } = this.#process.world;
    for (const holds of answerOf(await broker.request(this.#process, "holds", () => this.#shared.all()))) this.#takeIn(holds);
  }

  async write(holds: Holds): Promise<Holds | undefined> {
    const { broker } = this.#process.world;
    const carryOut = (): Promise<Holds | undefined> => {
      this.#process.world.tell(
        `${this.#process.name} writes that ${holds.holders.map(({ run }) => run).join(", ") || "nobody"} holds a place`,
      );
      return this.#shared.write(holds);
    };
    const written = await answerOf(await broker.request(this.#process, "write hold", carryOut));
    if (written) this.#takeIn(written);
    return written;
  }

  onChange(listener: (key: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #takeIn(holds: Holds): void {
    if (holds.revision <= this.known(holds.key).revision) return;
    this.#known.set(holds.key, holds);
    for (const listener of this.#listeners) listener(holds.key);
  }
}
