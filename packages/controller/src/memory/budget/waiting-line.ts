import type { BudgetAsk, BudgetGrant } from "../../ports/budgets.ts";

/** One that waits for its turn. */
export interface Waiter {
  readonly ask: BudgetAsk;
  readonly granted: (grant: BudgetGrant) => void;
}

// Looked through from the front, so those that left in the middle may stay until their turn comes.
const worthShifting = 1_024;

/** First come, first served; whoever gives up leaves at once, at no cost that grows with the line. */
export class WaitingLine {
  #line: (Waiter | undefined)[] = [];
  #first = 0;
  readonly #places = new Map<Waiter, number>();

  get length(): number {
    return this.#places.size;
  }

  join(waiter: Waiter): void {
    this.#places.set(waiter, this.#line.push(waiter) - 1);
  }

  leave(waiter: Waiter): void {
    const at = this.#places.get(waiter);
    if (at === undefined) return;
    this.#places.delete(waiter);
    this.#line[at] = undefined;
    this.#shift();
  }

  first(): Waiter | undefined {
    return this.#line[this.#first];
  }

  #shift(): void {
    while (this.#first < this.#line.length && this.#line[this.#first] === undefined) this.#first += 1;
    if (this.#first < worthShifting || this.#first * 2 < this.#line.length) return;
    this.#line = this.#line.slice(this.#first);
    this.#first = 0;
    for (const [at, waiter] of this.#line.entries()) if (waiter) this.#places.set(waiter, at);
  }
}
