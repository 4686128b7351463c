import { LongarmError } from "@longarm/shared";
import type { Checkpoint } from "./checkpoint.ts";

/** What a run is to copy, and whether somebody vouches that it is the org that was copied so far, whatever its address. */
export interface Source {
  /** Base URL. */
  readonly source: string;
  readonly isSameOrg: boolean;
}

/**
 * The checkpoint with where its sync copies from. Throws `conflict` where it has copied another org: with the watermarks of one, changes of the
 * other would never be seen, and the first sweep would mark everybody of the former as deleted.
 */
export function withSource(checkpoint: Checkpoint, { source, isSameOrg }: Source, sync: string): Checkpoint {
  const held = checkpoint.source;
  if (held === null || held === source || isSameOrg) return { ...checkpoint, source };
  const message =
    `The sink of the sync "${sync}" holds a copy of ${held}, and its connection leads to ${source} now; nothing was written. If that is another org, ` +
    "define a sync of another name for it. If it is the same org under a new address, run this one once with `sameOrg` " +
    `(longarm syncs run ${sync} --same-org).`;
  throw new LongarmError("conflict", message, { details: { sync, holds: held, asked: source } });
}
