import type { ActionResponse, Finding, ReadBack } from "@longarm/spoke";

/** Clocks and records are not exact to the millisecond. */
const toleranceMs = 2_000;

/** The call took effect, and what was read stands in for its answer. */
export function applied(response: ActionResponse): Finding {
  return { kind: "applied", response };
}

/** The call took effect; its answer would have held nothing. */
export const appliedSilently: Finding = applied({ status: 200, headers: {}, body: {} });

/** The call did not take effect. */
export const notApplied: Finding = { kind: "not_applied" };

/** Nothing can be said. */
export const unclear: Finding = { kind: "unclear" };

/**
 * Reads one object by its path: `isReached` decides by its body whether it stands as the call was to leave it. An object that is not
 * there tells nothing of a change to it.
 */
export function readingState(
  path: readonly string[],
  isReached: (body: unknown) => boolean,
  reached: "itself" | "nothing" = "nothing",
): ReadBack {
  return {
    request: { path },
    judge: (answer) => {
      if (answer.status !== 200) return unclear;
      if (!isReached(answer.body)) return notApplied;
      return reached === "itself" ? applied(answer) : appliedSilently;
    },
  };
}

/** Reads one object that the call was to take away. */
export function readingAbsence(path: readonly string[]): ReadBack {
  return {
    request: { path },
    judge: ({ status }) => {
      if (status === 404) return applied({ status: 204, headers: {}, body: null });
      return status === 200 ? notApplied : unclear;
    },
  };
}

/** Was something that bears this time made since the call was first sent? By the answer's own clock; undefined: it cannot be told. */
export function isMadeSince(created: string | null, answer: ActionResponse, sentAgoMs: number): boolean | undefined {
  const [madeMs, nowMs] = [Date.parse(created ?? ""), Date.parse(answer.headers["date"] ?? "")];
  if (Number.isNaN(madeMs) || Number.isNaN(nowMs)) return undefined;
  // The header counts whole seconds.
  return nowMs + 999 - madeMs <= sentAgoMs + toleranceMs;
}
