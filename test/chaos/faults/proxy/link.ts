import { FaultProxy, type FaultProxyOptions, type LinkFault } from "./fault-proxy.ts";

/** One party's way to another that may be reached at several ports: what strikes it strikes each of its proxies. */
export class Link {
  readonly #proxies: readonly FaultProxy[];

  private constructor(proxies: readonly FaultProxy[]) {
    this.#proxies = proxies;
  }

  static async open(targetPorts: readonly number[], options: Omit<FaultProxyOptions, "targetPort"> = {}): Promise<Link> {
    return new Link(await Promise.all(targetPorts.map((targetPort) => FaultProxy.open({ ...options, targetPort }))));
  }

  /** Where to connect, in the order of the targets. */
  get ports(): readonly number[] {
    return this.#proxies.map(({ port }) => port);
  }

  set(fault: LinkFault): void {
    for (const proxy of this.#proxies) proxy.set(fault);
  }

  async close(): Promise<void> {
    await Promise.all(this.#proxies.map((proxy) => proxy.close()));
  }
}
