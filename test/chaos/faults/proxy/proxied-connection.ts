import type { Socket } from "node:net";
import type { LinkFault } from "./fault-proxy.ts";

interface Held {
  /** Null: the end of the stream. */
  readonly bytes: Buffer | null;
  readonly dueMs: number;
}

// What is held back is bounded, as a network's buffers are.
const mostHeldBytes = 4 * 1024 * 1024;

/** One direction: bytes leave in the order in which they came, each when it is due. */
class Pump {
  readonly #from: Socket;
  readonly #to: Socket;
  #held: Held[] = [];
  #heldBytes = 0;
  #timer: NodeJS.Timeout | undefined;
  passedBytes = 0;
  isStopped = false;
  latencyMs = 0;

  constructor(from: Socket, to: Socket) {
    this.#from = from;
    this.#to = to;
    to.on("drain", () => from.resume());
  }

  push(bytes: Buffer | null): void {
    this.#held.push({ bytes, dueMs: performance.now() + this.latencyMs });
    this.#heldBytes += bytes?.length ?? 0;
    if (this.#heldBytes > mostHeldBytes) this.#from.pause();
    this.flush();
  }

  /** Sends what is due. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (!this.isStopped && this.#held.length > 0) {
      const { bytes, dueMs } = this.#held[0]!;
      const waitMs = dueMs - performance.now();
      if (waitMs > 0.5) {
        this.#timer = setTimeout(() => this.flush(), waitMs);
        return;
      }
      this.#held.shift();
      this.#send(bytes);
    }
  }

  drop(): void {
    clearTimeout(this.#timer);
    this.#held = [];
  }

  #send(bytes: Buffer | null): void {
    if (bytes === null) return void this.#to.end();
    this.#heldBytes -= bytes.length;
    if (!this.#to.write(bytes)) this.#from.pause();
    else if (this.#heldBytes <= mostHeldBytes) this.#from.resume();
  }
}

/** A client's connection and the one behind it, with what their link does to both. */
export class ProxiedConnection {
  readonly #client: Socket;
  readonly #target: Socket;
  readonly #out: Pump;
  readonly #back: Pump;
  readonly #onClose: () => void;
  #fault: LinkFault = { kind: "none" };
  /** Bytes were swallowed: what follows would make no sense to either side. */
  #isTorn = false;
  #before = { out: 0, back: 0 };

  constructor(client: Socket, target: Socket, onClose: () => void) {
    this.#client = client;
    this.#target = target;
    this.#onClose = onClose;
    this.#out = new Pump(client, target);
    this.#back = new Pump(target, client);
    this.#wire(client, this.#out);
    this.#wire(target, this.#back);
    client.resume();
  }

  /** Lives under this fault from now on. */
  meet(fault: LinkFault): void {
    if (fault.kind === "refuse" || (this.#isTorn && (fault.kind === "none" || fault.kind === "latency"))) return this.breakOff();
    this.#fault = fault;
    this.#before = { out: this.#out.passedBytes, back: this.#back.passedBytes };
    for (const pump of [this.#out, this.#back]) {
      pump.isStopped = fault.kind === "partition";
      pump.latencyMs = fault.kind === "latency" ? fault.ms : 0;
      pump.flush();
    }
  }

  /** Resets both sides. */
  breakOff(): void {
    for (const pump of [this.#out, this.#back]) pump.drop();
    reset(this.#client);
    reset(this.#target);
    this.#onClose();
  }

  #wire(socket: Socket, pump: Pump): void {
    socket.on("data", (bytes: Buffer) => this.#pass(pump, bytes));
    socket.on("end", () => (this.#isSwallowed(pump) ? (this.#isTorn = true) : pump.push(null)));
    socket.on("error", () => this.breakOff());
    socket.on("close", (hadError) => (hadError || this.#bothAreClosed() ? this.breakOff() : undefined));
  }

  #pass(pump: Pump, bytes: Buffer): void {
    if (this.#isSwallowed(pump)) {
      this.#isTorn = true;
      return;
    }
    pump.passedBytes += bytes.length;
    pump.push(bytes);
    if (this.#fault.kind === "reset" && this.#passedSince() > this.#fault.afterBytes) this.breakOff();
  }

  #isSwallowed(pump: Pump): boolean {
    if (this.#fault.kind === "blackHole") return true;
    if (this.#fault.kind !== "halfOpen" || pump !== this.#back) return false;
    return this.#back.passedBytes - this.#before.back >= this.#fault.afterBytes;
  }

  #passedSince(): number {
    return this.#out.passedBytes + this.#back.passedBytes - this.#before.out - this.#before.back;
  }

  #bothAreClosed(): boolean {
    return this.#client.destroyed && this.#target.destroyed;
  }
}

// A connection that is not made yet cannot be reset, and one that is being shut down would keep its handle for ever (Node 24).
function reset(socket: Socket): void {
  if (socket.connecting || socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
