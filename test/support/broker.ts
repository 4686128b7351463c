import { randomBytes } from "node:crypto";
import { Secret } from "@longarm/shared";
import {
  type BrokerOptions,
  type BrokerPasswords,
  brokerUsers,
  findBroker,
  type RunningBroker,
  startBroker,
} from "../../packages/controller/src/nats/broker/index.ts";
import { type Connections, openConnections } from "../../packages/controller/src/nats/connections.ts";
import { withTemporaryDirectory } from "./directories.ts";

/** A broker of a test: what it is, who may use it, and the way in. */
export interface TestBroker extends RunningBroker {
  readonly passwords: BrokerPasswords;
  /** New connections to both accounts, closed with the broker. */
  connections(name?: string): Promise<Connections>;
  /** Starts the broker again on the same ports and store, after `stop()` or `kill()`. */
  restart(): Promise<TestBroker>;
}

/** Passwords that nobody else has. */
export function randomPasswords(): BrokerPasswords {
  const random = (): Secret => new Secret(randomBytes(18).toString("base64url"));
  return { control: random(), field: random(), agent: random() };
}

class BrokerOfTest {
  readonly #options: BrokerOptions;
  readonly #opened: Connections[] = [];
  #running: RunningBroker | undefined;

  constructor(options: BrokerOptions) {
    this.#options = options;
  }

  async start(): Promise<TestBroker> {
    const ports = this.#running?.ports ?? this.#options.ports;
    const running = await startBroker({ ...this.#options, ...(ports && { ports }) });
    this.#running = running;
    return {
      ...running,
      passwords: this.#options.passwords,
      connections: (name = "test") => this.#connect(running.url, name),
      restart: () => this.start(),
    };
  }

  async #connect(url: string, name: string): Promise<Connections> {
    const { control, field } = this.#options.passwords;
    const users = { control: { user: brokerUsers.control, pass: control }, field: { user: brokerUsers.field, pass: field } };
    const connections = await openConnections({ urls: [url], name, ...users });
    this.#opened.push(connections);
    return connections;
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
    const broker = new BrokerOfTest({ binary, directory, passwords: randomPasswords(), ...options });
    try {
      return await body(await broker.start());
    } finally {
      await broker.end();
    }
  });
}
