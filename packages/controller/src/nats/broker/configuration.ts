import { isIP } from "node:net";
import { join } from "node:path";
import { LongarmError } from "@longarm/shared";
import type { BrokerKeys } from "../identities/index.ts";

/** Paths of PEM files. With `caFile` clients must show a certificate that it signed. */
export interface BrokerTls {
  readonly certFile: string;
  readonly keyFile: string;
  readonly caFile?: string;
}

/** Ports; 0 lets the system choose. Monitor and websocket are off when absent. */
export interface BrokerPorts {
  readonly client: number;
  readonly monitor?: number;
  readonly websocket?: number;
}

/** Everything that the generated configuration depends on. Sizes in bytes. */
export interface BrokerConfiguration {
  readonly directory: string;
  readonly ports: BrokerPorts;
  /** Of these the public parts alone come into the configuration. */
  readonly keys: BrokerKeys;
  readonly maxFileStoreBytes: number;
  readonly maxPayloadBytes: number;
  /** The address to listen on; other than loopback only with `tls`. */
  readonly listen: string;
  readonly tls?: BrokerTls;
  /** False acknowledges before the disk has it: only for measurements. */
  readonly fsync: boolean;
}

/** The files that a broker makes in its directory. */
export function brokerFiles(directory: string): {
  readonly [name in "accounts" | "configuration" | "log" | "output" | "pid" | "store"]: string;
} {
  return {
    accounts: join(directory, "accounts"),
    configuration: join(directory, "nats-server.conf"),
    log: join(directory, "nats-server.log"),
    output: join(directory, "nats-server.out"),
    pid: join(directory, "nats-server.pid"),
    store: join(directory, "store"),
  };
}

/** Is this the machine's own loopback address? */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

// nats-server reads double-quoted strings with backslash escapes, of which JSON's are a part once control characters are out.
function quoted(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  if (/[\u0000-\u001f\u007f]/.test(text))
    throw new LongarmError("invalid_configuration", "A path or address of the broker holds a control character.");
  return JSON.stringify(text);
}

function address(host: string, port: number): string {
  return quoted(`${host.includes(":") ? `[${host}]` : host}:${port === 0 ? -1 : port}`);
}

function tlsBlock(tls: BrokerTls): string {
  const verify = tls.caFile === undefined ? [] : [`    ca_file: ${quoted(tls.caFile)}`, "    verify: true"];
  return ["tls {", `    cert_file: ${quoted(tls.certFile)}`, `    key_file: ${quoted(tls.keyFile)}`, ...verify, "  }"].join("\n");
}

function optionalBlocks({ ports, listen, tls }: BrokerConfiguration): readonly string[] {
  const blocks: string[] = [];
  if (tls) blocks.push(tlsBlock(tls));
  // The monitor tells much and asks nobody for a password, so it never leaves the machine.
  if (ports.monitor !== undefined) blocks.push(`http: ${address("127.0.0.1", ports.monitor)}`);
  if (ports.websocket !== undefined) {
    blocks.push(`websocket {\n  listen: ${address(listen, ports.websocket)}\n  ${tls ? tlsBlock(tls) : "no_tls: true"}\n}`);
  }
  return blocks;
}

/**
 * The part that is the same on every server of a cluster: whom it trusts, and where it keeps what it is told of accounts later. What is
 * preloaded never replaces what was told later.
 */
export function trustConfiguration({ operator, accounts }: BrokerKeys, accountsDirectory: string): string {
  // A server of a cluster that was away asks the others this often what it missed; until then it lets revoked keys in.
  const interval = "10s";
  const preloaded = Object.values(accounts).map(({ id, jwt }) => `  ${id}: ${quoted(jwt)}`);
  return [
    `operator: ${quoted(operator.jwt)}`,
    `system_account: ${accounts.system.id}`,
    `resolver {\n  type: full\n  dir: ${quoted(accountsDirectory)}\n  allow_delete: false\n  interval: "${interval}"\n}`,
    `resolver_preload {\n${preloaded.join("\n")}\n}`,
  ].join("\n");
}

/**
 * The text of the configuration file: JetStream that fsyncs before it acknowledges, account CONTROL with it, account FIELD
 * without, nothing exported or imported between them. Throws `invalid_configuration` for a non-loopback address without TLS.
 */
export function brokerConfiguration(configuration: BrokerConfiguration): string {
  const { directory, listen, ports, tls, fsync } = configuration;
  if (!tls && !isLoopback(listen)) {
    throw new LongarmError(
      "invalid_configuration",
      `The broker may listen on ${listen} only with TLS: what agents and controllers say would cross the network in the clear.`,
    );
  }
  const files = brokerFiles(directory);
  return `${[
    'server_name: "longarm"',
    `listen: ${address(listen, ports.client)}`,
    `ports_file_dir: ${quoted(directory)}`,
    `pid_file: ${quoted(files.pid)}`,
    `logfile: ${quoted(files.log)}`,
    "logfile_size_limit: 10MB",
    "logfile_max_num: 3",
    `max_payload: ${configuration.maxPayloadBytes}`,
    'write_deadline: "10s"',
    // A dead peer is noticed within 15 s; both clients ping faster than this by themselves.
    'ping_interval: "5s"',
    "ping_max: 2",
    `jetstream {
  store_dir: ${quoted(files.store)}
  ${fsync ? "sync_interval: always" : 'sync_interval: "2m"'}
  max_file_store: ${configuration.maxFileStoreBytes}
  max_memory_store: 64MB
}`,
    trustConfiguration(configuration.keys, files.accounts),
    ...optionalBlocks(configuration),
  ].join("\n")}\n`;
}
