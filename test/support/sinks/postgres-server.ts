import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import { freePorts } from "../free-ports.ts";
import { until } from "../until.ts";

const run = promisify(execFile);

/** A PostgreSQL server of a test's own. */
export interface PostgresServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  /** Asks the database as its owner; unqualified names are those of the schema. */
  query(text: string, schema?: string): Promise<readonly Record<string, unknown>[]>;
  /** Kills the server as a power cut would; `start` lets it come back on the same files. */
  crash(): Promise<void>;
  start(): Promise<void>;
}

/** The directory of `initdb` and `postgres`; undefined on a machine that has none. */
function findPostgres(): string | undefined {
  const installed = "/usr/lib/postgresql";
  const versions = existsSync(installed) ? readdirSync(installed).toSorted((a, b) => Number(b) - Number(a)) : [];
  const places = [...(process.env["PATH"] ?? "").split(delimiter), ...versions.map((version) => join(installed, version, "bin"))];
  return places.find((place) => ["initdb", "postgres"].every((name) => existsSync(join(place, name))));
}

/** The server refuses to be root: then it is whoever Debian calls nobody, or postgres. */
async function servant(): Promise<{ readonly uid: number; readonly gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    const ids = await Promise.all(["-u", "-g"].map((which) => run("id", [which, name]).catch(() => undefined)));
    const [uid, gid] = ids.map((answer) => Number(answer?.stdout));
    if (uid !== undefined && gid !== undefined && uid > 0 && gid > 0) return { uid, gid };
  }
  throw new Error("root cannot run a PostgreSQL server, and this machine has neither a user postgres nor nobody.");
}

/** Why tests that need a server are left out. */
export const noPostgres = "this machine has no initdb and postgres, neither on PATH nor under /usr/lib/postgresql";

/**
 * Starts a server on a free port of 127.0.0.1 with an empty database. It ends with this process, and its files go. Undefined on a machine
 * that has no PostgreSQL.
 */
export async function startPostgres(): Promise<PostgresServer | undefined> {
  const binaries = findPostgres();
  if (binaries === undefined) return undefined;
  const ids = await servant();
  const directory = mkdtempSync(join(realpathSync(tmpdir()), "longarm-test-"));
  const data = join(directory, "data");
  mkdirSync(data, { mode: 0o700 });
  if (ids) for (const path of [directory, data]) chownSync(path, ids.uid, ids.gid);
  let running: ChildProcess | undefined;
  process.once("exit", () => {
    running?.kill("SIGKILL");
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  });
  const making = ["-D", data, "-U", "longarm", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
  await run(join(binaries, "initdb"), making, { ...ids, cwd: directory });
  const [port = 0] = await freePorts(1);
  const server = { host: "127.0.0.1", port, user: "longarm", database: "postgres" };
  const start = async (): Promise<void> => {
    running = await startServer({ binaries, data, server, ids });
  };
  const crash = async (): Promise<void> => {
    const killed = running;
    if (!killed) return;
    // It keeps no process alive, but whoever waits for its end.
    killed.ref();
    const ended = once(killed, "exit");
    killed.kill("SIGKILL");
    await ended;
  };
  await start();
  return { ...server, query: (text, schema) => askAs(server, text, schema), crash, start };
}

type Address = Pick<PostgresServer, "host" | "port" | "user" | "database">;

async function askAs(server: Address, text: string, schema = "public"): Promise<readonly Record<string, unknown>[]> {
  const client = new Client(server);
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query(`SET search_path TO ${schema}; SET TIME ZONE 'UTC'`);
    const { rows } = await client.query<Record<string, unknown>>(text);
    return rows;
  } finally {
    await client.end();
  }
}

interface ServerParts {
  readonly binaries: string;
  readonly data: string;
  readonly server: Address;
  readonly ids: { readonly uid: number; readonly gid: number } | undefined;
}

// A busy machine takes its time.
const startMs = 30_000;

/** Resolves when the server answers. The backends of one that was killed may live on for a moment, and then it is tried again. */
async function startServer({ binaries, data, server, ids }: ServerParts): Promise<ChildProcess> {
  const settings = [`port=${server.port}`, "listen_addresses=127.0.0.1,127.0.0.2", "unix_socket_directories=", "fsync=off"];
  const args = ["-D", data, ...settings.flatMap((setting) => ["-c", setting])];
  return until(
    "the PostgreSQL server answers",
    async () => {
      const child = spawn(join(binaries, "postgres"), args, { ...ids, cwd: data, stdio: "ignore" });
      child.unref();
      const isUp = async (): Promise<boolean> => (await askAs(server, "SELECT 1").catch(() => [])).length > 0;
      await until("it answers or has ended", async () => child.exitCode !== null || isUp(), startMs);
      return child.exitCode === null && child;
    },
    startMs,
  );
}
