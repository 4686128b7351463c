/** What a receiver's answer means for the message: it is taken, it is to be sent again, or sending it again is of no use. */
export type AnswerMeaning =
  | { readonly kind: "taken" }
  | { readonly kind: "again"; readonly afterMs: number | null }
  | { readonly kind: "refused"; readonly why: string };

const again = new Set([408, 425, 429, 500, 502, 503, 504]);
const longestAskedMs = 60_000;

/** `retryAfter` is that header's value; only seconds are understood. */
export function meaningOf(status: number, retryAfter: string | undefined): AnswerMeaning {
  if (status >= 200 && status < 300) return { kind: "taken" };
  if (again.has(status)) return { kind: "again", afterMs: askedPause(retryAfter) };
  if (status >= 300 && status < 400)
    return { kind: "refused", why: `answered ${status}, a redirect, and none is followed: give its new address` };
  if (status === 410) return { kind: "refused", why: "answered 410: it wants no more of it" };
  return { kind: "refused", why: `answered ${status}` };
}

function askedPause(retryAfter: string | undefined): number | null {
  return retryAfter !== undefined && /^\d{1,6}$/.test(retryAfter) ? Math.min(Number(retryAfter) * 1_000, longestAskedMs) : null;
}

/** How long to wait behind the n-th try (from 1) that came to nothing. */
export function pauseBehind(attempt: number, afterMs: number | null): number {
  return afterMs ?? Math.min(250 * 2 ** (attempt - 1), 15_000);
}
