import { LongarmError, readId, type RunId } from "@longarm/shared";

/** Where a page ended: lists are ordered by the time of submission, then by id, newest first. */
export interface RunPlace {
  readonly submittedAt: number;
  readonly id: RunId;
}

/** A place as the opaque text that callers hand back. */
export function writeRunCursor({ submittedAt, id }: RunPlace): string {
  return Buffer.from(`${submittedAt}.${id}`).toString("base64url");
}

/** The place that a cursor stands for; throws `invalid_request` for a text that is none. */
export function readRunCursor(cursor: string): RunPlace {
  const [time, text, ...rest] = Buffer.from(cursor, "base64url").toString().split(".");
  const id = readId("run", text ?? "");
  if (id && time && /^\d{1,15}$/.test(time) && rest.length === 0) return { submittedAt: Number(time), id };
  throw new LongarmError("invalid_request", `"${cursor.slice(0, 80)}" is no cursor: use the nextCursor of the page before.`);
}
