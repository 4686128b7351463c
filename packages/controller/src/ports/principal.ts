import type { Grant } from "@longarm/shared";

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
