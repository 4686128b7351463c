import { join } from "node:path";
import { LongarmError, type Lifecycle } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";

import type { BrokerSettings } from "../configuration.ts";
import { adoptStore, askServers, checkBroker, findBroker, KeptBroker, type BrokerReport } from "./broker/index.ts";
import type { EmbeddedStore } from "./jetstream-storage-gauge.ts";
import { openConnections, type Connections } from "./connections.ts";
import { AccountClaimsDesk, type BrokerKeys, ensureBrokerKeys, loadBrokerKeys } from "./identities/index.ts";

/** A broker that has been found fit, and the two ways in. */
export interface OpenBroker {
  readonly connections: Connections;
  readonly report: BrokerReport;
  /** Where agents connect to, the first being the usual one. */
  readonly agentUrls: readonly string[];
  /** What the installation makes its broker users with. */
  readonly keys: BrokerKeys;
  /** Changes what the broker holds of its accounts. */
  readonly claims: AccountClaimsDesk;
  readonly replicas: number;
  /** Resolves with a sentence when the embedded broker has ended by itself; never for an external one. */
  readonly ended: Promise<string>;
  /** The store of an embedded broker. */
  readonly embedded?: EmbeddedStore;
  /** Of an external broker's servers, as far as they are configured. */
  readonly monitorUrls: readonly string[];
}

interface Options {
  readonly settings: BrokerSettings;
  readonly dataDirectory: string;
  /** Shown in the broker's list of clients. */
  readonly name: string;
  readonly logger: Logger;
  readonly lifecycle: Lifecycle;
  readonly signal: AbortSignal;
}

/** Starts or reaches the broker, checks that it is one to rely on, and connects to both accounts. */
export async function openBroker(options: Options): Promise<OpenBroker> {
  const { settings } = options;
  return settings.kind === "embedded" ? openEmbedded(options, settings) : openExternal(options, settings);
}

async function openEmbedded(options: Options, settings: Extract<BrokerSettings, { kind: "embedded" }>): Promise<OpenBroker> {
  const { logger, lifecycle, signal } = options;
  const found = await findBroker({ environment: process.env, signal });
  const { dataDirectory } = options;
  const keys = await ensureBrokerKeys(settings.keys ?? join(dataDirectory, "broker-keys.json"), join(dataDirectory, "broker-root.nk"));
  adoptStore(join(dataDirectory, "broker"), keys);
  const kept = await KeptBroker.start({
    binary: found.path,
    directory: join(dataDirectory, "broker"),
    keys,
    listen: settings.listen,
    ports: { client: settings.port, ...(settings.websocketPort !== undefined && { websocket: settings.websocketPort }) },
    ...(settings.tls && { tls: tlsOf(settings.tls) }),
    ...(settings.maxStoreBytes !== undefined && { maxFileStoreBytes: settings.maxStoreBytes }),
  });
  lifecycle.add("broker", () => kept.stop());
  const broker = kept.running;
  logger.info({ version: broker.version, source: found.source, url: broker.url }, "The embedded broker is up.");
  const connections = await connect(options, { urls: [broker.url], keys });
  const report = await checkBroker(connections.control, { allowUnsafe: false, fsync: broker.fsync ? "always" : "delayed" });
  const agentUrls = [broker.url, ...(broker.websocketUrl === undefined ? [] : [broker.websocketUrl])];
  const embedded: EmbeddedStore = {
    directory: broker.directory,
    quotaBytes: () => kept.running.maxFileStoreBytes,
    restart: () => kept.restart(),
  };
  const claims = new AccountClaimsDesk({ urls: [broker.url], keys, name: options.name });
  return { connections, keys, claims, report, agentUrls, replicas: 1, ended: kept.ended, embedded, monitorUrls: [] };
}

async function openExternal(options: Options, settings: Extract<BrokerSettings, { kind: "external" }>): Promise<OpenBroker> {
  const { monitorUrls, allowUnsafe, caFile } = settings;
  const keys = loadBrokerKeys(settings.keys);
  const to = { urls: settings.urls, keys, ...(caFile !== undefined && { tls: { caFile } }) };
  const connections = await connect(options, to);
  const claims = new AccountClaimsDesk({ ...to, name: options.name });
  // A monitor that is named is asked alone: it may be named because the servers that answer here are not all there are.
  const fsync = monitorUrls.length > 0 ? "unknown" : await claims.connected(askServers).catch(() => "unknown" as const);
  const report = await checkBroker(connections.control, { allowUnsafe, monitorUrls, ...(fsync !== "unknown" && { fsync }) });
  if (report.fsync !== "always") {
    options.logger.warn(
      { fsync: report.fsync },
      "It is not known that this broker writes to disk before it acknowledges: a power cut may lose accepted runs.",
    );
  }
  const { replicas, urls } = settings;
  return { connections, keys, claims, report, agentUrls: urls, replicas, ended: new Promise(() => undefined), monitorUrls };
}

async function connect(options: Options, to: Omit<Parameters<typeof openConnections>[0], "name">): Promise<Connections> {
  const { logger, lifecycle, signal } = options;
  let isEnding = false;
  const onStatus: NonNullable<Parameters<typeof openConnections>[0]["onStatus"]> = (change) =>
    // Our own end is no trouble that somebody should read of beside the error that led to it.
    logger[isEnding ? "debug" : "warn"](change, "The connection to the broker has changed.");
  const connections = await openConnections({ ...to, name: options.name, signal, onStatus });
  lifecycle.add("broker connections", () => {
    isEnding = true;
    return connections.close();
  });
  return connections;
}

function tlsOf(tls: { certFile: string; keyFile: string; caFile?: string | undefined }) {
  const { certFile, keyFile, caFile } = tls;
  if (certFile === "" || keyFile === "") throw new LongarmError("invalid_configuration", "broker.tls needs certFile and keyFile.");
  return { certFile, keyFile, ...(caFile !== undefined && { caFile }) };
}
