/** Takes what is offered, and says so. Whoever takes leaves the queue before it returns. */
export type Offer = () => boolean;

/**
 * Those who wait for a slot, in groups whose members want the same: when the first of a group does not take what is offered, none of it
 * does. So an offer costs as much as there are groups, however many wait.
 */
export class OfferQueue {
  readonly #groups = new Map<unknown, Set<Offer>>();

  get isEmpty(): boolean {
    return this.#groups.size === 0;
  }

  /** Puts one at the end of its group; undefined: a group of its own. Returns the way out. */
  add(offer: Offer, group: unknown = offer): () => void {
    const members = this.#groups.get(group) ?? new Set();
    this.#groups.set(group, members.add(offer));
    return () => {
      members.delete(offer);
      if (members.size === 0 && this.#groups.get(group) === members) this.#groups.delete(group);
    };
  }

  /** Offers that many slots, one to each group in turn, until they are taken or nobody wants any. */
  offer(count: number): void {
    const wanting = new Set(this.#groups.keys());
    for (let left = count; left > 0 && wanting.size > 0;) {
      for (const group of wanting) {
        const [first] = this.#groups.get(group) ?? [];
        if (!first?.()) wanting.delete(group);
        else if ((left -= 1) <= 0) return;
      }
    }
  }
}
