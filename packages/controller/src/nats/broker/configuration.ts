import { isIP } from "node:net";
import { join } from "node:path";
import { field, LongarmError, type Secret } from "@longarm/shared";

/** The names of the broker's users; user names are unique over all accounts of one server. */
export const brokerUsers = { control: "controller", field: "controller-field", agent: "agent" } as const;

/** Passwords of the three users: 16 or more letters, digits, `_` and `-`. */
export interface BrokerPasswords {
  readonly control: Secret;
  readonly field: Secret;
  /** The enrolment token that all agents of the installation share. */
  readonly agent: Secret;
}

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
  readonly passwords: BrokerPasswords;
  readonly maxFileStoreBytes: number;
  readonly maxPayloadBytes: number;
  /** The address to listen on; other than loopback only with `tls`. */
  readonly listen: string;
  readonly tls?: BrokerTls;
  /** False acknowledges before the disk has it: only for measurements. */
  readonly fsync: boolean;
}

/** The files that a broker makes in its directory. */
export function brokerFiles(directory: string): { readonly [name in "configuration" | "log" | "output" | "pid" | "store"]: string } {
  return {
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

// A password that began with "$2a$" would be taken for a bcrypt hash, so the alphabet is closed.
function password(user: string, secret: Secret): string {
  if (/^[A-Za-z0-9_-]{16,256}$/.test(secret.reveal())) return quoted(secret.reveal());
  throw new LongarmError("invalid_configuration", `The broker password of "${user}" must be 16 to 256 letters, digits, "_" or "-".`);
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

function subjects(list: readonly string[]): string {
  return `[${list.map(quoted).join(", ")}]`;
}

// Passwords stand in the clear: bcrypt would cost some 50 ms of CPU at every connect and reconnect of thousands of agents, and
// whoever can read this file (mode 600) can read the store beside it too.
function accounts(passwords: BrokerPasswords): string {
  const { control, field: inField, agent } = brokerUsers;
  const mayPublish = subjects([field.allBeats(), field.allEnrol(), field.allReports()]);
  return `accounts {
  CONTROL {
    jetstream: enabled
    users: [ { user: ${quoted(control)}, password: ${password(control, passwords.control)} } ]
  }
  FIELD {
    users: [
      { user: ${quoted(inField)}, password: ${password(inField, passwords.field)} }
      { user: ${quoted(agent)}, password: ${password(agent, passwords.agent)}
        permissions: { publish: { allow: ${mayPublish} }, subscribe: { allow: ${subjects([field.allAgents()])} } } }
    ]
  }
}`;
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
      `The broker may listen on ${listen} only with TLS: passwords would cross the network in the clear.`,
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
    accounts(configuration.passwords),
    ...optionalBlocks(configuration),
  ].join("\n")}\n`;
}
