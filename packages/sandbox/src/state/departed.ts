/** How the system log names an object. */
export interface Names {
  readonly alternateId: string;
  readonly displayName: string;
}

/** So many are enough for the events of one request, and of a few that overtake it. */
const kept = 1_000;

/** The names of what was removed a moment ago: the event that tells of a removal still has them. */
export class Departed {
  readonly #names = new Map<string, Names>();

  note(id: string, names: Names): void {
    this.#names.set(id, names);
    const [oldest] = this.#names.keys();
    if (this.#names.size > kept && oldest !== undefined) this.#names.delete(oldest);
  }

  namesOf(id: string): Names | undefined {
    return this.#names.get(id);
  }
}
