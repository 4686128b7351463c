import { readFileSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Lifecycle } from "@longarm/shared";
import { createPrivateFile } from "@longarm/shared/seal";
import { findBroker } from "../../../packages/controller/src/nats/broker/index.ts";
import { type BrokerKeys, makeBrokerKeys, writeBrokerKeys } from "../../../packages/controller/src/nats/identities/index.ts";
import { bareEnvironment, commandLine } from "../../support/command.ts";
import { Link } from "../faults/proxy/link.ts";
import type { MetMethod } from "../faults/org-faults.ts";
import type { BrokerAccess } from "../faults/store-filler.ts";
import { type Broker, BrokerMember } from "./broker-member.ts";
import { clusterOf } from "./cluster-node.ts";
import { FakeClock } from "./fake-clock.ts";
import { freePorts } from "../../support/free-ports.ts";
import { environmentOfPlant } from "../plants/plants.ts";
import { Member, type MemberEvent } from "./member.ts";
import { type Org, readyLine, startOrg } from "./org-process.ts";

/** What a fleet is made of. */
export interface FleetOptions {
  readonly directory: string;
  readonly controllers: number;
  readonly agents: number;
  /** 1, or 3: a cluster whose streams have three copies. */
  readonly brokers: number;
  /** Of the org. */
  readonly users: number;
  /** What the store has room for; absent: as many as there are users. */
  readonly runs?: number;
  /** Added each way to what executors ask of the org, so that calls are open for a while. */
  readonly orgLatencyMs: number;
  /** A bug that controllers and agents have; absent: they are as they are. */
  readonly plant?: string;
  /** What every controller's configuration holds besides. */
  readonly controller?: object;
  /** Variables that the org's process is started with. */
  readonly orgVariables?: Readonly<Record<string, string>>;
  /** Which requests the org's own faults meet; absent: those that change something. */
  readonly orgFaultsMeet?: MetMethod;
  readonly tell: (event: MemberEvent) => void;
}

// Small, so that it is filled within a moment; but it must hold every run of the load, of some 13 KiB each.
const storeBytes = { atLeast: 160 * 1024 * 1024, perRun: 32 * 1024 };
const portsOfNode = 3;

/** All processes of a chaos run, and the links between them. */
export class Fleet {
  readonly #options: FleetOptions;
  readonly #lifecycle = new Lifecycle();
  #keys!: BrokerKeys;
  readonly controllers: Member[] = [];
  readonly agents: Member[] = [];
  /** By name: `controller-1 link`, `agent-1 link`, `home link` (local executors to the org), `site link` (agents to the org). */
  readonly links = new Map<string, Link>();
  readonly controllerUrls: string[] = [];
  readonly clock: FakeClock;
  readonly brokers: Broker[] = [];
  org!: Org;
  /** The administrator's key. */
  token = "";

  constructor(options: FleetOptions) {
    this.#options = options;
    this.clock = new FakeClock(options.directory);
  }

  /** Starts everything; what was started by then is ended with `end` even when this rejects. */
  async start(): Promise<void> {
    await mkdir(this.#options.directory, { recursive: true, mode: 0o700 });
    await this.#makeKeys();
    await Promise.all([this.#startBrokers(), this.#startOrg()]);
    const ports = await freePorts(this.#options.controllers);
    for (const [at, port] of ports.entries()) await this.#addController(`controller-${at + 1}`, port);
    // The first makes the key ring and the administrator's key, which the others need.
    await this.controllers[0]?.start();
    this.token = readFileSync(join(this.#options.directory, "controller-1", "admin.key"), "utf8").trim();
    for (let at = 1; at <= this.#options.agents; at += 1) await this.#addAgent(`agent-${at}`);
    await Promise.all([...this.controllers.slice(1), ...this.agents].map((member) => member.start()));
  }

  member(name: string): Member | Broker | undefined {
    return [...this.controllers, ...this.agents, ...this.brokers].find((each) => each.name === name);
  }

  /** Where the broker is, for whoever is to bypass all faults. */
  get brokerAccess(): BrokerAccess {
    const urls = this.brokers.map(({ port }) => `nats://127.0.0.1:${port}`);
    return { urls, replicas: this.brokers.length, keys: this.#keys };
  }

  get orgFaultsMeet(): MetMethod {
    return this.#options.orgFaultsMeet ?? "POST";
  }

  get orgUrls(): { readonly home: string; readonly site: string } {
    const at = (name: string): string => `http://127.0.0.1:${this.links.get(name)?.ports[0]}`;
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

  get #keysFile(): string {
    return join(this.#options.directory, "broker-keys.json");
  }

  async #makeKeys(): Promise<void> {
    this.#keys = (await makeBrokerKeys()).keys;
    await mkdir(this.#options.directory, { recursive: true, mode: 0o700 });
    createPrivateFile(this.#keysFile, writeBrokerKeys(this.#keys));
  }

  async #startBrokers(): Promise<void> {
    const { directory, brokers, tell } = this.#options;
    const { path: binary } = await findBroker({ environment: process.env });
    const maxFileStoreBytes = storeBytes.atLeast + storeBytes.perRun * (this.#options.runs ?? this.#options.users);
    const common = { binary, keys: this.#keys, maxFileStoreBytes, tell };
    if (brokers === 1) {
      const [client = 0, monitor = 0] = await freePorts(2);
      this.brokers.push(new BrokerMember("broker", { ...common, directory: join(directory, "broker"), ports: { client, monitor } }));
    } else {
      const names = Array.from({ length: brokers }, (_, at) => `broker-${at + 1}`);
      this.brokers.push(...clusterOf(names, await freePorts(brokers * portsOfNode), { ...common, base: directory }));
    }
    for (const broker of this.brokers) this.#lifecycle.add(broker.name, () => broker.kill());
    await Promise.all(this.brokers.map((broker) => broker.start()));
  }

  async #startOrg(): Promise<void> {
    const { users, orgLatencyMs, tell, orgVariables } = this.#options;
    this.org = await startOrg(users, tell, orgVariables);
    this.#lifecycle.add("org", () => this.org.member.end());
    const targetPort = Number(new URL(this.org.url).port);
    for (const name of ["home link", "site link"]) await this.#addLink(name, [targetPort], orgLatencyMs);
  }

  async #addLink(name: string, targetPorts: readonly number[], usualLatencyMs = 0): Promise<readonly number[]> {
    const link = await Link.open(targetPorts, { usualLatencyMs });
    this.#lifecycle.add(name, () => link.close());
    this.links.set(name, link);
    return link.ports;
  }

  /** The addresses by which this member reaches the brokers, each through a proxy of its own. */
  async #brokerUrls(member: string): Promise<readonly string[]> {
    const targets = this.brokers.map(({ port }) => port);
    return (await this.#addLink(`${member} link`, targets)).map((port) => `nats://127.0.0.1:${port}`);
  }

  async #addController(name: string, port: number): Promise<void> {
    const { directory } = this.#options;
    const urls = await this.#brokerUrls(name);
    const configuration = {
      ...this.#options.controller,
      data: join(directory, name),
      listen: { port },
      // All of the load and the collecting afterwards are one principal's.
      access: { rateLimit: { perSecond: 1_000_000, burst: 1_000_000 } },
      keyRing: join(directory, "keyring.json"),
      logLevel: "info",
      stopWithin: "1s",
      broker: {
        kind: "external",
        urls,
        replicas: this.brokers.length,
        keys: this.#keysFile,
        monitorUrls: this.brokers.map(({ monitorUrl }) => monitorUrl),
      },
    };
    const file = await this.#configure(name, configuration);
    this.controllers.push(this.#process(name, ["controller", "--config", file, "--json"]));
    this.controllerUrls.push(`http://127.0.0.1:${port}`);
  }

  async #addAgent(name: string): Promise<void> {
    const urls = await this.#brokerUrls(name);
    const policyFile = join(this.#options.directory, `${name}.policy.yaml`);
    writeFileSync(policyFile, policyFor(this.orgUrls.site));
    const configuration = {
      name,
      ...{ policyFile, requirePolicy: true },
      labels: { site: "chaos" },
      logLevel: "info",
      broker: { urls },
      join: await this.#joinToken(),
      dataDirectory: join(this.#options.directory, name),
    };
    const file = await this.#configure(name, configuration);
    this.agents.push(this.#process(name, ["agent", "--config", file, "--json"]));
  }

  async #joinToken(): Promise<{ readonly token: string; readonly pin: string }> {
    const headers = { authorization: `Bearer ${this.token}`, "content-type": "application/json" };
    const body = JSON.stringify({ labels: { site: "chaos" } });
    const answer = await fetch(`${this.controllerUrls[0]}/v1/join-tokens`, { method: "POST", headers, body });
    if (!answer.ok) throw new Error(`No join token was made: ${await answer.text()}`);
    const { token, pin } = (await answer.json()) as { readonly token: string; readonly pin: string };
    return { token, pin };
  }

  async #configure(name: string, configuration: object): Promise<string> {
    await mkdir(join(this.#options.directory, name), { recursive: true, mode: 0o700 });
    const file = join(this.#options.directory, `${name}.json`);
    writeFileSync(file, JSON.stringify(configuration), { mode: 0o600 });
    return file;
  }

  #process(name: string, words: readonly string[]): Member {
    const env = { ...bareEnvironment, ...this.clock.environmentOf(name), ...environmentOfPlant(this.#options.plant) };
    const member = new Member(name, { ...commandLine(words), cwd: this.#options.directory, env, readyLine }, this.#options.tell);
    this.#lifecycle.add(name, () => member.end());
    return member;
  }
}

/** What an agent may do here, as at any site: all that its org takes, and nothing elsewhere. */
function policyFor(url: string): string {
  const allow = `["GET,HEAD,POST,PUT,PATCH,DELETE /api/v1/**"]`;
  const rule = `{name: the org, origins: ["${url}"], allow: ${allow}, effects: [read, converge, create, once], addresses: [127.0.0.1]}`;
  return `rules: [${rule}]\n`;
}
