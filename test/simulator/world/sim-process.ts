import { LongarmError, type Clock } from "@longarm/shared";
import type { Due } from "./scheduler.ts";
import type { World } from "./world.ts";

/** The Unix time at which every world begins. */
export const worldBeganMs = 1_800_000_000_000;

/**
 * A process of the simulated world. What it waits for happens only while it lives, and waits in turn while it is frozen; a dead one
 * is never heard of again: its promises stay open, and whatever its code still asks for goes nowhere.
 */
export class SimProcess {
  readonly name: string;
  readonly world: World;
  readonly clock: Clock;
  #state: "alive" | "frozen" | "dead" = "alive";
  #backlog: (() => void)[] = [];
  #wallOffsetMs: number;
  readonly #monotonicFromMs: number;
  readonly #onDeath: (() => void)[] = [];

  constructor(world: World, of: { readonly name: string; readonly wallOffsetMs: number }) {
    this.world = world;
    this.name = of.name;
    this.#wallOffsetMs = of.wallOffsetMs;
    this.#monotonicFromMs = world.scheduler.nowMs - world.random.between(1_000, 100_000);
    this.clock = {
      nowMs: () => worldBeganMs + world.scheduler.nowMs + this.#wallOffsetMs,
      monotonicMs: () => world.scheduler.nowMs - this.#monotonicFromMs,
      sleep: (ms, signal) => this.#sleep(ms, signal),
    };
  }

  get isAlive(): boolean {
    return this.#state !== "dead";
  }

  get isFrozen(): boolean {
    return this.#state === "frozen";
  }

  /** Runs the task at that time from now, if this process can then; later, if it is frozen. */
  after(ms: number, task: () => void): Due {
    return this.world.scheduler.at(ms, () => this.#run(task));
  }

  /** Resolves after that time with what is made then. */
  answer<T>(ms: number, make: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      if (!this.isAlive) return;
      this.after(ms, () => {
        try {
          resolve(make());
        } catch (reason) {
          reject(LongarmError.from(reason));
        }
      });
    });
  }

  /** Something that comes in from outside at this moment. */
  take(task: () => void): void {
    this.#run(task);
  }

  onDeath(listener: () => void): void {
    this.#onDeath.push(listener);
  }

  /** kill -9. */
  kill(): void {
    if (!this.isAlive) return;
    this.#state = "dead";
    this.#backlog = [];
    for (const listener of this.#onDeath) listener();
  }

  /** SIGSTOP. */
  freeze(): void {
    if (this.#state === "alive") this.#state = "frozen";
  }

  /** SIGCONT: what became due meanwhile happens now, in its order. */
  thaw(): void {
    if (this.#state !== "frozen") return;
    this.#state = "alive";
    for (const task of this.#backlog.splice(0)) this.after(0, task);
  }

  /** Somebody sets the machine's clock. */
  jumpClock(byMs: number): void {
    this.#wallOffsetMs += byMs;
  }

  #run(task: () => void): void {
    if (this.#state === "alive") task();
    else if (this.#state === "frozen") this.#backlog.push(task);
  }

  #sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const onAbort = (): void => {
        due.fire = undefined;
        reject(signal?.reason as Error);
      };
      const due = this.after(ms, () => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      });
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  }
}
