import { readFile } from "node:fs/promises";
import { type Clock, LongarmError, pacedReconnect, systemClock } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { type ConnectionOptions, errors, jwtAuthenticator, type NatsConnection, type Server, wsconnect } from "@nats-io/nats-core";
import { connect } from "@nats-io/transport-node";
import type { BrokerLogin, FieldLink } from "../link.ts";
import { Ear, handOver } from "./handover.ts";
import { isPrivateUrl } from "./privacy.ts";
import { type Certificates, webSocketFactory } from "./web-socket.ts";

/** Where and as whom to connect. The URLs are all WebSocket addresses or none is. */
export interface LinkOptions {
  readonly urls: readonly string[];
  readonly login: BrokerLogin;
  readonly name: string;
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
}

const firstPauseMs = 500;
const longestPauseMs = 15_000;

/**
 * Connects, however long it takes; afterwards the connection comes back by itself, for ever and with jitter. Throws
 * `enrolment_refused` when the broker does not accept the login at the first connection, `invalid_configuration` when a
 * file cannot be read, and the signal's reason when aborted.
 */
export async function openLink(
  options: LinkOptions,
  deps: { clock: Clock; logger: Logger; random?: () => number; signal: AbortSignal },
): Promise<NatsLink> {
  const certificates = await readCertificates(options);
  const random = deps.random ?? Math.random;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
    deps.signal.throwIfAborted();
    try {
      const connection = await connectOnce(options, certificates, options.login);
      return new NatsLink(connection, {
        isPrivate: wantsTls(options, certificates) || options.urls.every(isPrivateUrl),
        logger: deps.logger,
        connectAs: (login) => connectOnce(options, certificates, login),
      });
    } catch (reason) {
      if (isRefusal(reason)) throw refusedByBroker(options, reason);
      deps.logger.warn({ urls: options.urls, reason: (reason as Error).message }, "the broker cannot be reached; trying again");
    }
    await deps.clock.sleep(pauseMs * (0.5 + random()), deps.signal);
  }
}

function refusedByBroker(options: LinkOptions, cause: unknown): LongarmError {
  return new LongarmError(
    "enrolment_refused",
    `The broker at ${options.urls.join(", ")} does not let this agent in: its rights are another installation's, have ended, or were revoked.`,
    { cause, details: { by: "broker" } },
  );
}

function connectOnce(options: LinkOptions, certificates: Certificates, login: BrokerLogin): Promise<NatsConnection> {
  const { urls, name } = options;
  const common: ConnectionOptions = {
    servers: [...urls],
    authenticator: jwtAuthenticator(login.jwt, new TextEncoder().encode(login.seed.reveal())),
    name,
    // Stack traces over every message cost nearly half of the throughput.
    noAsyncTraces: true,
    pingInterval: 5_000,
    maxPingOut: 2,
    maxReconnectAttempts: -1,
    ...pacedReconnect<Server>({
      everyMs: 250,
      jitterMs: urls.some((url) => /^(?:tls|wss):/.test(url)) ? 1_500 : 750,
      clock: systemClock,
      random: Math.random,
    }),
    // Once let in, a refusal is a passing trouble of the broker: try on.
    ignoreAuthErrorAbort: true,
    // The site opened these addresses, not the ones that a cluster gossips.
    ignoreClusterUpdates: true,
    timeout: 5_000,
  };
  if (/^wss?:/.test(urls[0] ?? "")) return wsconnect({ ...common, wsFactory: webSocketFactory(certificates) });
  const tls = wantsTls(options, certificates) ? { tls: { ...certificates } } : {};
  return connect({ ...common, servers: urls.map((url) => url.replace(/^tls:/, "nats:")), ...tls });
}

// With certificates at hand the client insists on TLS, whatever the address says. Over WebSocket the address alone decides.
function wantsTls({ urls }: LinkOptions, { ca, cert }: Certificates): boolean {
  if (urls.some((url) => /^wss?:/.test(url))) return false;
  return urls.some((url) => url.startsWith("tls:")) || ca !== undefined || cert !== undefined;
}

async function readCertificates(options: LinkOptions): Promise<Certificates> {
  const [ca, cert, key] = await Promise.all([options.caFile, options.certFile, options.keyFile].map(readPem));
  return { ...(ca !== undefined && { ca }), ...(cert !== undefined && { cert }), ...(key !== undefined && { key }) };
}

async function readPem(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new LongarmError("invalid_configuration", `The certificate file ${path} cannot be read: ${(cause as Error).message}.`, { cause });
  }
}

/** What a link is given. */
export interface NatsLinkDeps {
  readonly isPrivate: boolean;
  readonly logger: Logger;
  /** Opens another connection to the same broker as somebody else, or as oneself for longer. */
  readonly connectAs: (login: BrokerLogin) => Promise<NatsConnection>;
}

/** The agent's link over one NATS connection, and over the next once its login is renewed. */
export class NatsLink implements FieldLink {
  readonly isPrivate: boolean;
  readonly #deps: NatsLinkDeps;
  readonly #logger: Logger;
  readonly #ears: Ear[] = [];
  readonly #onReconnect: (() => void)[] = [];
  readonly #onRefused: (() => void)[] = [];
  readonly #gathered: { readonly subject: string; readonly payload: Uint8Array }[] = [];
  #connection: NatsConnection;
  #isHolding = false;
  #isClosed = false;
  #renewal: Promise<void> = Promise.resolve();

  constructor(connection: NatsConnection, deps: NatsLinkDeps) {
    this.#connection = connection;
    this.#deps = deps;
    this.#logger = deps.logger;
    this.isPrivate = deps.isPrivate;
    void this.#watch(connection);
  }

  // Answers that arrive in one turn of the event loop leave in one write: a write for each is the dearest part of a small call.
  publish(subject: string, payload: Uint8Array): void {
    if (this.#gathered.push({ subject, payload }) === 1) setImmediate(() => this.#release());
  }

  subscribe(subject: string, listener: (message: { readonly subject: string; readonly payload: Uint8Array }) => void): void {
    const ear = new Ear({ subject, listener }, (fault) =>
      this.#logger.error({ subject, reason: fault.message }, "the broker ended a subscription"),
    );
    this.#ears.push(ear);
    ear.open(this.#connection);
  }

  onReconnect(listener: () => void): void {
    this.#onReconnect.push(listener);
  }

  /** Calls `listener` whenever the broker refuses the login that the connection would come back with. */
  onRefused(listener: () => void): void {
    this.#onRefused.push(listener);
  }

  /**
   * Goes on under another login, over a connection that is open before the present one is closed: no message is lost, heard twice or
   * out of its order. Rejects, and changes nothing, when the broker does not accept the login or is away.
   */
  renew(login: BrokerLogin): Promise<void> {
    const renewal = this.#renewal.then(() => this.#renew(login));
    this.#renewal = renewal.catch(() => undefined);
    return renewal;
  }

  flush(): Promise<void> {
    this.#release();
    return this.#connection.flush();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#isHolding = false;
    this.#release();
    await this.#connection.close();
  }

  async #renew(login: BrokerLogin): Promise<void> {
    if (this.#isClosed) return;
    const from = this.#connection;
    const to = await this.#deps.connectAs(login);
    const taken = this.#ears.length;
    try {
      await handOver(
        { from, to, ears: this.#ears },
        {
          hold: () => {
            this.#release();
            this.#isHolding = true;
          },
          release: () => {
            this.#connection = to;
            for (const ear of this.#ears.slice(taken)) ear.open(to);
            this.#isHolding = false;
            this.#release();
          },
        },
      );
    } catch (reason) {
      await to.close();
      throw LongarmError.from(reason);
    }
    void this.#watch(to);
    await from.close();
    if (this.#isClosed) await to.close();
  }

  #release(): void {
    if (this.#isHolding) return;
    for (const { subject, payload } of this.#gathered.splice(0)) {
      try {
        this.#connection.publish(subject, payload);
      } catch (reason) {
        this.#logger.warn({ subject, reason: (reason as Error).message }, "a message could not be sent");
      }
    }
  }

  async #watch(connection: NatsConnection): Promise<void> {
    for await (const status of connection.status()) {
      if (connection !== this.#connection) continue;
      if (status.type === "disconnect") this.#logger.warn({ server: status.server }, "the connection to the broker was lost");
      if (status.type === "error") this.#logger.warn({ reason: status.error.message }, "the broker reported an error");
      if (status.type === "error" && isRefusal(status.error)) for (const listener of this.#onRefused) listener();
      if (status.type !== "reconnect") continue;
      this.#logger.info({ server: status.server }, "the connection to the broker is back");
      for (const listener of this.#onReconnect) listener();
    }
  }
}

// A broker or an agent that is too busy to finish in time has refused nothing, though the client's error is of the same class.
function isRefusal(reason: unknown): boolean {
  if (reason instanceof errors.UserAuthenticationExpiredError) return true;
  return reason instanceof errors.AuthorizationError && !/timeout/i.test(reason.message);
}
