import type { Lane } from "@longarm/shared";

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

/** Who asks. */
export interface Principal extends Grant {
  /** As runs and the audit show it. */
  readonly name: string;
  /** Who made their key, and who made the key that it was made with, and so on: they count as one person where two are asked for. */
  readonly madeBy?: readonly string[];
}

/**
 * Tells who bears a token; undefined: it is none, or not valid any more. Throws `issuer_unavailable` when that cannot be told now, and
 * `forbidden` for a valid token that nothing is granted to.
 */
export type Authenticate = (token: string) => Promise<Principal | undefined>;
