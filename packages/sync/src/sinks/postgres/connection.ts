import { isIP } from "node:net";
import { LongarmError, type Secret } from "@longarm/shared";
import { Client, type ClientConfig } from "pg";

/** A database, and who we are there. */
export interface PostgresOptions {
  /** A name, an address, or the directory of a Unix socket. */
  readonly host: string;
  /** Default 5432. */
  readonly port?: number;
  readonly database: string;
  readonly user: string;
  readonly password?: Secret;
  /** Ours alone; made when absent. Default `longarm`. */
  readonly schema?: string;
  /** PEM of the authorities to trust in place of the system's. */
  readonly ca?: string;
  /** Speak without TLS to another machine. On this one none is needed. */
  readonly plainText?: boolean;
  /** Milliseconds after which the server ends a transaction that waits for its own writer: a frozen one holds up nobody longer. Default 30,000. */
  readonly idleMs?: number;
  /** Milliseconds to connect, and that one statement may take: default 10,000 and 300,000. */
  readonly connectMs?: number;
  readonly statementMs?: number;
}

const schemaPattern = /^[a-z_][a-z0-9_]{0,62}$/;
const localNames = new Set(["localhost", "127.0.0.1", "::1"]);

/** The schema's name. One that would need quotes throws `invalid_configuration`. */
export function schemaOf({ schema = "longarm" }: PostgresOptions): string {
  if (schemaPattern.test(schema) && !schema.startsWith("pg_")) return schema;
  const message = `"${schema.slice(0, 80)}" is no name for a schema: lower-case letters, digits and _, beginning with a letter or _, not with pg_.`;
  throw new LongarmError("invalid_configuration", message);
}

/** Where it is, as messages name it. */
export function placeOf(options: PostgresOptions): string {
  return `The database ${options.database} at ${options.host}:${options.port ?? 5432}`;
}

function tlsOf({ host, ca, plainText = false }: PostgresOptions): ClientConfig["ssl"] {
  if (host.startsWith("/") || localNames.has(host) || plainText) return ca === undefined ? false : { ca };
  return { rejectUnauthorized: true, ...(ca !== undefined && { ca }), ...(isIP(host) === 0 && { servername: host }) };
}

/** A connection whose unqualified names are those of our schema, with moments in UTC. `onLoss` is told when it breaks while nobody asks. */
export async function connect(options: PostgresOptions, onLoss: () => void): Promise<Client> {
  const { host, port = 5432, database, user, password, connectMs = 10_000, statementMs = 300_000, idleMs = 30_000 } = options;
  const ssl = tlsOf(options);
  const client = new Client({
    ...{
      host,
      port,
      database,
      user,
      password: password?.reveal() ?? "",
      application_name: "longarm",
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    },
    ...{
      connectionTimeoutMillis: connectMs,
      statement_timeout: statementMs,
      // A server that says nothing any more does not say that a statement took too long either.
      query_timeout: statementMs + connectMs,
      lock_timeout: connectMs,
      idle_in_transaction_session_timeout: idleMs,
    },
    ...(ssl !== undefined && { ssl }),
  });
  client.on("error", onLoss);
  try {
    await client.connect();
    await client.query(`SET search_path TO ${schemaOf(options)}; SET TIME ZONE 'UTC'`);
  } catch (reason) {
    await client.end().catch(() => undefined);
    throw reason;
  }
  return client;
}
