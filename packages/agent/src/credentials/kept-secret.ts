import { type Clock, Secret } from "@longarm/shared";
import type { ReadSecret } from "./read-secret.ts";

/** A secret that is read when it is first needed, kept for its time, and read once for all who ask together. */
export class KeptSecret {
  readonly #read: ReadSecret;
  readonly #keepMs: number;
  readonly #clock: Clock;
  #value: Secret | undefined;
  #readAtMs = -Infinity;
  #reading: Promise<Secret> | undefined;

  constructor(read: ReadSecret, options: { readonly keepMs: number; readonly clock: Clock }) {
    this.#read = read;
    this.#keepMs = options.keepMs;
    this.#clock = options.clock;
  }

  /** Throws what reading throws; a secret that is past its time is not used in place of a fresh one. */
  get(): Promise<Secret> {
    if (this.#value && this.#clock.monotonicMs() - this.#readAtMs < this.#keepMs) return Promise.resolve(this.#value);
    this.#reading ??= this.#fetch().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  /** The next `get` reads afresh; but for at most once a second, so that a target which refuses cannot make its source busy. */
  mistrust(): void {
    if (this.#clock.monotonicMs() - this.#readAtMs >= 1_000) this.forget();
  }

  forget(): void {
    this.#value = undefined;
  }

  async #fetch(): Promise<Secret> {
    const atMs = this.#clock.monotonicMs();
    this.#value = new Secret(await this.#read());
    this.#readAtMs = atMs;
    return this.#value;
  }
}
