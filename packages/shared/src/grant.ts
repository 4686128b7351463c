import type { Lane } from "./run.ts";

/** The scope that stands for all that there are, now and later. */
export const everyScope = "*";

/** What somebody may do. An absent member restricts nothing; a scope that is not named is denied. */
export interface Grant {
  readonly scopes: readonly string[];
  /** Names of connections and credentials, `*` for any characters. */
  readonly connections?: readonly string[];
  readonly lanes?: readonly Lane[];
  /** Only the runs that they submitted themselves. */
  readonly ownRuns?: boolean;
  /** Unix milliseconds; from then on nothing is granted. */
  readonly expiresAt?: number;
  /** It expires because it was logged in with, not because less was granted: keys that they make may live longer. */
  readonly isSession?: boolean;
}
