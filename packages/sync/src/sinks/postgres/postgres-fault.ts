import { LongarmError } from "@longarm/shared";

// SQLSTATE codes (https://www.postgresql.org/docs/current/errcodes-appendix.html); a class is the first two letters.
const passingClasses = new Set(["08", "40", "57"]);
const passingCodes = new Set(["53300", "53400", "55P03", "25006"]);
const fullCodes = new Set(["53100", "53200"]);
// The server has ended the session: its writer was silent for too long within a transaction.
const endedSessions = new Set(["25P03", "25P04"]);
const rowClasses = new Set(["22", "23"]);
// A value too long for an index, or JSON too deep for the server: the others of its batch are not.
const rowCodes = new Set(["54000", "54001"]);
const sqlState = /^[0-9A-Z]{5}$/;
const lostConnection = /Connection terminated|Client has encountered a connection error|timeout expired|Query read timeout|not queryable/;

function codeOf(reason: unknown): string {
  const code = (reason as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "";
}

/** Why PostgreSQL refused what it was given, where that is the fault of one row among them. Else undefined. */
export function rowProblem(reason: unknown): string | undefined {
  const code = codeOf(reason);
  if (!sqlState.test(code) || !(rowClasses.has(code.slice(0, 2)) || rowCodes.has(code))) return undefined;
  return `cannot be stored: ${(reason as Error).message} (${code})`;
}

/** Is the connection gone, so that nothing more can be asked over it? */
export function isConnectionLoss(reason: unknown): boolean {
  const code = codeOf(reason);
  if (sqlState.test(code) && !code.startsWith("E")) return code.startsWith("08") || code.startsWith("57P") || endedSessions.has(code);
  return code.startsWith("E") || lostConnection.test((reason as Error | null)?.message ?? "");
}

/** What a failure of the database means; `place` names it. A LongarmError stays as it is. */
export function postgresFault(reason: unknown, place: string): LongarmError {
  if (reason instanceof LongarmError) return reason;
  const code = codeOf(reason);
  const why = reason instanceof Error ? reason.message || code : String(reason);
  const options = { cause: reason, details: { place, ...(code !== "" && { code }) } };
  if (fullCodes.has(code))
    return new LongarmError("sink_full", `${place} has no room: ${why}. Free space; nothing is lost meanwhile.`, {
      ...options,
      retryable: true,
    });
  if (isConnectionLoss(reason) || passingCodes.has(code) || passingClasses.has(code.slice(0, 2)))
    return new LongarmError("sink_unavailable", `${place} cannot be used just now: ${why}.`, { ...options, retryable: true });
  return new LongarmError("sink_rejected", `${place} refuses: ${why}.`, options);
}
