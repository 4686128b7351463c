/** One secret of a hook, as far as it decides what is valid when. */
export interface SecretTimes {
  /** No secret itself. */
  readonly id: string;
  /** Unix milliseconds; absent: it is the present one. */
  readonly endsAtMs?: number;
}

/** Those that let a delivery in at that time, the present one first; two at most. */
export function validSecrets<T extends SecretTimes>(secrets: readonly T[], nowMs: number): readonly T[] {
  return secrets.filter(({ endsAtMs }) => endsAtMs === undefined || endsAtMs > nowMs);
}

/**
 * The secrets after a rotation. `next` is valid at once; the one that the org sends ends when the grace has passed. A present one that no
 * delivery has come with is in no org yet, so the one before it stays in its stead.
 */
export function rotate<T extends SecretTimes>(
  secrets: readonly T[],
  next: T,
  at: { readonly nowMs: number; readonly graceMs: number; readonly lastUsed: string | null },
): readonly T[] {
  const [present, former] = validSecrets(secrets, at.nowMs);
  const kept = former && present?.id !== at.lastUsed ? former : present;
  return kept && at.graceMs > 0 ? [next, { ...kept, endsAtMs: at.nowMs + at.graceMs }] : [next];
}
