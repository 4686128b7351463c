/**
 * What the thread of flows leaves for the controller's own to see, also while the former is at work and answers nothing: whose message it
 * handles, and how many it has handled. A flow's code runs only in what follows a message of its run, so the first names whoever holds it up.
 */
export class Marks {
  /** Handed to the other thread. */
  readonly buffer: SharedArrayBuffer;
  readonly #view: Int32Array;

  constructor(buffer = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)) {
    this.buffer = buffer;
    this.#view = new Int32Array(buffer);
  }

  /** A message of this run is handled from now on; 0: of none. */
  enter(run: number): void {
    Atomics.store(this.#view, 0, run);
    Atomics.add(this.#view, 1, 1);
  }

  /** Code of this run runs that no message has set going. */
  blame(run: number): void {
    Atomics.store(this.#view, 0, run);
  }

  /** The run whose code may be running; 0: of none. */
  get run(): number {
    return Atomics.load(this.#view, 0);
  }

  /** Another value each time that a message was handled. */
  get turn(): number {
    return Atomics.load(this.#view, 1);
  }
}
