/** What happened, folded into one number, and kept line by line when somebody wants to read it. */
export class Trace {
  readonly #lines: string[] | undefined;
  #hash = 0x811c_9dc5;
  #count = 0;

  constructor(options: { readonly isKept: boolean }) {
    this.#lines = options.isKept ? [] : undefined;
  }

  get lines(): readonly string[] {
    return this.#lines ?? [];
  }

  /** Of everything told so far, in its order; the same for two worlds that went the same way. */
  get hash(): string {
    return `${this.#count}-${this.#hash.toString(16).padStart(8, "0")}`;
  }

  tell(atMs: number, what: string): void {
    const line = `${atMs.toFixed(3).padStart(12)} ${what}`;
    let hash = this.#hash;
    // FNV-1a.
    for (let at = 0; at < line.length; at += 1) hash = Math.imul(hash ^ line.charCodeAt(at), 0x0100_0193);
    this.#hash = hash >>> 0;
    this.#count += 1;
    this.#lines?.push(line);
  }
}
