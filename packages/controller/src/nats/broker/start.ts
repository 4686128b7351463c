import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { LongarmError } from "@longarm/shared";
import { brokerConfiguration, type BrokerConfiguration, brokerFiles, type BrokerTls } from "./configuration.ts";
import type { BrokerKeys } from "../identities/index.ts";
import { startFault } from "./faults.ts";
import { type GuardedProgram, type ProgramExit, startGuarded } from "./guarded.ts";
import { assertNotRunning } from "./left-over.ts";
import { assertRoom, fileStoreQuota } from "./quota.ts";
import { brokerFloor, isRecentEnough, versionOf } from "./version.ts";

/** How to start a broker. */
export interface BrokerOptions {
  /** The path of nats-server (`findBroker`). */
  readonly binary: string;
  /** Holds configuration, log and store; made when absent. One broker at a time. */
  readonly directory: string;
  readonly keys: BrokerKeys;
  /** 0 or absent: the system chooses. `monitor` and `websocket` are off when absent. */
  readonly ports?: { readonly client?: number; readonly monitor?: number; readonly websocket?: number };
  /** Default 127.0.0.1; another than loopback needs `tls`. */
  readonly listen?: string;
  readonly tls?: BrokerTls;
  /** Default: what the disk has free, less a reserve. */
  readonly maxFileStoreBytes?: number;
  readonly maxPayloadBytes?: number;
  /** Default true: acknowledge only what the disk has. */
  readonly fsync?: boolean;
  /** How long to wait for a broker that is still stopping in this directory; default 10 s. */
  readonly leftOverWaitMs?: number;
}

/** A nats-server of ours. */
export interface RunningBroker {
  readonly url: string;
  readonly websocketUrl?: string;
  readonly monitorUrl?: string;
  /** The ports in use; pass them on to restart in the same place. */
  readonly ports: { readonly client: number; readonly monitor?: number; readonly websocket?: number };
  readonly pid: number;
  readonly version: string;
  readonly fsync: boolean;
  /** What its store may hold. */
  readonly maxFileStoreBytes: number;
  readonly directory: string;
  /** Resolves when the server has ended, for whatever reason. */
  readonly exited: Promise<ProgramExit>;
  /** Stops it in order, and by force after 10 s. Safe to call twice. */
  stop(): Promise<void>;
  /** SIGKILL, for tests of what survives it. */
  kill(): Promise<void>;
}

interface PortsFile {
  readonly nats?: readonly string[];
  readonly monitoring?: readonly string[];
  readonly websocket?: readonly string[];
}

const defaultMaxPayloadBytes = 1024 * 1024;
const startTimeoutMs = 30_000;
const stopGraceMs = 10_000;
// As long as a broker may take to stop.
const defaultLeftOverWaitMs = stopGraceMs;
const pollMs = 10;

async function portsFileNames(directory: string): Promise<readonly string[]> {
  return (await readdir(directory)).filter((name) => name.endsWith(".ports")).map((name) => join(directory, name));
}

// The server writes the file once it is ready; one that is half written does not parse and is read again.
async function readPorts(directory: string): Promise<PortsFile | undefined> {
  for (const file of await portsFileNames(directory)) {
    const text = await readFile(file, "utf8").catch(() => "");
    if (text.trimEnd().endsWith("}")) return JSON.parse(text) as PortsFile;
  }
  return undefined;
}

async function ready(program: GuardedProgram, directory: string): Promise<PortsFile> {
  let ended: ProgramExit | undefined;
  program.exited.then(
    (exit) => (ended = exit),
    () => (ended = { code: null }),
  );
  const startedAt = performance.now();
  while (performance.now() - startedAt < startTimeoutMs) {
    if (ended) throw await startFault(directory, `ended at its start with code ${ended.code}`);
    const ports = await readPorts(directory);
    if (ports) return ports;
    await pause(pollMs);
  }
  throw await startFault(directory, `was not ready after ${startTimeoutMs / 1000} s`);
}

function portOf(url: string | undefined): number | undefined {
  return url === undefined ? undefined : Number(/:(\d+)\/?$/.exec(url)?.[1]);
}

// Ports of the last start would be taken for the new ones; its log may tell why it ended.
async function setAside(directory: string): Promise<void> {
  const { log, output } = brokerFiles(directory);
  await Promise.all((await portsFileNames(directory)).map((file) => rm(file, { force: true })));
  await Promise.all([log, output].map((file) => rename(file, `${file}.previous`).catch(() => undefined)));
}

/** Writes the configuration; resolves with the quota in it. */
async function prepare(options: BrokerOptions, directory: string): Promise<number> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await assertNotRunning(directory, options.leftOverWaitMs ?? defaultLeftOverWaitMs);
  await assertRoom(directory);
  await setAside(directory);
  const { ports = {}, maxFileStoreBytes } = options;
  const configuration: BrokerConfiguration = {
    directory,
    keys: options.keys,
    ports: { ...ports, client: ports.client ?? 0 },
    listen: options.listen ?? "127.0.0.1",
    maxPayloadBytes: options.maxPayloadBytes ?? defaultMaxPayloadBytes,
    maxFileStoreBytes: maxFileStoreBytes ?? (await fileStoreQuota(brokerFiles(directory).store)),
    fsync: options.fsync ?? true,
    ...(options.tls && { tls: options.tls }),
  };
  const file = brokerFiles(directory).configuration;
  await writeFile(file, brokerConfiguration(configuration), { mode: 0o600 });
  await chmod(file, 0o600);
  return configuration.maxFileStoreBytes;
}

function addresses(found: PortsFile, options: BrokerOptions): Pick<RunningBroker, "url" | "websocketUrl" | "monitorUrl" | "ports"> {
  // Whoever listens everywhere is reached by ourselves on the loopback address.
  const wildcards: Record<string, string> = { "0.0.0.0": "127.0.0.1", "::": "::1" };
  const listen = options.listen ?? "127.0.0.1";
  const host = wildcards[listen] ?? listen;
  const shown = host.includes(":") ? `[${host}]` : host;
  const client = portOf(found.nats?.[0]) ?? 0;
  const monitor = portOf(found.monitoring?.[0]);
  const websocket = portOf(found.websocket?.[0]);
  return {
    url: `${options.tls ? "tls" : "nats"}://${shown}:${client}`,
    ...(websocket !== undefined && { websocketUrl: `${options.tls ? "wss" : "ws"}://${shown}:${websocket}` }),
    ...(monitor !== undefined && { monitorUrl: `http://127.0.0.1:${monitor}` }),
    ports: { client, ...(monitor !== undefined && { monitor }), ...(websocket !== undefined && { websocket }) },
  };
}

/**
 * Starts nats-server as a child that ends with this process, even when this process is killed, and resolves when it is ready.
 * Throws `broker_too_old`, `port_in_use`, `data_directory_in_use`, `storage_full`, `invalid_configuration`, or `broker_unavailable` with
 * the last lines of the server's log. A second start in the same directory finds what the first one stored.
 */
export async function startBroker(options: BrokerOptions): Promise<RunningBroker> {
  const directory = resolve(options.directory);
  const version = await versionOf(options.binary);
  if (!isRecentEnough(version))
    throw new LongarmError("broker_too_old", `${options.binary} is version ${version}; ${brokerFloor} or newer is needed.`);
  const maxFileStoreBytes = await prepare(options, directory);
  const files = brokerFiles(directory);
  const program = startGuarded(options.binary, ["-c", files.configuration], files.output);
  try {
    const found = await ready(program, directory);
    const pid = Number((await readFile(files.pid, "utf8")).trim());
    return {
      ...addresses(found, options),
      pid,
      version,
      fsync: options.fsync ?? true,
      maxFileStoreBytes,
      directory,
      exited: program.exited,
      stop: () => program.stop(stopGraceMs),
      kill: async () => {
        program.kill();
        await program.exited;
      },
    };
  } catch (fault) {
    program.kill();
    throw LongarmError.from(fault);
  }
}
