import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Lifecycle, type LongarmError } from "@longarm/shared";
import { asStorageFault, makeDataDirectory } from "@longarm/shared/config";
import { ApiClient } from "../api/api-client.ts";
import type { IssuedJoinToken } from "../api/types.ts";
import { startChild, type Child } from "./child-process.ts";
import { sandboxPolicy } from "./sandbox-policy.ts";

/** What to start on this machine. */
export interface LocalSetOptions {
  readonly dataDirectory: string;
  /** Of the HTTP API; 0: any free one. */
  readonly port: number;
  readonly logLevel: string;
  /** Absent: no sandbox org and no agents. */
  readonly sandbox?: { readonly users: number; readonly limits: string };
  /** More of the controller's configuration. */
  readonly controller?: Readonly<Record<string, unknown>>;
  /** The file that becomes each process; absent: the one beside this. */
  readonly program?: string;
}

/** The processes that `longarm up` keeps running. */
export interface LocalSet {
  readonly url: string;
  readonly dataDirectory: string;
  readonly administratorKeyFile: string;
  /** Only at the first start of the data directory. */
  readonly loginCode: string | null;
  readonly sandboxUrl: string | null;
  readonly controllerPid: number;
  readonly agents: ReadonlyMap<string, Child>;
  readonly client: ApiClient;
  /** Resolves with the reason when a process that all stand on has ended by itself. */
  readonly failed: Promise<LongarmError>;
  stop(): Promise<void>;
}

const agents = [
  { name: "hq-1", labels: { site: "hq", capabilities: ["rest", "okta"] } },
  { name: "branch-1", labels: { site: "branch", capabilities: ["rest", "okta"] } },
] as const;

/** Starts controller and broker and, when asked for, the sandbox org, two agents, and the connection `sandbox`. */
export async function startLocalSet(options: LocalSetOptions): Promise<LocalSet> {
  const lifecycle = new Lifecycle();
  try {
    return await start(options, lifecycle);
  } catch (reason) {
    await lifecycle.close().catch(() => undefined);
    throw asStorageFault(reason, resolve(options.dataDirectory));
  }
}

async function start(options: LocalSetOptions, lifecycle: Lifecycle): Promise<LocalSet> {
  const dataDirectory = resolve(options.dataDirectory);
  const child = async (name: string, role: Parameters<typeof startChild>[1]): Promise<Child> => {
    const started = await startChild(name, role, options.program === undefined ? {} : { program: options.program });
    lifecycle.add(name, () => started.stop());
    return started;
  };
  const defaults = {
    data: dataDirectory,
    listen: { port: options.port },
    broker: { kind: "embedded", port: 0 },
    logLevel: options.logLevel,
    ...ownFlows(dataDirectory),
    ...wayForSandbox(options),
    ...options.controller,
  };
  const controller = await child("controller", { role: "controller", defaults });
  const {
    url,
    administratorKeyFile,
    agentUrls,
    loginCode = null,
  } = controller.facts as {
    loginCode?: string;
    url: string;
    administratorKeyFile: string;
    agentUrls: string[];
  };
  const client = new ApiClient({ url, token: readFileSync(administratorKeyFile, "utf8").trim() });
  const common = {
    url,
    dataDirectory,
    administratorKeyFile,
    loginCode,
    client,
    controllerPid: controller.pid,
    stop: () => lifecycle.close(),
  };
  if (!options.sandbox) return { ...common, sandboxUrl: null, agents: new Map(), failed: controller.ended };
  const org = await child("sandbox", { role: "sandbox", options: { port: 0, statuses: "mixed", ...options.sandbox } });
  const sandbox = org.facts as { url: string; token: string };
  await connectSandbox(client, sandbox);
  const started = await Promise.all(
    agents.map(async ({ name, labels }) => {
      const joining = await client.post<IssuedJoinToken>("/v1/join-tokens", { body: { labels } });
      const where = { url: agentUrls[0] ?? "", sandboxUrl: sandbox.url };
      const file = writeAgentFile({ dataDirectory, name, labels, ...where, joining, logLevel: options.logLevel });
      return child(name, { role: "agent", file });
    }),
  );
  return {
    ...common,
    sandboxUrl: sandbox.url,
    agents: new Map(started.map((agent) => [agent.name, agent])),
    failed: Promise.race([controller.ended, org.ended]),
  };
}

/** Flows of one's own are taken from the data directory, where it has a place for them. */
function ownFlows(dataDirectory: string): object {
  const directory = join(dataDirectory, "flows");
  return existsSync(directory) ? { flows: { directory } } : {};
}

/** The sandbox org is on this machine, so that its event hooks reach the controller where it listens. */
function wayForSandbox({ sandbox, port }: LocalSetOptions): object {
  return sandbox && port !== 0 ? { publicUrl: `http://127.0.0.1:${port}` } : {};
}

async function connectSandbox(client: ApiClient, sandbox: { readonly url: string; readonly token: string }): Promise<void> {
  await client.ask("PUT", "/v1/credentials/sandbox", { body: { scheme: "ssws", token: sandbox.token } });
  const placement = { on: "either", whenNone: "wait", waitFor: "1m" };
  await client.ask("PUT", "/v1/connections/sandbox", { body: { baseUrl: sandbox.url, credential: "sandbox", placement } });
}

interface AgentFile {
  readonly dataDirectory: string;
  readonly name: string;
  readonly labels: object;
  readonly url: string;
  readonly joining: IssuedJoinToken;
  readonly sandboxUrl: string;
  readonly logLevel: string;
}

/** Writes an agent's configuration and its site's policy as an administrator would, so that it also serves as an example. */
function writeAgentFile(agent: AgentFile): string {
  const directory = join(agent.dataDirectory, "agents", agent.name);
  makeDataDirectory(directory);
  const file = join(directory, "configuration.json");
  const policyFile = join(directory, "policy.yaml");
  const tokenFile = join(directory, "join.token");
  writeFileSync(tokenFile, `${agent.joining.token}\n`, { mode: 0o600 });
  writeFileSync(policyFile, sandboxPolicy(new URL(agent.sandboxUrl).origin), { mode: 0o600 });
  const configuration = {
    name: agent.name,
    labels: agent.labels,
    broker: { urls: [agent.url] },
    join: { token: `\${file:${tokenFile}}`, pin: agent.joining.pin },
    dataDirectory: directory,
    policyFile,
    requirePolicy: true,
    logLevel: agent.logLevel,
  };
  writeFileSync(file, `${JSON.stringify(configuration, null, 2)}\n`, { mode: 0o600 });
  return file;
}
