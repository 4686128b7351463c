import type { Clock } from "@longarm/shared";
import type { Client } from "pg";
import type { RowFault, TableName } from "../../decide/table.ts";
import type { Batch, CommitReport, Sink, SinkWriter, WriterIdentity } from "../../ports/sink.ts";
import { checkIdentity, overtaken } from "../identity.ts";
import { connect, placeOf, type PostgresOptions, schemaOf } from "./connection.ts";
import { isConnectionLoss, postgresFault } from "./postgres-fault.ts";
import { migrate } from "./schema.ts";
import { countLive, keepFaults, mark, upsert } from "./statements.ts";

const mostAttempts = 6;
const firstPauseMs = 200;

interface StateRow {
  readonly sync: string | null;
  readonly epoch: string;
  readonly checkpoint: string | null;
}

/** A schema of a PostgreSQL database: a table for each stream. Rows, marks, faults, fence and checkpoint of a batch are one transaction. */
export class PostgresSink implements Sink {
  readonly #options: PostgresOptions;
  readonly #clock: Clock;

  /** Throws `invalid_configuration` for a schema whose name is none. */
  constructor(options: PostgresOptions, { clock }: { readonly clock: Clock }) {
    schemaOf(options);
    this.#options = options;
    this.#clock = clock;
  }

  async open(writer: WriterIdentity): Promise<SinkWriter> {
    const session = new Session(this.#options, this.#clock);
    try {
      const checkpoint = await session.transaction((client) => claim(client, { writer, options: this.#options }));
      return new PostgresWriter({ session, writer, checkpoint });
    } catch (reason) {
      await session.close();
      throw reason;
    }
  }
}

async function claim(
  client: Client,
  { writer, options }: { readonly writer: WriterIdentity; readonly options: PostgresOptions },
): Promise<string | null> {
  const schema = schemaOf(options);
  await migrate(client, schema);
  const { rows } = await client.query<StateRow>("SELECT sync, epoch, checkpoint FROM sync_state FOR UPDATE");
  const [state] = rows;
  const held = state && state.sync !== null ? { sync: state.sync, epoch: Number(state.epoch) } : undefined;
  checkIdentity(writer, held, `The schema ${schema}`);
  await client.query("UPDATE sync_state SET sync = $1, epoch = $2", [writer.sync, writer.epoch]);
  return state?.checkpoint ?? null;
}

/** One connection at a time, made anew when it is lost. */
class Session {
  readonly #options: PostgresOptions;
  readonly #clock: Clock;
  readonly #stop = new AbortController();
  #client: Client | undefined;

  constructor(options: PostgresOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
  }

  /**
   * Carries out `work` in a transaction. It may be carried out several times: what a lost connection or a deadlock ended is begun anew, also
   * where nobody can know whether it was committed. Throws what the last try met.
   */
  async transaction<T>(work: (client: Client) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#try(work);
      } catch (reason) {
        const fault = postgresFault(reason, placeOf(this.#options));
        if (fault.code !== "sink_unavailable" || attempt === mostAttempts || this.#stop.signal.aborted) throw fault;
        await this.#clock.sleep(firstPauseMs * 2 ** (attempt - 1), this.#stop.signal).catch(() => undefined);
      }
    }
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#drop();
  }

  async #try<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const client = (this.#client ??= await connect(this.#options, () => (this.#client = undefined)));
    try {
      await client.query("BEGIN");
      const result = await work(client);
      await client.query("COMMIT");
      return result;
    } catch (reason) {
      if (isConnectionLoss(reason)) await this.#drop();
      // What cannot even be rolled back is no connection to go on with.
      else await client.query("ROLLBACK").catch(async () => this.#drop());
      throw reason;
    }
  }

  async #drop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }
}

interface WriterParts {
  readonly session: Session;
  readonly writer: WriterIdentity;
  readonly checkpoint: string | null;
}

class PostgresWriter implements SinkWriter {
  readonly #session: Session;
  readonly #writer: WriterIdentity;
  readonly checkpoint: string | null;

  constructor({ session, writer, checkpoint }: WriterParts) {
    this.#session = session;
    this.#writer = writer;
    this.checkpoint = checkpoint;
  }

  async commit(batch: Batch): Promise<CommitReport> {
    return this.#session.transaction(async (client) => {
      const { rows } = await client.query<Pick<StateRow, "epoch">>("SELECT epoch FROM sync_state FOR UPDATE");
      const epoch = Number(rows[0]?.epoch);
      if (epoch !== this.#writer.epoch) throw overtaken(this.#writer, epoch);
      const report = await carryOut(client, batch);
      await client.query("UPDATE sync_state SET checkpoint = $1", [batch.checkpoint]);
      return report;
    });
  }

  async countLive(table: TableName): Promise<number> {
    return this.#session.transaction((client) => countLive(client, table));
  }

  async close(): Promise<void> {
    await this.#session.close();
  }
}

async function carryOut(client: Client, batch: Batch): Promise<CommitReport> {
  const faults: RowFault[] = [];
  let written = 0;
  const marked: Partial<Record<TableName, number>> = {};
  for (const change of batch.changes) {
    if (change.kind === "mark") marked[change.table] = (marked[change.table] ?? 0) + (await mark(client, change, batch.generation));
    else if (change.kind === "faults") await keepFaults(client, change.faults, batch);
    else {
      const found = await upsert(client, change.table, { rows: change.rows, stamp: batch });
      written += change.rows.length - found.length;
      faults.push(...found);
    }
  }
  await keepFaults(client, faults, batch);
  return { written, marked, faults };
}
