import type { Secret } from "@longarm/shared";
import type { ApiKey, ApiKeyWish } from "./api-key-store.ts";

/** A one-time login code as it is stored: with its SHA-256, base64url. Times are Unix milliseconds. */
export interface LoginCodeRecord {
  readonly id: string;
  readonly codeHash: string;
  /** The key that it is exchanged for. */
  readonly wish: ApiKeyWish;
  readonly expiresAt: number;
  readonly usedAt?: number;
}

/** Codes that are shown to a person and exchanged for a short-lived API key, once. */
export interface LoginDesk {
  /** A code that is good for 15 minutes, for a key of these rights. */
  issue(wish: ApiKeyWish): Promise<{ readonly code: Secret; readonly expiresAt: number }>;
  /** The key of a code, which lives for 12 hours at most. Of several who come at once one gets it; throws `unauthorized` for all others. */
  redeem(code: string): Promise<{ readonly token: Secret; readonly key: ApiKey }>;
}
