import { formatDuration, LongarmError, type ConnectionTerms, type RunTerms, type RunWishes, type Submission } from "@longarm/shared";

const dayMs = 86_400_000;

/** What holds where a connection says nothing: generous, so that a run that nobody remembers still ends some day. */
export const defaultClocks = { startWithinMs: 7 * dayMs, runWithinMs: 7 * dayMs } as const;

/** The terms of a run as they are stored with it: its clocks are settled at its submission, whatever becomes of its connection. */
export function settleTerms(
  wishes: RunWishes,
  at: { readonly connection: ConnectionTerms; readonly isStream: boolean; readonly submittedAtMs: number },
): RunTerms {
  const { connection, isStream, submittedAtMs } = at;
  const { startWithinMs = connection.startWithinMs ?? defaultClocks.startWithinMs, retry, concurrencyKey, concurrencyLimit } = wishes;
  const runWithinMs = wishes.runWithinMs ?? (isStream ? undefined : (connection.runWithinMs ?? defaultClocks.runWithinMs));
  return {
    ...(retry && { retry }),
    ...(concurrencyKey !== undefined && { concurrencyKey }),
    ...(concurrencyLimit !== undefined && { concurrencyLimit }),
    startByMs: submittedAtMs + startWithinMs,
    ...(runWithinMs !== undefined && { runWithinMs }),
  };
}

/** What a run that is submitted again asks for: the same, counted from then on. */
export function wishesOf({ terms = {}, submittedAtMs }: Pick<Submission, "terms" | "submittedAtMs">): RunWishes {
  const { startByMs, runWithinMs, ...same } = terms;
  return {
    ...same,
    ...(startByMs !== undefined && { startWithinMs: startByMs - submittedAtMs }),
    ...(runWithinMs !== undefined && { runWithinMs }),
  };
}

/** When a run must have ended at the latest, as far as that is known yet; null: nothing bounds it. Unix milliseconds. */
export function endByMs({ deadlineMs, terms }: Pick<Submission, "deadlineMs" | "terms">, startedAtMs: number | null): number | null {
  const { runWithinMs } = terms ?? {};
  const byStart = startedAtMs === null || runWithinMs === undefined ? null : startedAtMs + runWithinMs;
  if (deadlineMs === null || byStart === null) return deadlineMs ?? byStart;
  return Math.min(deadlineMs, byStart);
}

/** When a run must have been started at the latest: later it could not end in time either. Unix milliseconds. */
export function startByMs({ deadlineMs, terms }: Pick<Submission, "deadlineMs" | "terms">): number | null {
  const byTerms = terms?.startByMs ?? null;
  if (deadlineMs === null || byTerms === null) return deadlineMs ?? byTerms;
  return Math.min(deadlineMs, byTerms);
}

/** Which of a run's clocks ends it first, and when. */
export interface RunLimit {
  readonly clock: "deadline" | "startWithin" | "runWithin";
  readonly atMs: number;
}

/** The first of a run's limits that its present state lets run out; null: none does. */
export function nextLimit(of: Pick<Submission, "deadlineMs" | "terms">, startedAtMs: number | null): RunLimit | null {
  const { startByMs, runWithinMs } = of.terms ?? {};
  const limits: RunLimit[] = [];
  if (of.deadlineMs !== null) limits.push({ clock: "deadline", atMs: of.deadlineMs });
  // A start that came too late counts as none.
  if (startByMs !== undefined && (startedAtMs === null || startedAtMs > startByMs)) limits.push({ clock: "startWithin", atMs: startByMs });
  if (startedAtMs !== null && runWithinMs !== undefined) limits.push({ clock: "runWithin", atMs: startedAtMs + runWithinMs });
  return limits.toSorted((a, b) => a.atMs - b.atMs)[0] ?? null;
}

/** The error that ends a run at its limit. */
export function limitError(limit: RunLimit, { submittedAtMs, terms }: Pick<Submission, "submittedAtMs" | "terms">): LongarmError {
  const details = { clock: limit.clock };
  switch (limit.clock) {
    case "deadline":
      return new LongarmError("deadline_exceeded", undefined, { details });
    case "startWithin": {
      const waited = formatDuration(limit.atMs - submittedAtMs);
      return new LongarmError("deadline_exceeded", `The run could not be started within ${waited} of its submission (startWithin).`, {
        details,
      });
    }
    case "runWithin": {
      const ran = formatDuration(terms?.runWithinMs ?? 0);
      return new LongarmError("deadline_exceeded", `The run did not end within ${ran} of its start (runWithin).`, { details });
    }
  }
}
