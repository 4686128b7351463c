// A sync done by hand: undici follows the same pages, parses them and writes them to the same sink, in one process.
import { systemClock } from "@longarm/shared";
import { type Change, NdjsonSink, type Row, rowMapper, type Sink, SqliteSink, tables } from "@longarm/sync";
import { followUsers } from "../support/follow-links.ts";
import { peakMegabytes } from "../support/part.ts";

const from = JSON.parse(process.argv[2] ?? "{}") as { url: string; token: string };
process.send?.({ ready: true });
process.once("disconnect", () => process.exit());
process.on("message", (question: Question) => void copy(question).then((answer) => process.send?.(answer)));

interface Question {
  readonly kind: "sqlite" | "ndjson";
  /** A file, or a directory; new each time. */
  readonly place: string;
}

function sinkAt({ kind, place }: Question): Sink {
  return kind === "sqlite" ? new SqliteSink({ file: place }, { clock: systemClock }) : new NdjsonSink({ directory: place });
}

async function copy(question: Question): Promise<Record<string, unknown>> {
  const startedMs = performance.now();
  const at = new Date().toISOString();
  const toRow = rowMapper(tables.users);
  const writer = await sinkAt(question).open({ sync: "by-hand", epoch: 1 });
  let items = 0;
  for await (const bytes of followUsers(from)) {
    const users = JSON.parse(Buffer.from(bytes).toString()) as unknown[];
    const rows = users.flatMap((user): readonly Row[] => {
      const mapped = toRow(user, null);
      return mapped.kind === "row" ? [mapped.row] : [];
    });
    const changes: readonly Change[] = [{ kind: "upsert", table: "users", rows }];
    items += rows.length;
    await writer.commit({ changes, generation: 1, at, checkpoint: String(items) });
  }
  await writer.close();
  return { items, seconds: (performance.now() - startedMs) / 1_000, peakMegabytes: peakMegabytes(process.pid) };
}
