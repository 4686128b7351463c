// A controller's side, agents in this process, and a target, joined by a real broker.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join as joined } from "node:path";
import { type AgentId, type Clock, newId, systemClock } from "@longarm/shared";
import { type Logger, silentLogger } from "@longarm/shared/logger";
import type { PageRequest, RestRequest } from "@longarm/shared/rest";
import type { Labels } from "@longarm/shared/selector";
import { type AgentConfiguration, runAgent, type RunAgentOptions } from "@longarm/agent";
import { type TestBroker, withBroker } from "./broker.ts";
import { withTemporaryDirectory } from "./directories.ts";
import { MemoryDefinitionStore } from "../../packages/controller/src/memory/memory-definition-store.ts";
import type { AgentDirectory, AgentView } from "../../packages/controller/src/ports/agent-directory.ts";
import type { AgentGrant, AgentStore } from "../../packages/controller/src/ports/agent-store.ts";
import { agentGrantCodec } from "../../packages/controller/src/ports/definition-codec.ts";
import type { InstallationTrust } from "../../packages/controller/src/ports/installation-trust.ts";
import { embeddedTrust, newTrustSeeds } from "../../packages/controller/src/trust/trust-keys.ts";
import { type DoorGround, type Joining, TestDoors } from "./door.ts";
import { FieldAgentDirectory, type FieldAgentDirectoryDeps } from "../../packages/controller/src/nats/field/index.ts";

/** A started agent. */
export interface TestAgent {
  readonly id: AgentId;
  /** Settles when it has left or may not work any more. */
  readonly ended: Promise<void>;
  /** Asks it to drain; resolves when it has left. */
  stop(): Promise<void>;
}

/** What a test has at hand. */
export interface Field {
  readonly broker: TestBroker;
  readonly directory: FieldAgentDirectory;
  readonly store: AgentStore;
  readonly trust: InstallationTrust;
  /** A token that lets one agent in. */
  join(labels: Labels, kind?: "once" | "ask", ttlMs?: number): Promise<Joining>;
  /** Starts an agent and resolves once the directory sees it up. */
  agent(over?: Partial<AgentConfiguration>, options?: RunAgentOptions): Promise<TestAgent>;
  /** What an agent is configured with here. */
  configuration(over?: Partial<AgentConfiguration>): Promise<AgentConfiguration>;
  /** One more controller beside the first, on the same store. */
  controller(over?: Partial<FieldAgentDirectoryDeps>): Promise<FieldAgentDirectory>;
}

/** What a test may want otherwise. */
export interface FieldOptions {
  /** The controllers' clock. */
  readonly clock?: Clock;
  /** The controllers' log. */
  readonly logger?: Logger;
  /** The installation's keys. */
  readonly trust?: FieldAgentDirectoryDeps["trust"];
  readonly broker?: NonNullable<Parameters<typeof withBroker>[1]>;
  /** How long agents' right to work lasts; it is renewed at half of that. */
  readonly workMs?: number;
}

const usual = {
  ...{ labels: { site: "hq" }, credentials: {}, helpers: {}, requirePolicy: false },
  ...{ slots: 8, logLevel: "silent" as const, drainSeconds: 5 },
};

/** Runs `body` with a broker and a directory. */
export async function withField(body: (field: Field) => Promise<void>, options: FieldOptions = {}): Promise<void> {
  await withBroker(
    (broker) =>
      withTemporaryDirectory(async (home) => {
        const closing: (() => Promise<void>)[] = [];
        const store: AgentStore = new MemoryDefinitionStore<AgentGrant>(agentGrantCodec);
        const trust = options.trust ?? embeddedTrust(newTrustSeeds());
        const clock = options.clock ?? systemClock;
        const doors = doorsOf({ broker, store, trust }, options);
        closing.push(() => doors.close());
        const controller = async (over: Partial<FieldAgentDirectoryDeps> = {}): Promise<FieldAgentDirectory> => {
          const { field: connection } = await broker.connections(`c${closing.length}`);
          const deps = {
            connection,
            controllerId: newId("controller"),
            revoke: (key: string) => doors.identities.revoke(key),
            store,
            trust,
            clock,
            logger: options.logger ?? silentLogger,
          };
          const directory = new FieldAgentDirectory({ ...deps, ...over });
          await directory.start();
          doors.open(connection, directory);
          closing.push(() => directory.close());
          return directory;
        };
        const directory = await controller();
        let count = 0;
        const configuration = async (over: Partial<AgentConfiguration> = {}): Promise<AgentConfiguration> => {
          count += 1;
          const own = {
            name: `agent-${count}`,
            dataDirectory: joined(home, `agent-${count}`),
            broker: { urls: [broker.url] },
            requirePolicy: false,
          };
          const { labels = usual.labels } = over;
          return { ...own, ...usual, join: await doors.join(labels), ...over };
        };
        const agent = async (over?: Partial<AgentConfiguration>, more?: RunAgentOptions): Promise<TestAgent> => {
          const started = await startAgent(await configuration(over), more);
          closing.push(() => started.stop().catch(() => undefined));
          await until(directory, () => directory.find(started.id)?.state === "up");
          return started;
        };
        try {
          const join: Field["join"] = (labels, kind, ttlMs) => doors.join(labels, kind, ttlMs);
          await body({ broker, directory, store, trust, join, agent, configuration, controller });
        } finally {
          for (const close of closing.toReversed()) await close();
        }
      }),
    options.broker,
  );
}

function doorsOf(ground: Pick<DoorGround, "broker" | "store" | "trust">, { workMs }: FieldOptions): TestDoors {
  return new TestDoors({ ...ground, clock: systemClock, ...(workMs !== undefined && { workMs }) });
}

async function startAgent(configuration: AgentConfiguration, options: RunAgentOptions = {}): Promise<TestAgent> {
  const drain = new AbortController();
  const ready = Promise.withResolvers<AgentId>();
  const running = runAgent(configuration, drain.signal, { logger: silentLogger, ...options, onReady: ({ id }) => ready.resolve(id) });
  running.catch(ready.reject);
  const id = await ready.promise;
  const stop = (): Promise<void> => {
    drain.abort();
    return running;
  };
  return { id, ended: running, stop };
}

/** Resolves once the condition holds, looking again whenever the directory changes. */
export function until(directory: { onView(listener: (view: AgentView) => void): () => void }, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (holds()) return resolve();
    const stop = directory.onView(() => {
      if (!holds()) return;
      stop();
      resolve();
    });
  });
}

/** Runs `body` with an HTTP server on 127.0.0.1 and its base URL. */
export async function withTarget(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  body: (baseUrl: string) => Promise<void>,
): Promise<void> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await body(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** A GET of `/` with generous limits. */
export function requestTo(baseUrl: string, over: Partial<RestRequest> = {}): RestRequest {
  const ids = { runId: newId("run"), callId: newId("call"), attempt: 1 };
  const what = { effect: "read", method: "GET", baseUrl, path: "/", query: [], headers: {}, auth: { scheme: "none" } } as const;
  return { ...ids, ...what, timeoutMs: 10_000, maxResponseBytes: 1 << 30, ...over };
}

export function pagesOf(baseUrl: string, over: Partial<PageRequest> = {}): PageRequest {
  return { ...requestTo(baseUrl), pagesAhead: 1, windowBytes: 1024 * 1024, ...over };
}

/** The executor for an agent, without a selector. */
export function executorOf(directory: AgentDirectory, agent: AgentId, selector?: string) {
  return directory.executor(agent, {
    connection: "acme",
    target: { host: "127.0.0.1", addresses: [] },
    ...(selector !== undefined && { selector }),
  });
}

export const never: AbortSignal = new AbortController().signal;
