import type { Clock } from "@longarm/shared";
import { isBusy } from "./sqlite-fault.ts";

/** How long to wait for a file that another program holds. */
export interface Patience {
  readonly clock: Clock;
  /** Milliseconds. */
  readonly busyMs: number;
}

const pauseMs = 25;

/** Does what needs the file, again and again while another program holds it. SQLite's own waiting would hold up this whole process. */
export async function whenFree<T>({ clock, busyMs }: Patience, work: () => T): Promise<T> {
  const endMs = clock.monotonicMs() + busyMs;
  for (;;) {
    try {
      return work();
    } catch (reason) {
      if (!isBusy(reason) || clock.monotonicMs() + pauseMs > endMs) throw reason;
      await clock.sleep(pauseMs);
    }
  }
}
