const everySteps = 500;
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Lets others have their turn in long work: every connection of the fleet passes through this process, and a still one counts as dead. */
export class Breath {
  #steps = 0;

  /** To be awaited in every step. */
  async take(): Promise<void> {
    this.#steps += 1;
    if (this.#steps % everySteps === 0) await nextTurn();
  }
}
