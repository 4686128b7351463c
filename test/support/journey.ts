import { readFileSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { SandboxOptions } from "@longarm/sandbox";
import { Lifecycle, LongarmError } from "@longarm/shared";
import { readControllerConfiguration, startController } from "@longarm/controller/main";
import { loadAgentConfiguration, runAgent } from "@longarm/agent";
import { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import { type TestBroker, withBroker } from "./broker.ts";
import { bareEnvironment, commandLine, longarm, type CommandEnd } from "./command.ts";
import { withTemporaryDirectory } from "./directories.ts";
import { type RunningProcess, withProcess } from "./processes.ts";
import { type SandboxOrg, withSandbox } from "./sandbox.ts";

/** A controller, and its API with the administrator's key. */
export interface JourneyController {
  readonly id: string;
  readonly url: string;
  readonly token: string;
  readonly data: string;
  readonly configurationFile: string;
  readonly agentUrls: readonly string[];
  readonly api: ApiClient;
  /** The command, told where this controller is. */
  longarm(...words: readonly string[]): Promise<CommandEnd>;
}

/** A controller in a process of its own, which can be killed. */
export interface ControllerProcess extends JourneyController {
  readonly process: RunningProcess;
}

export interface ControllerOptions {
  /** Names its data directory; the same name again is the same directory. Default `controller`. */
  readonly name?: string;
  /** Absent: a broker of its own. */
  readonly broker?: TestBroker;
  readonly websocket?: boolean;
  /** A key ring that several share. */
  readonly keyRing?: string;
  readonly logLevel?: string;
  /** More of its configuration, by key. */
  readonly more?: Readonly<Record<string, unknown>>;
  /** The quota of a broker of its own. */
  readonly maxStoreBytes?: number;
  /** Token of an administrator that another controller made. */
  readonly token?: string;
}

export interface AgentOptions {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string | readonly string[]>>;
  /** Default: the controller's first address. */
  readonly url?: string;
  readonly logLevel?: string;
  /** More of its configuration, by key. */
  readonly more?: Readonly<Record<string, unknown>>;
  /** Its site's policy, as YAML; absent: none. */
  readonly policy?: string;
}

type ReadyController = Pick<JourneyController, "id" | "url" | "agentUrls"> & {
  readonly administratorKeyFile: string;
};

const readyLine = /^\{"ready":true.*$/;

type Opener<T> = (use: (opened: T) => Promise<void>) => Promise<void>;

/** An agent that was revoked in the course of a journey has ended by itself, and says why. */
function unlessRefused(reason: unknown): void {
  if (LongarmError.from(reason).code !== "enrolment_refused") throw reason;
}

/** What a journey sets up, piece by piece; all of it ends with the journey, the last first. */
export class Journey {
  readonly directory: string;
  readonly #lifecycle: Lifecycle;

  constructor(directory: string, lifecycle: Lifecycle) {
    this.directory = directory;
    this.#lifecycle = lifecycle;
  }

  broker(options: Parameters<typeof withBroker>[1] = {}): Promise<TestBroker> {
    return this.#open("broker", (use) => withBroker(use, options));
  }

  sandbox(options: SandboxOptions = {}): Promise<SandboxOrg> {
    return this.#open("sandbox", (use) => withSandbox({ users: 20, limits: "off", ...options }, use));
  }

  /** A controller within this process: quick, and only to be stopped in order. */
  async controller(options: ControllerOptions = {}): Promise<JourneyController> {
    const place = await this.#prepare(options);
    const { value } = readControllerConfiguration({ file: place.configurationFile });
    const running = await startController(value, new AbortController().signal);
    this.#lifecycle.add("controller", () => running.stop());
    return this.#known(place, running, options);
  }

  async controllerProcess(options: ControllerOptions = {}): Promise<ControllerProcess> {
    const place = await this.#prepare(options);
    const process = await this.process(["controller", "--config", place.configurationFile, "--json"], readyLine);
    return { ...this.#known(place, JSON.parse(process.ready[0] ?? "") as ReadyController, options), process };
  }

  /** An agent within this process; resolves once it is enrolled. */
  async agent(controller: JourneyController, options: AgentOptions): Promise<void> {
    const { value } = loadAgentConfiguration(await this.#writeAgent(controller, options), {});
    const enrolled = Promise.withResolvers<void>();
    const stopping = new AbortController();
    const ended = runAgent(value, stopping.signal, { abort: stopping.signal, onReady: () => enrolled.resolve() });
    ended.catch((reason: unknown) => enrolled.reject(reason));
    this.#lifecycle.add(options.name, async () => {
      stopping.abort();
      await ended.catch(unlessRefused);
    });
    await enrolled.promise;
  }

  async agentProcess(controller: JourneyController, options: AgentOptions): Promise<RunningProcess> {
    return this.process(["agent", "--config", await this.#writeAgent(controller, options), "--json"], readyLine);
  }

  async #prepare(options: ControllerOptions): Promise<{ readonly data: string; readonly configurationFile: string }> {
    const data = join(this.directory, options.name ?? "controller");
    const configurationFile = join(this.directory, `${options.name ?? "controller"}.json`);
    await mkdir(data, { recursive: true });
    writeFileSync(configurationFile, JSON.stringify(controllerConfiguration(data, options)));
    return { data, configurationFile };
  }

  #known(
    place: { readonly data: string; readonly configurationFile: string },
    ready: ReadyController,
    options: ControllerOptions,
  ): JourneyController {
    const { id, url, agentUrls } = ready;
    const token = options.token ?? readFileSync(ready.administratorKeyFile, "utf8").trim();
    const env = { LONGARM_URL: url, LONGARM_TOKEN: token };
    return {
      ...{ ...place, id, url, token, agentUrls },
      api: new ApiClient({ url, token }),
      longarm: (...words) => longarm(words, { env, cwd: this.directory }),
    };
  }

  async #writeAgent(
    controller: JourneyController,
    { name, labels = {}, url = controller.agentUrls[0], logLevel = "error", more, policy }: AgentOptions,
  ): Promise<string> {
    const file = join(this.directory, `agent-${name}.json`);
    const policyFile = join(this.directory, `policy-${name}.yaml`);
    if (policy !== undefined) writeFileSync(policyFile, policy);
    const { token, pin } = await controller.api.post<{ token: string; pin: string }>("/v1/join-tokens", { body: { labels } });
    const configuration = {
      ...{ name, labels, logLevel, ...(policy !== undefined && { policyFile, requirePolicy: true }) },
      broker: { urls: [url] },
      join: { token, pin },
      dataDirectory: join(this.directory, `agent-${name}`),
      ...more,
    };
    writeFileSync(file, JSON.stringify(configuration));
    return file;
  }

  /** The command as a process that goes on until the journey ends. */
  process(words: readonly string[], readyLine?: RegExp): Promise<RunningProcess> {
    const options = { ...commandLine(words), cwd: this.directory, env: bareEnvironment, ...(readyLine && { readyLine }) };
    return this.#open(words[0] ?? "longarm", (use) => withProcess(options, use));
  }

  async #open<T>(name: string, opener: Opener<T>): Promise<T> {
    const opened = Promise.withResolvers<T>();
    const ended = Promise.withResolvers<void>();
    const whole = opener(async (value) => {
      opened.resolve(value);
      await ended.promise;
    });
    whole.catch((reason: unknown) => opened.reject(reason));
    const value = await opened.promise;
    this.#lifecycle.add(name, () => {
      ended.resolve();
      return whole;
    });
    return value;
  }
}

function controllerConfiguration(data: string, options: ControllerOptions): object {
  const { broker, websocket, keyRing, logLevel = "error", maxStoreBytes, more } = options;
  const own = { kind: "embedded", port: 0, ...(websocket && { websocketPort: 0 }), ...(maxStoreBytes !== undefined && { maxStoreBytes }) };
  return {
    data,
    listen: { port: 0 },
    broker: broker ? externalBroker(broker) : own,
    ...(keyRing !== undefined && { keyRing }),
    logLevel,
    ...more,
  };
}

function externalBroker({ url, keysFile }: TestBroker): object {
  return {
    kind: "external",
    urls: [url],
    keys: keysFile,
    allowUnsafe: true,
  };
}

/** Runs `body` with an empty journey, and ends afterwards whatever it has set up. */
export async function withJourney(body: (journey: Journey) => Promise<void>): Promise<void> {
  await withTemporaryDirectory(async (directory) => {
    const lifecycle = new Lifecycle();
    try {
      await body(new Journey(directory, lifecycle));
    } finally {
      await lifecycle.close();
    }
  });
}

/** Defines the connection `sandbox` with its credential; the placement is `on: either`, waiting, unless another is given. */
export async function connect(
  api: ApiClient,
  org: { readonly url: string; readonly token: string },
  placement: object = {},
): Promise<void> {
  await api.ask("PUT", "/v1/credentials/sandbox", { body: { scheme: "ssws", token: org.token } });
  await api.ask("PUT", "/v1/connections/sandbox", {
    body: { baseUrl: org.url, credential: "sandbox", placement: { on: "either", whenNone: "wait", waitFor: "1m", ...placement } },
  });
}
