import { Broker } from "./broker.ts";
import { FieldNetwork } from "./field-network.ts";
import { Ledger } from "./ledger.ts";
import { Org } from "./org.ts";
import { Random } from "./random.ts";
import { Scheduler } from "./scheduler.ts";
import type { SimProcess } from "./sim-process.ts";
import { Tally } from "./tally.ts";
import { Trace } from "./trace.ts";
import { calm, type Weather } from "./weather.ts";

/** Everything outside the processes under test. All that happens in it follows from its seed. */
export class World {
  readonly random: Random;
  readonly scheduler = new Scheduler();
  readonly trace: Trace;
  readonly tally = new Tally();
  readonly ledger = new Ledger();
  readonly broker: Broker;
  readonly network: FieldNetwork;
  readonly org: Org;
  weather: Weather = calm;
  /** What befalls a process at a point where it waits for another; set by whoever makes the trouble. */
  strike: (process: SimProcess, at: string) => void = () => undefined;

  constructor(seed: number, options: { readonly isTraceKept: boolean }) {
    this.random = new Random(seed);
    this.trace = new Trace({ isKept: options.isTraceKept });
    this.broker = new Broker(this);
    this.network = new FieldNetwork(this);
    this.org = new Org(this);
  }

  get nowMs(): number {
    return this.scheduler.nowMs;
  }

  tell(what: string): void {
    this.trace.tell(this.scheduler.nowMs, what);
  }
}
