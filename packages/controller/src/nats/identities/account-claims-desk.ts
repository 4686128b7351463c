import { LongarmError, inbox, system } from "@longarm/shared";
import { type Account, decode, type RevocationList } from "@nats-io/jwt";
import { connect, jwtAuthenticator, type NatsConnection, type NodeConnectionOptions } from "@nats-io/transport-node";
import type { BrokerKeys } from "./broker-keys.ts";
import { mintForThisProcess, type BrokerLogin } from "./mint.ts";
import { controllerInSystem } from "./permissions.ts";

/** Where the system account is reached, and by whose right. */
export interface ClaimsDeskOptions {
  readonly urls: readonly string[];
  readonly keys: BrokerKeys;
  /** The last part of the private inbox. */
  readonly name: string;
  readonly tls?: NonNullable<NodeConnectionOptions["tls"]>;
}

/** An account's claims as a server holds them. */
export interface HeldClaims {
  /** Unix seconds. */
  readonly issuedAt: number;
  readonly signers: readonly string[];
  readonly revocations: RevocationList;
}

const askTimeoutMs = 4_000;
// Servers of a cluster answer one by one; this long after the last answer no more is awaited.
const stallMs = 300;

/** Reads and replaces account claims over a connection to SYS that lives for one piece of work: nothing of a controller's day needs it. */
export class AccountClaimsDesk {
  readonly #options: ClaimsDeskOptions;
  #login: BrokerLogin | undefined;

  constructor(options: ClaimsDeskOptions) {
    this.#options = options;
  }

  /** Runs `work` with a connection. Throws `broker_unavailable` (retryable) when there is none, or nobody answers. */
  open<T>(work: (claims: OpenClaims) => Promise<T>): Promise<T> {
    return this.connected((connection) => work(new OpenClaims(connection)));
  }

  /** The same with the bare connection. */
  async connected<T>(work: (connection: NatsConnection) => Promise<T>): Promise<T> {
    let connection: NatsConnection | undefined;
    try {
      connection = await this.#connect();
      return await work(connection);
    } catch (reason) {
      if (reason instanceof LongarmError) throw reason;
      const sentence = `The broker's system account did not answer: ${(reason as Error).message}.`;
      throw new LongarmError("broker_unavailable", sentence, { retryable: true, cause: reason });
    } finally {
      await connection?.close();
    }
  }

  async #connect(): Promise<NatsConnection> {
    const { urls, keys, name, tls } = this.#options;
    const { system: account, control, field } = keys.accounts;
    const allow = controllerInSystem(name, [account.id, control.id, field.id]);
    this.#login ??= await mintForThisProcess(account, `${name} SYS`, allow);
    return connect({
      servers: [...urls],
      authenticator: jwtAuthenticator(this.#login.jwt, new TextEncoder().encode(this.#login.seed.reveal())),
      name: `${name} SYS`,
      inboxPrefix: inbox.prefix(name),
      timeout: askTimeoutMs,
      reconnect: false,
      ...(tls && { tls }),
    });
  }
}

/** What an account's JWT says. */
export function claimsOf(jwt: string): HeldClaims {
  const { iat, nats } = decode<Account>(jwt);
  const signers = (nats.signing_keys ?? []).map((signer) => (typeof signer === "string" ? signer : signer.key));
  return { issuedAt: iat, signers, revocations: nats.revocations ?? {} };
}

interface UpdateAnswer {
  readonly error?: { readonly code: number; readonly description: string };
}

/** The desk with its connection at hand. */
export class OpenClaims {
  readonly #connection: NatsConnection;

  constructor(connection: NatsConnection) {
    this.#connection = connection;
  }

  /** What the broker holds of the account; undefined when it knows none. */
  async read(account: string): Promise<HeldClaims | undefined> {
    const answer = await this.#connection.request(system.lookUpClaims(account), "", { timeout: askTimeoutMs });
    const jwt = answer.string();
    return jwt === "" ? undefined : claimsOf(jwt);
  }

  /** Gives every server the account's new JWT. Throws when one refuses it or none answers. */
  async replace(jwt: string): Promise<void> {
    const options = { strategy: "stall", stall: stallMs, maxWait: askTimeoutMs } as const;
    let accepted = 0;
    for await (const message of await this.#connection.requestMany(system.updateClaims(), jwt, options)) {
      const { error } = message.json<UpdateAnswer>();
      if (error) throw new Error(error.description);
      accepted += 1;
    }
    if (accepted === 0) throw new Error("no server answered");
  }
}
