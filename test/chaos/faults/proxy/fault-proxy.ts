import { createServer, type AddressInfo, type Server, type Socket, connect } from "node:net";
import { ProxiedConnection } from "./proxied-connection.ts";

/*
 * What a link does to the bytes on it:
 *
 *   none        passes them
 *   latency     passes them `ms` later, each way
 *   partition   holds them back, and delivers them once it is over, as TCP would; new connections get no answer until then
 *   refuse      breaks what is open and refuses what is new
 *   blackHole   swallows them; whoever had a connection then loses it afterwards
 *   halfOpen    swallows what the target answers, once `afterBytes` of a connection's answers have passed
 *   reset       breaks a connection once `afterBytes` have passed on it, either way
 */

/** What is wrong with a link. */
export type LinkFault =
  | { readonly kind: "none" | "partition" | "refuse" | "blackHole" }
  | { readonly kind: "latency"; readonly ms: number }
  | { readonly kind: "halfOpen" | "reset"; readonly afterBytes: number };

/** How to make a proxy. */
export interface FaultProxyOptions {
  /** Where it leads, on this machine. */
  readonly targetPort: number;
  /** Added each way while nothing is wrong, in milliseconds. Default 0. */
  readonly usualLatencyMs?: number;
}

/** A TCP proxy on 127.0.0.1 that does to its connections what it is told. */
export class FaultProxy {
  readonly #server: Server;
  readonly #options: FaultProxyOptions;
  readonly #connections = new Set<ProxiedConnection>();
  #fault: LinkFault = { kind: "none" };

  private constructor(options: FaultProxyOptions) {
    this.#options = options;
    this.#server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => this.#accept(client));
  }

  /** Listens on a free port. */
  static async open(options: FaultProxyOptions): Promise<FaultProxy> {
    const proxy = new FaultProxy(options);
    await new Promise<void>((resolve, reject) => {
      proxy.#server.once("error", reject).listen(0, "127.0.0.1", resolve);
    });
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** How many connections pass through it now. */
  get connections(): number {
    return this.#connections.size;
  }

  /** Changes what is wrong; `none` heals the link. Connections that lost bytes are broken then, since nothing would send them again. */
  set(fault: LinkFault): void {
    this.#fault = fault;
    for (const connection of this.#connections) connection.meet(this.#inForce);
  }

  /** Breaks every connection and listens no more. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const connection of this.#connections) connection.breakOff();
    await closed;
  }

  get #inForce(): LinkFault {
    const { usualLatencyMs = 0 } = this.#options;
    return this.#fault.kind === "none" && usualLatencyMs > 0 ? { kind: "latency", ms: usualLatencyMs } : this.#fault;
  }

  #accept(client: Socket): void {
    if (this.#fault.kind === "refuse") {
      client.on("error", () => undefined).resetAndDestroy();
      return;
    }
    const target = connect({ port: this.#options.targetPort, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
    const connection = new ProxiedConnection(client.setNoDelay(true), target, () => this.#connections.delete(connection));
    this.#connections.add(connection);
    connection.meet(this.#inForce);
  }
}
