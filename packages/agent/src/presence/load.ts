import { cpus } from "node:os";
import { monitorEventLoopDelay } from "node:perf_hooks";

/** Tells how busy this machine and this process are, each time since it was last asked. */
export class LoadMeter {
  readonly #delay = monitorEventLoopDelay({ resolution: 20 });
  #last = readCpu();

  constructor() {
    this.#delay.enable();
  }

  /** 0 to 1: the share of the machine's processors that was busy. */
  cpuShare(): number {
    const now = readCpu();
    const total = now.total - this.#last.total;
    const busy = now.busy - this.#last.busy;
    this.#last = now;
    return total > 0 ? Math.min(1, Math.max(0, busy / total)) : 0;
  }

  /** Milliseconds by which the event loop was late at the 99th percentile. */
  loopLagMs(): number {
    const lagMs = this.#delay.percentile(99) / 1e6 - 20;
    this.#delay.reset();
    return Number.isFinite(lagMs) ? Math.max(0, lagMs) : 0;
  }

  close(): void {
    this.#delay.disable();
  }
}

function readCpu(): { total: number; busy: number } {
  let total = 0;
  let idle = 0;
  for (const { times } of cpus()) {
    total += times.user + times.nice + times.sys + times.idle + times.irq;
    idle += times.idle;
  }
  return { total, busy: total - idle };
}
