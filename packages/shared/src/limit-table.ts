/** Requests that a target counts together. */
export interface LimitRule {
  /** Its name: a path in which `{…}` stands for one segment and `*` at the end for anything. */
  readonly bucket: string;
  /** Absent: all. */
  readonly methods?: readonly string[];
  /** How many a window allows, by the plan that the target is on. */
  readonly perWindow: Readonly<Record<string, number>>;
}

/** How a target limits requests, as far as it is known before it answers; what it says itself goes before. */
export interface LimitTable {
  readonly windowMs: number;
  /** The plan that is assumed unless told. */
  readonly plan: string;
  /** A request belongs to the longest rule that matches. */
  readonly rules: readonly LimitRule[];
}
