import { setTimeout as pause } from "node:timers/promises";
import { inbox, LongarmError, pacedReconnect, systemClock } from "@longarm/shared";
import { connect, errors, jwtAuthenticator, type NatsConnection, type NodeConnectionOptions, type Server } from "@nats-io/transport-node";
import { type BrokerKeys, type BrokerLogin, controllerInControl, controllerInField, mintForThisProcess } from "./identities/index.ts";
import { refuseWhileAway } from "./absence.ts";

/** What happened to one of the two connections, for the log. */
export interface ConnectionChange {
  readonly account: "CONTROL" | "FIELD";
  readonly kind: "disconnected" | "reconnected" | "closed" | "error";
  /** The server's address, or the error's message. */
  readonly detail: string;
}

/** Where to connect, and by whose right. */
export interface ConnectionsOptions {
  readonly urls: readonly string[];
  /** Make a user of each account that is this process's alone. */
  readonly keys: BrokerKeys;
  /** Shown in the broker's list of clients; the last part of the private inboxes, so letters, digits, `_` and `-`. */
  readonly name: string;
  readonly tls?: NonNullable<NodeConnectionOptions["tls"]>;
  /** Present: attempts go on until it is aborted. Absent: one attempt. */
  readonly signal?: AbortSignal;
  readonly onStatus?: (change: ConnectionChange) => void;
}

/** A foot in each account. */
export interface Connections {
  /** Account CONTROL, with JetStream. */
  readonly control: NatsConnection;
  /** Account FIELD, core NATS only. */
  readonly field: NatsConnection;
  /** Sends what is buffered, closes both. Safe to call twice. */
  close(): Promise<void>;
}

const attemptTimeoutMs = 2_000;
const retryPauseMs = 250;
const drainTimeoutMs = 2_000;

type Account = ConnectionChange["account"];

function loginTo(account: Account, { keys, name }: ConnectionsOptions): Promise<BrokerLogin> {
  const { control, field } = keys.accounts;
  if (account === "CONTROL") return mintForThisProcess(control, `${name} ${account}`, controllerInControl(name));
  return mintForThisProcess(field, `${name} ${account}`, controllerInField(name));
}

function connectOptions(options: ConnectionsOptions, account: Account, login: BrokerLogin): NodeConnectionOptions {
  return {
    servers: [...options.urls],
    authenticator: jwtAuthenticator(login.jwt, new TextEncoder().encode(login.seed.reveal())),
    name: `${options.name} ${account}`,
    inboxPrefix: inbox.prefix(options.name),
    timeout: attemptTimeoutMs,
    // 1.7 times the request rate, for stack traces that end in the caller.
    noAsyncTraces: true,
    // A broker that is gone without a word is noticed after three pings.
    pingInterval: 2_000,
    maxPingOut: 2,
    maxReconnectAttempts: -1,
    ...pacedReconnect<Server>({ everyMs: 200, jitterMs: options.tls ? 500 : 200, clock: systemClock, random: Math.random }),
    // Once we were let in, a refusal is the broker's passing trouble (a restart with half a configuration): try on.
    ignoreAuthErrorAbort: true,
    ...(options.tls && { tls: options.tls }),
  };
}

function connectFault(reason: unknown, urls: readonly string[]): LongarmError {
  const message = reason instanceof Error ? reason.message : String(reason);
  const where = urls.join(", ");
  if (reason instanceof errors.AuthorizationError || reason instanceof errors.UserAuthenticationExpiredError) {
    return new LongarmError("unauthorized", `The broker at ${where} does not know these broker keys: they are another installation's.`, {
      cause: reason,
    });
  }
  return new LongarmError("broker_unavailable", `The broker at ${where} cannot be reached: ${message}.`, {
    retryable: true,
    cause: reason,
  });
}

async function connectOnce(options: ConnectionsOptions, account: Account, login: BrokerLogin): Promise<NatsConnection> {
  try {
    return await connect(connectOptions(options, account, login));
  } catch (reason) {
    throw connectFault(reason, options.urls);
  }
}

async function connectPatiently(options: ConnectionsOptions, account: Account): Promise<NatsConnection> {
  const { signal } = options;
  const login = await loginTo(account, options);
  for (;;) {
    try {
      return await connectOnce(options, account, login);
    } catch (reason) {
      const fault = LongarmError.from(reason);
      if (fault.code === "unauthorized" || signal === undefined) throw fault;
      const aborted = await pause(retryPauseMs, undefined, { signal }).then(
        () => false,
        () => true,
      );
      if (aborted) throw fault;
    }
  }
}

async function watch(connection: NatsConnection, account: Account, onStatus: (change: ConnectionChange) => void): Promise<void> {
  for await (const status of connection.status()) {
    if (status.type === "disconnect") onStatus({ account, kind: "disconnected", detail: status.server });
    if (status.type === "reconnect") onStatus({ account, kind: "reconnected", detail: status.server });
    if (status.type === "error") onStatus({ account, kind: "error", detail: status.error.message });
  }
  onStatus({ account, kind: "closed", detail: connection.getServer() });
}

// A drain waits for the broker; while that is away, it would wait for its return.
async function closeOne(connection: NatsConnection): Promise<void> {
  if (connection.isClosed()) return;
  const drained = connection.drain().catch(() => undefined);
  await Promise.race([drained, pause(drainTimeoutMs, undefined, { ref: false })]);
  await connection.close();
}

/**
 * Connects to both accounts. Afterwards each connection comes back by itself, without end, whenever the broker does.
 * Throws `broker_unavailable` (retryable) or `unauthorized`.
 */
export async function openConnections(options: ConnectionsOptions): Promise<Connections> {
  const { onStatus } = options;
  const control = await connectPatiently(options, "CONTROL");
  const field = await connectPatiently(options, "FIELD").catch(async (fault: unknown) => {
    await control.close();
    throw fault;
  });
  refuseWhileAway(control);
  if (onStatus) {
    void watch(control, "CONTROL", onStatus);
    void watch(field, "FIELD", onStatus);
  }
  const close = async (): Promise<void> => {
    await Promise.all([closeOne(control), closeOne(field)]);
  };
  return { control, field, close };
}
