import { writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { brokerFiles, brokerConfiguration } from "../../../packages/controller/src/nats/broker/configuration.ts";
import type { BrokerKeys } from "../../../packages/controller/src/nats/identities/index.ts";
import { startProcess } from "../../support/processes.ts";
import type { Broker } from "./broker-member.ts";
import type { MemberEvent } from "./member.ts";

/** One server of a cluster. */
export interface ClusterNodeOptions {
  readonly binary: string;
  readonly directory: string;
  readonly keys: BrokerKeys;
  readonly maxFileStoreBytes: number;
  readonly ports: { readonly client: number; readonly monitor: number; readonly cluster: number };
  /** The cluster ports of all servers, this one's included. */
  readonly clusterPorts: readonly number[];
  readonly tell: (event: MemberEvent) => void;
}

type Started = Awaited<ReturnType<typeof startProcess>>;

const askAgainMs = 100;
const maxPayloadBytes = 1024 * 1024;

/** One nats-server of a cluster, configured like any broker of ours. It tells nobody of its peers: they would be a way around the links. */
export class ClusterNode implements Broker {
  readonly name: string;
  readonly port: number;
  readonly monitorUrl: string;
  readonly #options: ClusterNodeOptions;
  #running: Started | undefined;

  constructor(name: string, options: ClusterNodeOptions) {
    this.name = name;
    this.#options = options;
    this.port = options.ports.client;
    this.monitorUrl = `http://127.0.0.1:${options.ports.monitor}`;
  }

  async start(): Promise<void> {
    const { binary, directory, tell } = this.#options;
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const file = brokerFiles(directory).configuration;
    writeFileSync(file, this.#configuration(), { mode: 0o600 });
    const started = await startProcess({ command: binary, args: ["-c", file] });
    this.#running = started;
    void this.#watch(started);
    await this.#whenReady();
    tell({ kind: "ready", member: this.name, detail: { pid: started.pid } });
  }

  async kill(): Promise<void> {
    const dying = this.#running;
    this.#running = undefined;
    await dying?.end();
  }

  pause(): void {
    this.#running?.kill("SIGSTOP");
  }

  resume(): void {
    this.#running?.kill("SIGCONT");
  }

  async #watch(started: Started): Promise<void> {
    const { code } = await started.exited;
    if (this.#running === started) this.#options.tell({ kind: "endedByItself", member: this.name, detail: `code ${code}` });
  }

  /** Resolves once it serves clients, whether or not its peers are there; or when it was killed meanwhile. */
  async #whenReady(): Promise<void> {
    while (this.#running) {
      const answer = await fetch(`${this.monitorUrl}/varz`).catch(() => undefined);
      await answer?.text();
      if (answer?.ok) return;
      await pause(askAgainMs);
    }
  }

  #configuration(): string {
    const { directory, keys, maxFileStoreBytes, ports, clusterPorts } = this.#options;
    const usual = brokerConfiguration({
      ...{ directory, keys, maxFileStoreBytes, maxPayloadBytes, listen: "127.0.0.1", fsync: true },
      ports: { client: ports.client, monitor: ports.monitor },
    });
    const routes = clusterPorts.map((port) => JSON.stringify(`nats://127.0.0.1:${port}`)).join(", ");
    const cluster = `cluster {\n  name: "chaos"\n  listen: "127.0.0.1:${ports.cluster}"\n  no_advertise: true\n  routes: [${routes}]\n}\n`;
    return `${usual.replace('server_name: "longarm"', `server_name: ${JSON.stringify(this.name)}`)}${cluster}`;
  }
}

/** Servers that form one cluster, not started yet. */
export function clusterOf(
  names: readonly string[],
  ports: readonly number[],
  common: Pick<ClusterNodeOptions, "binary" | "keys" | "maxFileStoreBytes" | "tell"> & { readonly base: string },
): readonly ClusterNode[] {
  const { base, ...rest } = common;
  const portsOf = (at: number) => ({ client: ports[at * 3] ?? 0, monitor: ports[at * 3 + 1] ?? 0, cluster: ports[at * 3 + 2] ?? 0 });
  const clusterPorts = names.map((_, at) => portsOf(at).cluster);
  return names.map((name, at) => new ClusterNode(name, { ...rest, directory: join(base, name), ports: portsOf(at), clusterPorts }));
}
