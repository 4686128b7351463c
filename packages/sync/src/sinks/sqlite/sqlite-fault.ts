import { LongarmError } from "@longarm/shared";

// Primary result codes of SQLite (https://www.sqlite.org/rescode.html).
const busy = 5;
const locked = 6;
const full = 13;
const codesOfRows = new Set([18, 19, 20, 25]);
const codesThatPass = new Set([busy, locked, 10, 14]);

function resultCode(reason: unknown): number | undefined {
  const code = (reason as { errcode?: unknown } | null)?.errcode;
  return typeof code === "number" ? code & 0xff : undefined;
}

/** Does another program hold the file? */
export function isBusy(reason: unknown): boolean {
  const code = resultCode(reason);
  return code === busy || code === locked;
}

/** Why SQLite refused one row, where the fault is the row's own: too large, of a wrong type, against a constraint. Else undefined. */
export function rowProblem(reason: unknown): string | undefined {
  const isRows = codesOfRows.has(resultCode(reason) ?? -1) || reason instanceof RangeError;
  return isRows ? `cannot be stored: ${(reason as Error).message}` : undefined;
}

/** What a failure of the file means. A LongarmError stays as it is. */
export function sqliteFault(reason: unknown, file: string): LongarmError {
  if (reason instanceof LongarmError) return reason;
  const code = resultCode(reason);
  const why = reason instanceof Error ? reason.message : String(reason);
  const options = { cause: reason, details: { file } };
  if (code === full)
    return new LongarmError("sink_full", `The database ${file} cannot grow: ${why}. Free space; nothing is lost meanwhile.`, {
      ...options,
      retryable: true,
    });
  if (code !== undefined && codesThatPass.has(code))
    return new LongarmError("sink_unavailable", `The database ${file} cannot be used just now: ${why}.`, { ...options, retryable: true });
  return new LongarmError("sink_rejected", `The database ${file} cannot be used: ${why}.`, options);
}
