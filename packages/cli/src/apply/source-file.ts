import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { LongarmError } from "@longarm/shared";
import type { SourceRow } from "@longarm/sync/apply";
import { CsvError, type Info, parse } from "csv-parse";

/** A file of people, read as a stream as often as it is asked for. */
export interface SourceFile {
  readonly file: string;
  /** Those that its first line names; null: each row names its own. */
  readonly columns: readonly string[] | null;
  /** Gives every row to `take`, and the SHA-256 of what was read. */
  read(take: (row: SourceRow) => void, signal: AbortSignal): Promise<string>;
}

// A cell that is not closed would gather the whole rest of a file.
const longestRow = 1_048_576;

/** Opens a `.csv`, or `.ndjson` (`.jsonl`), file. Throws `invalid_usage` when it is none of these, or cannot be read. */
export async function openSource(file: string, delimiter: string): Promise<SourceFile> {
  if (/\.csv$/i.test(file)) {
    const columns = await headerOf(file, delimiter);
    return { file, columns, read: (take, signal) => reading(file, signal, (bytes) => readCsv(bytes, { delimiter, columns, take })) };
  }
  if (!/\.(?:ndjson|jsonl)$/i.test(file))
    throw new LongarmError("invalid_usage", `${file} is neither a .csv nor an .ndjson file; name it after what it holds.`);
  return { file, columns: null, read: (take, signal) => reading(file, signal, (bytes) => readJsonLines(bytes, take)) };
}

async function* hashed(bytes: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}

async function reading(file: string, signal: AbortSignal, read: (bytes: Readable) => Promise<void>): Promise<string> {
  const hash = createHash("sha256");
  try {
    await read(Readable.from(hashed(createReadStream(file, { signal }), hash), { objectMode: false }));
  } catch (reason) {
    throw explained(file, reason);
  }
  return hash.digest("hex");
}

function explained(file: string, reason: unknown): unknown {
  if (reason instanceof CsvError) {
    const { message } = reason;
    return new LongarmError("invalid_request", `${file} is not CSV throughout, so none of it was taken: ${message}.`, { cause: reason });
  }
  const { code, message } = reason as NodeJS.ErrnoException;
  if (code === undefined || !/^E[A-Z]+$/.test(code)) return reason;
  return new LongarmError("invalid_usage", `${file} cannot be read: ${code === "ENOENT" ? "there is no such file" : message}.`, {
    cause: reason,
  });
}

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: Info;
}

async function* recordsOf(bytes: Readable, delimiter: string): AsyncGenerator<CsvRecord> {
  const leniency = { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true };
  const parser = parse({ ...leniency, delimiter, info: true, max_record_size: longestRow });
  // What goes wrong with either comes out of the iteration; an end before the end is no fault.
  pipeline(bytes, parser, () => undefined);
  yield* parser as AsyncIterable<CsvRecord>;
}

async function headerOf(file: string, delimiter: string): Promise<readonly string[]> {
  let header: readonly string[] | undefined;
  try {
    for await (const { record } of recordsOf(createReadStream(file), delimiter)) {
      header = record;
      break;
    }
  } catch (reason) {
    throw explained(file, reason);
  }
  const repeated = header?.find((name, at) => header?.indexOf(name) !== at);
  if (header === undefined) throw new LongarmError("invalid_request", `${file} is empty; its first line names the columns.`);
  if (repeated !== undefined) throw new LongarmError("invalid_request", `${file} has two columns that are named "${repeated}".`);
  return header;
}

async function readCsv(
  bytes: Readable,
  of: { readonly delimiter: string; readonly columns: readonly string[]; readonly take: (row: SourceRow) => void },
): Promise<void> {
  const { columns, take } = of;
  let isHeader = true;
  for await (const { record, info } of recordsOf(bytes, of.delimiter)) {
    if (!isHeader) take(rowOf(columns, record, info.lines));
    isHeader = false;
  }
}

function rowOf(columns: readonly string[], record: readonly string[], row: number): SourceRow {
  if (record.length !== columns.length) return { row, fault: `it has ${record.length} cells where the first line has ${columns.length}` };
  return { row, cells: Object.fromEntries(columns.map((name, at) => [name, record[at]])) };
}

async function readJsonLines(bytes: Readable, take: (row: SourceRow) => void): Promise<void> {
  let row = 0;
  for await (const line of linesOf(bytes)) {
    row += 1;
    if (line.trim() !== "") take(jsonRow(line, row));
  }
}

async function* linesOf(bytes: Readable): AsyncGenerator<string> {
  let rest = "";
  for await (const text of bytes.setEncoding("utf8") as AsyncIterable<string>) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > longestRow) throw new LongarmError("invalid_request", `A line of the file is longer than ${longestRow} characters.`);
    yield* lines;
  }
  yield rest;
}

function jsonRow(line: string, row: number): SourceRow {
  let cells: unknown;
  try {
    cells = JSON.parse(row === 1 ? line.replace(/^\uFEFF/, "") : line);
  } catch {
    return { row, fault: "it is not JSON" };
  }
  const isObject = typeof cells === "object" && cells !== null && !Array.isArray(cells);
  return isObject ? { row, cells: cells as Readonly<Record<string, unknown>> } : { row, fault: "it is no object with a member per column" };
}
