import { LongarmError } from "@longarm/shared";
import type { Change } from "../ports/sink.ts";

/** Throws `too_many_deletions` when a mark has marked more rows than it may. */
export function checkMarked({ table, most }: Extract<Change, { kind: "mark" }>, marked: number): void {
  if (most === undefined || marked <= most) return;
  throw new LongarmError("too_many_deletions", `More than ${most} rows of "${table}" would be marked as deleted.`, { details: { table } });
}
