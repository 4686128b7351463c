import { setImmediate as turn } from "node:timers/promises";
import { fieldOf } from "@longarm/shared";
import type { RecordKind } from "@longarm/spoke";
import type { RecordFilter, RecordHistory, RecordPage } from "../../ports/record-history.ts";
import type { KeptRecord } from "../../ports/record-store.ts";
import { viewRecord } from "./record-view.ts";

const rowsAtOnce = 500;

/** What is exported: everything that the filter leaves, in that order. */
export interface RecordExport {
  readonly history: RecordHistory;
  readonly kind: RecordKind;
  readonly filter: RecordFilter;
  readonly order: Pick<RecordPage, "sort" | "isDescending">;
  readonly nowMs: number;
}

async function* pages({ history, kind, filter, order }: RecordExport): AsyncGenerator<readonly KeptRecord[]> {
  let cursor: string | undefined;
  do {
    const page = history.list(kind.kind, filter, {
      sort: "connection",
      ...order,
      limit: rowsAtOnce,
      ...(cursor !== undefined && { cursor }),
    });
    yield page.records;
    cursor = page.nextCursor ?? undefined;
    // The database answers at once: others have their turn between two pages.
    await turn();
  } while (cursor !== undefined);
}

/** A record a line, as JSON. Nothing is read ahead of who takes it but one page. */
export async function* toRecordLines(wish: RecordExport): AsyncGenerator<string> {
  for await (const records of pages(wish)) {
    const lines = records.map((record) => `${JSON.stringify(viewRecord(record, wish.nowMs))}\n`);
    if (lines.length > 0) yield lines.join("");
  }
}

/** A cell by RFC 4180; what a spreadsheet would take for a formula begins with an apostrophe, so that it stays the text that it is. */
export function csvCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A record a row, its fields beside what is kept of every record; the first row names them. */
export async function* toCsv(wish: RecordExport): AsyncGenerator<string> {
  const { fields } = wish.kind;
  const own = ["changedAt", "firstSeenAt", "syncedAt", "deletedAt", "source"] as const;
  yield `${["connection", "id", ...fields.map(({ name }) => name), ...own].map(csvCell).join(",")}\r\n`;
  for await (const records of pages(wish)) {
    const rows = records.map((record) => {
      const view = viewRecord(record, wish.nowMs);
      const cells = [
        record.connection,
        record.id,
        ...fields.map((field) => fieldOf(field, record.object)),
        ...own.map((name) => view[name] ?? ""),
      ];
      return `${cells.map(csvCell).join(",")}\r\n`;
    });
    if (rows.length > 0) yield rows.join("");
  }
}
