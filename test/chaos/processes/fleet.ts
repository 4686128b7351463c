import { readFileSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Lifecycle } from "@longarm/shared";
import { brokerUsers, findBroker, type BrokerPasswords } from "../../../packages/controller/src/nats/broker/index.ts";
import { randomPasswords } from "../../support/broker.ts";
import { bareEnvironment, commandLine } from "../../support/command.ts";
import { FaultProxy } from "../faults/proxy/fault-proxy.ts";
import { BrokerMember } from "./broker-member.ts";
import { FakeClock } from "./fake-clock.ts";
import { freePorts } from "./free-ports.ts";
import { Member, type MemberEvent } from "./member.ts";
import { type Org, readyLine, startOrg } from "./org-process.ts";

/** What a fleet is made of. */
export interface FleetOptions {
  readonly directory: string;
  readonly controllers: number;
  readonly agents: number;
  readonly users: number;
  /** Added each way to what executors ask of the org, so that calls are open for a while. */
  readonly orgLatencyMs: number;
  readonly tell: (event: MemberEvent) => void;
}

const storeBytes = 512 * 1024 * 1024;

/** All processes of a chaos run, and the links between them. */
export class Fleet {
  readonly #options: FleetOptions;
  readonly #lifecycle = new Lifecycle();
  readonly #passwords: BrokerPasswords = randomPasswords();
  readonly controllers: Member[] = [];
  readonly agents: Member[] = [];
  /** By name: `controller-1 link`, `agent-1 link`, `home link` (local executors to the org), `site link` (agents to the org). */
  readonly links = new Map<string, FaultProxy>();
  readonly controllerUrls: string[] = [];
  readonly clock: FakeClock;
  broker!: BrokerMember;
  org!: Org;
  /** The administrator's key. */
  token = "";

  constructor(options: FleetOptions) {
    this.#options = options;
    this.clock = new FakeClock(options.directory);
  }

  /** Starts everything; what was started by then is ended with `end` even when this rejects. */
  async start(): Promise<void> {
    await Promise.all([this.#startBroker(), this.#startOrg()]);
    const ports = await freePorts(this.#options.controllers);
    for (const [at, port] of ports.entries()) await this.#addController(`controller-${at + 1}`, port);
    for (let at = 1; at <= this.#options.agents; at += 1) await this.#addAgent(`agent-${at}`);
    // The first makes the key ring and the administrator's key, which the others need.
    await this.controllers[0]?.start();
    this.token = readFileSync(join(this.#options.directory, "controller-1", "admin.key"), "utf8").trim();
    await Promise.all([...this.controllers.slice(1), ...this.agents].map((member) => member.start()));
  }

  member(name: string): Member | BrokerMember | undefined {
    return [...this.controllers, ...this.agents, this.broker].find((each) => each.name === name);
  }

  /** Where the broker is, for whoever is to bypass all faults. */
  get brokerAccess(): { readonly url: string; readonly user: string; readonly password: string } {
    return { url: `nats://127.0.0.1:${this.broker.port}`, user: brokerUsers.control, password: this.#passwords.control.reveal() };
  }

  get orgUrls(): { readonly home: string; readonly site: string } {
    const at = (name: string): string => `http://127.0.0.1:${this.links.get(name)?.port}`;
    return { home: at("home link"), site: at("site link") };
  }

  /** What every process printed, by member. */
  printed(): ReadonlyMap<string, string> {
    return new Map([...this.controllers, ...this.agents].map((member) => [member.name, member.printed()]));
  }

  /** Ends every process and link. Safe to call twice. */
  end(): Promise<void> {
    return this.#lifecycle.close();
  }

  async #startBroker(): Promise<void> {
    const { path: binary } = await findBroker({ environment: process.env });
    const directory = join(this.#options.directory, "broker");
    const [client = 0, monitor = 0] = await freePorts(2);
    const options = { binary, directory, passwords: this.#passwords, maxFileStoreBytes: storeBytes };
    this.broker = new BrokerMember("broker", { ...options, ports: { client, monitor }, tell: this.#options.tell });
    this.#lifecycle.add("broker", () => this.broker.kill());
    await this.broker.start();
  }

  async #startOrg(): Promise<void> {
    const { users, orgLatencyMs } = this.#options;
    this.org = await startOrg(users, this.#options.tell);
    this.#lifecycle.add("org", () => this.org.member.end());
    const targetPort = Number(new URL(this.org.url).port);
    for (const name of ["home link", "site link"]) await this.#addLink(name, { targetPort, usualLatencyMs: orgLatencyMs });
  }

  async #addLink(name: string, options: { readonly targetPort: number; readonly usualLatencyMs?: number }): Promise<number> {
    const proxy = await FaultProxy.open(options);
    this.#lifecycle.add(name, () => proxy.close());
    this.links.set(name, proxy);
    return proxy.port;
  }

  async #addController(name: string, port: number): Promise<void> {
    const { directory } = this.#options;
    const brokerPort = await this.#addLink(`${name} link`, { targetPort: this.broker.port });
    const configuration = {
      data: join(directory, name),
      listen: { port },
      keyRing: join(directory, "keyring.json"),
      logLevel: "info",
      stopWithin: "1s",
      broker: {
        kind: "external",
        urls: [`nats://127.0.0.1:${brokerPort}`],
        control: { user: brokerUsers.control, password: this.#passwords.control.reveal() },
        field: { user: brokerUsers.field, password: this.#passwords.field.reveal() },
        enrolmentToken: this.#passwords.agent.reveal(),
        monitorUrls: [this.broker.monitorUrl],
      },
    };
    const file = await this.#configure(name, configuration);
    this.controllers.push(this.#process(name, ["controller", "--config", file, "--json"]));
    this.controllerUrls.push(`http://127.0.0.1:${port}`);
  }

  async #addAgent(name: string): Promise<void> {
    const brokerPort = await this.#addLink(`${name} link`, { targetPort: this.broker.port });
    const configuration = {
      name,
      labels: { site: "chaos" },
      logLevel: "info",
      broker: { urls: [`nats://127.0.0.1:${brokerPort}`] },
      enrolmentToken: this.#passwords.agent.reveal(),
      dataDirectory: join(this.#options.directory, name),
    };
    const file = await this.#configure(name, configuration);
    this.agents.push(this.#process(name, ["agent", "--config", file, "--json"]));
  }

  async #configure(name: string, configuration: object): Promise<string> {
    await mkdir(join(this.#options.directory, name), { recursive: true, mode: 0o700 });
    const file = join(this.#options.directory, `${name}.json`);
    writeFileSync(file, JSON.stringify(configuration), { mode: 0o600 });
    return file;
  }

  #process(name: string, words: readonly string[]): Member {
    const env = { ...bareEnvironment, ...this.clock.environmentOf(name) };
    const member = new Member(name, { ...commandLine(words), cwd: this.#options.directory, env, readyLine }, this.#options.tell);
    this.#lifecycle.add(name, () => member.end());
    return member;
  }
}
