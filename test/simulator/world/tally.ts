/** How often each thing befell a world: what a clean result has been tried against. */
export class Tally {
  readonly #counts: Record<string, number> = {};

  add(what: string, by = 1): void {
    this.#counts[what] = (this.#counts[what] ?? 0) + by;
  }

  addAll(counts: Readonly<Record<string, number>>): void {
    for (const [what, by] of Object.entries(counts)) this.add(what, by);
  }

  get counts(): Readonly<Record<string, number>> {
    return this.#counts;
  }
}
