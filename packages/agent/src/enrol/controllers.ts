import type { Clock, ControllerId } from "@longarm/shared";
import type { Grant } from "../decide/admit.ts";

/** One reading of a controller's clock. Monotonic times are ours. */
interface Reading {
  /** What their clock is ahead of our monotonic one by. */
  readonly aheadMs: number;
  /** The clock was read at some time between asking and answer: half of that. */
  readonly doubtMs: number;
  readonly atMonotonicMs: number;
  /** What our own clock was ahead of our monotonic one by. */
  readonly ownAheadMs: number;
}

interface Known {
  grant: Grant;
  reading: Reading;
}

/** When a question for the time left (monotonic), and what the answer said (Unix milliseconds). */
export interface ClockExchange {
  readonly nowMs: number;
  readonly askedAtMs: number;
}

// Each start of a controller gives it a new id; the oldest are forgotten.
const remembered = 64;
/** By how much two clocks drift apart at the very most, in milliseconds a second. */
const driftMsPerSecond = 0.5;

/** The controllers that enrolled this agent: what each granted, and what its clock says. */
export class Controllers {
  readonly #clock: Clock;
  readonly #known = new Map<ControllerId, Known>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The controllers known, the one heard of last at the end. */
  get ids(): readonly ControllerId[] {
    return [...this.#known.keys()];
  }

  /** The controller's clock was read half-way between the asking and now. */
  granted(id: ControllerId, grant: Grant, at: ClockExchange): void {
    const reading = this.#better(this.#known.get(id)?.reading, this.#read(at));
    this.#known.delete(id);
    this.#known.set(id, { grant, reading });
    if (this.#known.size <= remembered) return;
    for (const oldest of this.#known.keys()) return void this.#known.delete(oldest);
  }

  /** Another reading of a known controller's clock. */
  measured(id: ControllerId, at: ClockExchange): void {
    const known = this.#known.get(id);
    if (known) known.reading = this.#better(known.reading, this.#read(at));
  }

  /** What one controller desires holds for all: they read it from one store. */
  desire(desired: Grant["desired"]): void {
    for (const known of this.#known.values()) known.grant = { ...known.grant, desired };
  }

  grantOf(id: ControllerId): Grant | undefined {
    return this.#known.get(id)?.grant;
  }

  /** Unix milliseconds on that controller's clock; on our own when it is not known. */
  nowOf(id: ControllerId): number {
    const known = this.#known.get(id);
    return known ? known.reading.aheadMs + this.#clock.monotonicMs() : this.#clock.nowMs();
  }

  /** By how many milliseconds `nowOf` may be wrong; Infinity when the controller is not known. */
  uncertaintyOf(id: ControllerId): number {
    const known = this.#known.get(id);
    return known ? this.#doubt(known.reading) : Infinity;
  }

  #read({ nowMs, askedAtMs }: ClockExchange): Reading {
    const atMonotonicMs = this.#clock.monotonicMs();
    const aheadMs = nowMs - (askedAtMs + atMonotonicMs) / 2;
    const ownAheadMs = this.#clock.nowMs() - atMonotonicMs;
    return { aheadMs, doubtMs: (atMonotonicMs - askedAtMs) / 2, atMonotonicMs, ownAheadMs };
  }

  // The monotonic clock stands still while the machine sleeps, and our own does not: what has come between the two since is doubt.
  #doubt({ doubtMs, atMonotonicMs, ownAheadMs }: Reading): number {
    const monotonicMs = this.#clock.monotonicMs();
    const sleptMs = Math.abs(this.#clock.nowMs() - monotonicMs - ownAheadMs);
    return doubtMs + ((monotonicMs - atMonotonicMs) / 1_000) * driftMsPerSecond + sleptMs;
  }

  #better(before: Reading | undefined, after: Reading): Reading {
    if (!before) return after;
    const doubtMs = this.#doubt(before);
    // Both cannot be right: one of the clocks was set.
    const isStep = Math.abs(after.aheadMs - before.aheadMs) > doubtMs + after.doubtMs;
    return isStep || after.doubtMs <= doubtMs ? after : before;
  }
}
