/** Is the user with this index a member from the start? */
export type SeededMembers = (userIndex: number) => boolean;

/** Who is in one group: the members of the seed, and what has changed since. Members are ordered by their index. */
export class Membership {
  readonly #seeded: SeededMembers | undefined;
  readonly #added = new Set<number>();
  readonly #removed = new Set<number>();

  constructor(seeded?: SeededMembers) {
    this.#seeded = seeded;
  }

  has(userIndex: number): boolean {
    if (this.#added.has(userIndex)) return true;
    return this.#seeded !== undefined && this.#seeded(userIndex) && !this.#removed.has(userIndex);
  }

  /** Adds the user; false when it was a member already. */
  add(userIndex: number): boolean {
    if (this.has(userIndex)) return false;
    this.#removed.delete(userIndex);
    if (!this.#seeded?.(userIndex)) this.#added.add(userIndex);
    return true;
  }

  /** Removes the user; false when it was no member. */
  remove(userIndex: number): boolean {
    if (!this.has(userIndex)) return false;
    this.#added.delete(userIndex);
    if (this.#seeded?.(userIndex)) this.#removed.add(userIndex);
    return true;
  }

  /** The members from this user index on, in order; `end` is one past the highest user index. */
  *from(start: number, end: number): Generator<number> {
    if (this.#seeded === undefined) {
      yield* [...this.#added].filter((index) => index >= start).toSorted((a, b) => a - b);
      return;
    }
    for (let index = start; index < end; index += 1) if (this.has(index)) yield index;
  }
}
