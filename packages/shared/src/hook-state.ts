/** How often something happened at a hook since it was made. */
export interface HookCounts {
  /** Deliveries whose events were all stored. */
  readonly deliveries: number;
  /** Events that they brought for the first time. */
  readonly events: number;
  /** Events that were there before. */
  readonly duplicates: number;
  /** Deliveries that were turned away: a wrong secret, or a body that is none. */
  readonly refused: number;
  /** Events that never came, and were found in the org's own records. */
  readonly missed: number;
}

/** Under which ids the installation's own changes appear in an org. */
export interface OwnActors {
  readonly ids: readonly string[];
  /** Of which version of which credential that is known. */
  readonly credential: string;
  /** Unix milliseconds. */
  readonly atMs: number;
}

/** A look for events that never came, which somebody has begun. */
export interface OpenLook {
  /** Counts the looks, from 1: the runs of one are found by it, whoever goes on with it. */
  readonly number: number;
  readonly sinceMs: number;
  readonly untilMs: number;
  /** The controller that carries it, and when it last said so. Unix milliseconds. */
  readonly by: string;
  readonly seenAtMs: number;
}

/** Events that never came, found by one look. */
export interface Gap {
  readonly missed: number;
  readonly atMs: number;
  readonly sinceMs: number;
  readonly untilMs: number;
}

/** What is known of a hook beside its definition. Times are Unix milliseconds. */
export interface HookState {
  readonly connection: string;
  readonly counts: HookCounts;
  readonly lastDeliveryMs: number | null;
  /** The id of the newest secret that a delivery has come with. */
  readonly lastUsed: string | null;
  readonly actors: OwnActors | null;
  /** Up to when all that happened is stored. */
  readonly reconciledMs: number;
  readonly looks: number;
  readonly open: OpenLook | null;
  readonly lastLook: { readonly atMs: number; readonly problem: string | null } | null;
  readonly lastGap: Gap | null;
}

/** Of a hook that was just made. */
export const noHookCounts: HookCounts = { deliveries: 0, events: 0, duplicates: 0, refused: 0, missed: 0 };
