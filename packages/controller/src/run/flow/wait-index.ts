import type { StoredEvent } from "@longarm/shared";
import { matchesGlob } from "../../decide/access.ts";
import type { FedEvent } from "../../ports/event-feed.ts";
import type { AwaitedEvent } from "../../ports/event-waits.ts";

/** One that waits. */
export interface Waiter extends Omit<AwaitedEvent, "afterSequence"> {
  /** All up to this place has been looked at for it. */
  after: number;
  isOverdue: boolean;
  settle(event: StoredEvent | null): void;
}

/** Waiters by the type that they wait for, so that an event meets none of the others. */
export class WaitIndex {
  readonly #byType = new Map<string, Set<Waiter>>();
  readonly #patterns = new Set<string>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(waiter: Waiter): void {
    const { type } = waiter;
    const same = this.#byType.get(type) ?? new Set();
    if (same.has(waiter)) return;
    same.add(waiter);
    this.#size += 1;
    this.#byType.set(type, same);
    if (type.includes("*")) this.#patterns.add(type);
  }

  delete(waiter: Waiter): boolean {
    const same = this.#byType.get(waiter.type);
    if (!same?.delete(waiter)) return false;
    this.#size -= 1;
    if (same.size > 0) return true;
    this.#byType.delete(waiter.type);
    this.#patterns.delete(waiter.type);
    return true;
  }

  all(): readonly Waiter[] {
    return [...this.#byType.values()].flatMap((same) => [...same]);
  }

  /** Gives the event to each that it is the first one for, and forgets those. */
  offer({ event, sequence }: FedEvent): void {
    const types = [event.type, ...[...this.#patterns].filter((pattern) => matchesGlob(pattern, event.type))];
    for (const type of types) {
      for (const waiter of this.#byType.get(type) ?? []) {
        if (sequence <= waiter.after || !isInTime(waiter, event) || !waiter.isWished(event)) continue;
        this.delete(waiter);
        waiter.settle(event);
      }
    }
  }
}

function isInTime({ untilMs }: Waiter, { receivedAtMs }: StoredEvent): boolean {
  return untilMs === null || receivedAtMs <= untilMs;
}
