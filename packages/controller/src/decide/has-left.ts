/** A key as far as it decides whether somebody is still there. Times are Unix milliseconds. */
interface Held {
  readonly principal: string;
  readonly expiresAt?: number;
  readonly revokedAt?: number;
  readonly isSession?: boolean;
}

/**
 * Was a key of theirs revoked, and is no other one of theirs valid? Sessions come and go, so they tell nothing; and whoever never had a key is
 * vouched for by somebody else.
 */
export function hasLeft(principal: string, keys: readonly Held[], nowMs: number): boolean {
  const own = keys.filter((key) => key.principal === principal && key.isSession !== true);
  const isValid = ({ revokedAt, expiresAt }: Held): boolean => revokedAt === undefined && (expiresAt === undefined || expiresAt > nowMs);
  return own.some(({ revokedAt }) => revokedAt !== undefined) && !own.some(isValid);
}
