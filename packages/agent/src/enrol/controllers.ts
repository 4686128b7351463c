import type { Clock, ControllerId } from "@longarm/shared";
import type { Grant } from "../decide/admit.ts";

interface Known {
  grant: Grant;
  /** Unix milliseconds on that controller's clock at a moment of our monotonic one. */
  nowMs: number;
  atMonotonicMs: number;
}

// Each start of a controller gives it a new id; the oldest are forgotten.
const remembered = 64;

/** The controllers that enrolled this agent: what each granted, and what its clock says. */
export class Controllers {
  readonly #clock: Clock;
  readonly #known = new Map<ControllerId, Known>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `askedAtMs`: when the asking left, monotonic; the controller's clock was read half-way between then and now. */
  granted(id: ControllerId, grant: Grant, at: { readonly nowMs: number; readonly askedAtMs: number }): void {
    const atMonotonicMs = (at.askedAtMs + this.#clock.monotonicMs()) / 2;
    this.#known.delete(id);
    this.#known.set(id, { grant, nowMs: at.nowMs, atMonotonicMs });
    if (this.#known.size <= remembered) return;
    for (const oldest of this.#known.keys()) return void this.#known.delete(oldest);
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
    return known ? known.nowMs + this.#clock.monotonicMs() - known.atMonotonicMs : this.#clock.nowMs();
  }
}
