import { existsSync } from "node:fs";
import { join } from "node:path";
import { LongarmError } from "@longarm/shared";
import { createPrivateFile } from "@longarm/shared/seal";
import { type Authenticator, jwtAuthenticator } from "@nats-io/transport-node";
import { type BrokerOptions, findBroker, type RunningBroker, startBroker } from "../../packages/controller/src/nats/broker/index.ts";
import { type Connections, openConnections } from "../../packages/controller/src/nats/connections.ts";
import {
  type BrokerKeys,
  controllerInControl,
  makeBrokerKeys,
  mintForThisProcess,
  writeBrokerKeys,
} from "../../packages/controller/src/nats/identities/index.ts";
import { withTemporaryDirectory } from "./directories.ts";
import { until } from "./until.ts";

/** A broker of a test: what it is, who may use it, and the way in. */
export interface TestBroker extends RunningBroker {
  readonly keys: BrokerKeys;
  /** Where controllers read them. */
  readonly keysFile: string;
  /** A controller's way into account CONTROL, for inboxes of that name. */
  authenticator(name: string): Promise<Authenticator>;
  /** New connections to both accounts, closed with the broker. */
  connections(name?: string): Promise<Connections>;
  /** Starts the broker again on the same ports and store, after `stop()` or `kill()`. */
  restart(): Promise<TestBroker>;
}

/** Keys that nobody else has. */
export async function freshBrokerKeys(): Promise<BrokerKeys> {
  return (await makeBrokerKeys()).keys;
}

class BrokerOfTest {
  readonly #options: BrokerOptions;
  readonly #opened: Connections[] = [];
  #running: RunningBroker | undefined;

  constructor(options: BrokerOptions) {
    this.#options = options;
  }

  async start(): Promise<TestBroker> {
    const running = this.#running ? await this.#startOn(this.#running.ports) : await startBroker(this.#options);
    this.#running = running;
    return {
      ...running,
      keys: this.#options.keys,
      keysFile: this.#keysFile(),
      connections: (name = "test") => this.#connect(running.url, name),
      authenticator: async (name) => {
        const { jwt, seed } = await mintForThisProcess(this.#options.keys.accounts.control, name, controllerInControl(name));
        return jwtAuthenticator(jwt, new TextEncoder().encode(seed.reveal()));
      },
      restart: () => this.start(),
    };
  }

  /** Ports that were free for a moment may serve another test's outgoing connection just now: waits for them. */
  #startOn(ports: RunningBroker["ports"]): Promise<RunningBroker> {
    return until("the broker's ports are free again", async () => {
      try {
        return await startBroker({ ...this.#options, ports });
      } catch (error) {
        if (error instanceof LongarmError && error.code === "port_in_use") return undefined;
        throw error;
      }
    });
  }

  async #connect(url: string, name: string): Promise<Connections> {
    const connections = await openConnections({ urls: [url], name, keys: this.#options.keys });
    this.#opened.push(connections);
    return connections;
  }

  #keysFile(): string {
    const file = join(this.#options.directory, "broker-keys.json");
    if (!existsSync(file)) createPrivateFile(file, writeBrokerKeys(this.#options.keys));
    return file;
  }

  async end(): Promise<void> {
    await Promise.all(this.#opened.map((connections) => connections.close()));
    await this.#running?.stop();
  }
}

/** Runs `body` with a broker of its own on free ports of 127.0.0.1, and with an empty store. */
export async function withBroker<T>(body: (broker: TestBroker) => Promise<T>, options: Partial<BrokerOptions> = {}): Promise<T> {
  const { path: binary } = await findBroker({ environment: process.env });
  return withTemporaryDirectory(async (directory) => {
    const broker = new BrokerOfTest({ binary, directory, keys: await freshBrokerKeys(), ...options });
    try {
      return await body(await broker.start());
    } finally {
      await broker.end();
    }
  });
}
